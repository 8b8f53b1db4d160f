// loaded before a test's clock runs
import '../../../src/languages/java/rules.ts';
import type { Files } from '../../planned.ts';

/** A POM around these elements. */
export function pom(
  inner: string,
  coordinates = '<groupId>shop</groupId><artifactId>api</artifactId><version>1.0</version>',
): string {
  return `<project>\n<modelVersion>4.0.0</modelVersion>\n${coordinates}\n${inner}\n</project>\n`;
}

export const bootParent = (version: string) =>
  `<parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>${version}</version><relativePath/></parent>`;

export const dependency = (id: string, more = '') => {
  const [group, artifact, version] = id.split(':');
  return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version === undefined ? '' : `<version>${version}</version>`}${more}</dependency>`;
};

export const plugin = (id: string, more = '') => {
  const [group, artifact, version] = id.split(':');
  return `<plugin><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version === undefined ? '' : `<version>${version}</version>`}${more}</plugin>`;
};

export const BOOT_PLUGIN = plugin('org.springframework.boot:spring-boot-maven-plugin');

/** The smallest Spring Boot service by Maven. */
export function boot(
  version: string,
  more: { readonly pom?: string; readonly files?: Files; readonly build?: string } = {},
): Files {
  return {
    'pom.xml': pom(
      `${bootParent(version)}<dependencies>${dependency('org.springframework.boot:spring-boot-starter-web')}</dependencies>${more.pom ?? ''}<build>${more.build ?? ''}<plugins>${BOOT_PLUGIN}</plugins></build>`,
    ),
    'src/main/java/shop/App.java':
      'package shop;\npublic class App { public static void main(String[] args) { } }\n',
    ...more.files,
  };
}

/** A class with a main method. */
export const MAIN: Files = {
  'src/main/java/shop/Main.java':
    'package shop;\npublic class Main {\n  public static void main(String[] args) {}\n}\n',
};
