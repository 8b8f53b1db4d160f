import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, rendered } from '../../planned.ts';
import { BOOT_PLUGIN, boot, bootParent, dependency, MAIN, plugin, pom } from './projects.ts';

const refusal = async (files: Files, given: Readonly<Record<string, string>> = {}) => {
  try {
    await rendered(files, 'slim', given);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
};
const build = async (files: Files, given: Readonly<Record<string, string>> = {}) =>
  ((await planned(await projectOf(files), 'slim', given)).app as { build: { commands: readonly string[] } })
    .build.commands;
const start = async (files: Files, given: Readonly<Record<string, string>> = {}) =>
  (await planned(await projectOf(files), 'slim', given)).start.entrypoint
    .filter((word) => !word.startsWith('-XX'))
    .join(' ');

const LIBRARY = dependency('org.slf4j:slf4j-api:2.0.17');
const shade = (configuration: string) =>
  `<build><plugins>${plugin('org.apache.maven.plugins:maven-shade-plugin:3.6.0', `<executions><execution><goals><goal>shade</goal></goals><configuration>${configuration}</configuration></execution></executions>`)}</plugins></build>`;
const assembly = (configuration: string) =>
  `<build><plugins>${plugin('org.apache.maven.plugins:maven-assembly-plugin:3.7.1', `<configuration><descriptorRefs><descriptorRef>jar-with-dependencies</descriptorRef></descriptorRefs>${configuration}</configuration><executions><execution><goals><goal>single</goal></goals></execution></executions>`)}</plugins></build>`;

describe('the archive is taken by its name', () => {
  test.each<[what: string, files: Files, takes: string]>([
    ['the boot archive', boot('3.5.7'), 'target/api-1.0.jar'],
    [
      'a final name',
      boot('3.5.7', { build: '<finalName>shop-${project.version}</finalName>' }),
      'target/shop-1.0.jar',
    ],
    [
      'a final name out of a property',
      boot('3.5.7', {
        build: '<finalName>${name}</finalName>',
        pom: '<properties><name>app</name></properties>',
      }),
      'target/app.jar',
    ],
    [
      'a classifier, behind which the plain archive stays',
      {
        ...boot('3.5.7'),
        'pom.xml': pom(
          `${bootParent('3.5.7')}<build><plugins>${plugin('org.springframework.boot:spring-boot-maven-plugin', '<configuration><classifier>exec</classifier></configuration>')}</plugins></build>`,
        ),
      },
      'target/api-1.0-exec.jar',
    ],
    ['a shaded archive, not original-*', { 'pom.xml': pom(shade('')), ...MAIN }, 'target/api-1.0.jar'],
    [
      'a shaded archive that is attached',
      {
        'pom.xml': pom(
          shade(
            '<shadedArtifactAttached>true</shadedArtifactAttached><shadedClassifierName>all</shadedClassifierName>',
          ),
        ),
        ...MAIN,
      },
      'target/api-1.0-all.jar',
    ],
    [
      'a shaded archive with a name of its own',
      { 'pom.xml': pom(shade('<outputFile>${project.build.directory}/fat.jar</outputFile>')), ...MAIN },
      'target/fat.jar',
    ],
    ['an assembly', { 'pom.xml': pom(assembly('')), ...MAIN }, 'target/api-1.0-jar-with-dependencies.jar'],
    [
      'an assembly without its id',
      { 'pom.xml': pom(assembly('<appendAssemblyId>false</appendAssemblyId>')), ...MAIN },
      'target/api-1.0.jar',
    ],
    [
      'an archive beside its libraries',
      { 'pom.xml': pom(`<dependencies>${LIBRARY}</dependencies>`), ...MAIN },
      'target/api-1.0.jar',
    ],
    [
      'a version that only a property has',
      {
        'pom.xml': pom(
          `<properties><revision>2.3</revision></properties>${shade('')}`,
          '<groupId>shop</groupId><artifactId>api</artifactId><version>${revision}</version>',
        ),
        ...MAIN,
      },
      'target/api-2.3.jar',
    ],
  ])('%s', async (_, files, takes) => {
    const [, ...gathers] = await build(files);
    expect(gathers.join(' && ')).toContain(` ${takes} `);
    expect(gathers.join(' && ')).not.toContain('*');
  });
});

describe('Spring Boot takes its archive apart as its version does', () => {
  test.each([
    [
      '4.1.0',
      '-Djarmode=tools -jar target/api-1.0.jar extract --layers --application-filename app.jar --destination /out',
      '-jar app.jar',
    ],
    ['3.3.0', '-Djarmode=tools -jar', '-jar app.jar'],
    [
      '3.2.5',
      '-Djarmode=layertools -jar target/api-1.0.jar extract --destination /out',
      'org.springframework.boot.loader.launch.JarLauncher',
    ],
    ['2.7.18', '-Djarmode=layertools', 'org.springframework.boot.loader.JarLauncher'],
  ])('%s', async (version, extracts, starts) => {
    expect((await build(boot(version))).join(' && ')).toContain(extracts);
    expect(await start(boot(version))).toBe(`java ${starts}`);
  });
  test('one without layers stays whole', async () => {
    const files = {
      ...boot('3.5.7'),
      'pom.xml': pom(
        `${bootParent('3.5.7')}<build><plugins>${plugin('org.springframework.boot:spring-boot-maven-plugin', '<configuration><layers><enabled>false</enabled></layers></configuration>')}</plugins></build>`,
      ),
    };
    expect(await build(files)).toContain('mv target/api-1.0.jar /out/app.jar');
  });
  test('one of before layers stays whole', async () => {
    expect(await build(boot('2.2.13.RELEASE'))).toContain('mv target/api-1.0.jar /out/app.jar');
  });
  test('a version that a BOM brings', async () => {
    const bom = `<dependencyManagement><dependencies>${dependency('org.springframework.boot:spring-boot-dependencies:${boot}', '<type>pom</type><scope>import</scope>')}</dependencies></dependencyManagement>`;
    const repackage = plugin(
      'org.springframework.boot:spring-boot-maven-plugin',
      '<executions><execution><goals><goal>repackage</goal></goals></execution></executions>',
    );
    const files = {
      ...MAIN,
      'pom.xml': pom(
        `<properties><boot>3.1.4</boot></properties>${bom}<build><plugins>${repackage}</plugins></build>`,
      ),
    };
    expect((await build(files)).join()).toContain('jarmode=layertools');
  });
  test('without the parent and its goal, nothing repackages', async () => {
    const files = { ...MAIN, 'pom.xml': pom(`<build><plugins>${BOOT_PLUGIN}</plugins></build>`) };
    expect(await start(files)).toBe('java -cp app.jar shop.Main');
  });
});

describe('a reactor', () => {
  const parent =
    '<parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1.0</version></parent>';
  const SHOP: Files = {
    'pom.xml': pom(
      '<packaging>pom</packaging><modules><module>core</module><module>web</module><module>jobs</module></modules><properties><maven.compiler.release>17</maven.compiler.release></properties>',
      '<groupId>shop</groupId><artifactId>shop</artifactId><version>1.0</version>',
    ),
    'core/pom.xml': pom(
      `<dependencies>${dependency('org.postgresql:postgresql:42.7.4')}</dependencies>`,
      `${parent}<artifactId>core</artifactId>`,
    ),
    'web/pom.xml': pom(
      `<dependencies>${dependency('shop:core:1.0')}</dependencies>`,
      `${parent}<artifactId>web</artifactId>`,
    ),
    'jobs/pom.xml': pom(
      `<dependencies>${dependency('${project.groupId}:core:${project.version}')}</dependencies>`,
      `${parent}<artifactId>jobs</artifactId>`,
    ),
    'web/src/main/java/shop/web/Main.java':
      'package shop.web;\npublic class Main { public static void main(String[] args) {} }\n',
  };
  test('the module that starts is found, and what it needs is built with it', async () => {
    expect(await found('module', await projectOf(SHOP))).toEqual(['web', 'web/pom.xml']);
    expect((await build(SHOP))[0]).toBe(
      'mvn -B -ntp -pl web -am package dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib -DskipTests',
    );
  });
  test('all POMs are bound, and the release is the parent’s', async () => {
    const [dockerfile] = await rendered(SHOP, 'slim');
    for (const file of ['pom.xml', 'core/pom.xml', 'web/pom.xml', 'jobs/pom.xml'])
      expect(dockerfile.text).toContain(`--mount=type=bind,source=${file},target=${file}`);
    expect(await found('runtimeVersion', await projectOf(SHOP))).toEqual([
      '17',
      'pom.xml → maven.compiler.release',
    ]);
  });
  test('two that start are a tie', async () => {
    const files = {
      ...SHOP,
      'jobs/src/main/java/Jobs.java': 'public class Jobs { public static void main(String[] args) {} }\n',
    };
    expect(await refusal(files)).toBe(
      'The module could be web (web/pom.xml) or jobs (jobs/pom.xml). Say which: --module web or --module jobs',
    );
    expect(await found('module', await projectOf(files), { module: 'jobs' })).toEqual(['jobs', '--module']);
  });
  test('a module that is not there', async () => {
    const { 'jobs/pom.xml': _, ...files } = SHOP;
    expect(await refusal(files)).toBe(
      'pom.xml has the module "jobs", and there is no jobs/pom.xml. Check it out (it may be a submodule), or take it out of <modules>.',
    );
  });
  test('300 modules are read in under a second', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `m${i}`);
    const files = Object.fromEntries([
      [
        'pom.xml',
        pom(
          `<packaging>pom</packaging><modules>${names.map((n) => `<module>${n}</module>`).join('')}</modules>`,
          '<groupId>shop</groupId><artifactId>shop</artifactId><version>1.0</version>',
        ),
      ],
      ...names.map((n, i) => [
        `${n}/pom.xml`,
        pom(
          `<dependencies>${i > 0 ? dependency(`shop:m${i - 1}:1.0`) : ''}${dependency('org.slf4j:slf4j-api:2.0.17')}</dependencies>`,
          `${parent}<artifactId>${n}</artifactId>`,
        ),
      ]),
      ['m299/src/main/java/Main.java', 'public class Main { public static void main(String[] args) {} }\n'],
    ]);
    const project = await projectOf(files);
    const begin = process.cpuUsage();
    expect((await found('module', project))[0]).toBe('m299');
    // of the processor's time: other tests run beside it
    expect(process.cpuUsage(begin).user).toBeLessThan(1_000_000);
  });
});

describe('refused in one sentence', () => {
  test.each<[what: string, files: Files, says: string]>([
    [
      'a broken POM',
      { 'pom.xml': '<project>\n<artifactId>x</artifactId>\n<dependencies>\n</project>\n' },
      'pom.xml:4 is malformed',
    ],
    [
      'a POM with a document type',
      { 'pom.xml': '<!DOCTYPE project [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<project/>' },
      'pom.xml:1 is malformed: a POM has no document type and no entities',
    ],
    [
      'a parent outside of the folder',
      {
        'pom.xml': pom(
          '',
          '<parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version><relativePath>../pom.xml</relativePath></parent><artifactId>web</artifactId>',
        ),
      },
      'pom.xml inherits from ../pom.xml, which is not in this folder. Run it in the folder of that POM: create-dockerfile .. --module web',
    ],
    [
      'a library',
      { 'pom.xml': pom(''), 'src/main/java/A.java': 'public class A {}' },
      'Nothing here can be started: pom.xml makes a library: no class has a main method.',
    ],
    [
      'a plugin',
      { 'pom.xml': pom('<packaging>maven-plugin</packaging>') },
      'Nothing here can be started: pom.xml makes a maven-plugin, and nothing that is started by itself.',
    ],
    [
      'two main classes',
      {
        'pom.xml': pom(''),
        ...MAIN,
        'src/main/java/B.java': 'public class B { public static void main(String[] a) {} }'.replace(
          'a)',
          'args)',
        ),
      },
      'The main class could be B (src/main/java/B.java:1) or shop.Main (src/main/java/shop/Main.java:3). Say which: --main B or --main shop.Main',
    ],
    [
      'release 30',
      {
        'pom.xml': pom('<properties><maven.compiler.release>30</maven.compiler.release></properties>'),
        ...MAIN,
      },
      'pom.xml → maven.compiler.release demands Java 30, and the newest that an image has is 26.',
    ],
  ])('%s', async (_, files, says) => {
    expect(await refusal(files)).toContain(says);
  });
});

describe('profiles that nobody names', () => {
  const parent =
    '<parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1.0</version></parent>';
  const repackage = plugin(
    'org.springframework.boot:spring-boot-maven-plugin:3.4.0',
    '<executions><execution><goals><goal>repackage</goal></goals></execution></executions>',
  );
  const profile = (activation: string) =>
    `<profiles><profile><id>boot</id><activation>${activation}</activation><build><plugins>${repackage}</plugins></build></profile></profiles>`;
  const files = (activation: string): Files => ({
    'pom.xml': pom(
      `<packaging>pom</packaging><modules><module>web</module></modules>${profile(activation)}`,
      '<groupId>shop</groupId><artifactId>shop</artifactId><version>1.0</version>',
    ),
    'web/pom.xml': pom('', `${parent}<artifactId>web</artifactId>`),
    'web/src/main/resources/application.yml': 'server: {}\n',
    'web/src/main/java/Main.java': 'public class Main { public static void main(String[] args) {} }\n',
  });
  test.each([
    ['by a file of the module', '<file><exists>src/main/resources/application.yml</exists></file>', true],
    ['by a file that is not there', '<file><exists>src/main/resources/other.yml</exists></file>', false],
    ['by default', '<activeByDefault>true</activeByDefault>', true],
    ['by a property that nobody sets', '<property><name>release</name></property>', false],
  ])('%s', async (_, activation, active) => {
    expect((await build(files(activation))).join().includes('jarmode')).toBe(active);
  });
});

test('a shading that only moves some packages is not the whole program', async () => {
  const files = {
    'pom.xml': pom(
      `<dependencies>${LIBRARY}</dependencies>${shade('<artifactSet><includes><include>org.eclipse.jetty:*</include></includes></artifactSet>')}`,
    ),
    ...MAIN,
  };
  expect((await build(files))[0]).toContain('dependency:copy-dependencies');
});

test('a module that is opened alone needs the POM above it', async () => {
  const files = {
    ...MAIN,
    'pom.xml': pom(
      '',
      '<parent><groupId>shop</groupId><artifactId>shop</artifactId><version>1.0-SNAPSHOT</version></parent><artifactId>web</artifactId>',
    ),
  };
  expect(await refusal(files)).toBe(
    'pom.xml inherits from ../pom.xml, which is not in this folder. Run it in the folder of that POM: create-dockerfile .. --module web',
  );
});

test('what is managed for the compiler holds, for it runs without being named', async () => {
  const files = {
    ...MAIN,
    'pom.xml': pom(
      `<build><pluginManagement><plugins>${plugin('org.apache.maven.plugins:maven-compiler-plugin:3.13.0', '<configuration><release>17</release></configuration>')}</plugins></pluginManagement></build>`,
    ),
  };
  expect((await found('runtimeVersion', await projectOf(files)))[0]).toBe('17');
});

test('Micronaut by its parent is one shaded archive', async () => {
  const parent =
    '<parent><groupId>io.micronaut.platform</groupId><artifactId>micronaut-parent</artifactId><version>4.7.6</version></parent>';
  const files = {
    ...MAIN,
    'pom.xml': pom(
      `${parent}<packaging>\${packaging}</packaging><properties><packaging>jar</packaging><jdk.version>21</jdk.version><exec.mainClass>shop.Main</exec.mainClass></properties><build><plugins>${plugin('io.micronaut.maven:micronaut-maven-plugin:4.11.6')}</plugins></build>`,
    ),
  };
  expect(await build(files)).toEqual([
    'mvn -B -ntp package -DskipTests',
    'mkdir -p /out',
    'mv target/api-1.0.jar /out/app.jar',
  ]);
  expect((await found('runtimeVersion', await projectOf(files)))[0]).toBe('21');
});

test('what pins an older version than the bytecode is refused', async () => {
  const files = {
    ...MAIN,
    'pom.xml': pom('<properties><maven.compiler.release>21</maven.compiler.release></properties>'),
    '.java-version': '17\n',
  };
  expect(await refusal(files)).toContain(
    '.java-version (17) pins Java 17, but pom.xml → maven.compiler.release compiles for 21.',
  );
  expect(await refusal(files, { runtimeVersion: '17' })).toContain(
    '--runtime-version takes 26, 25, 21, for pom.xml → maven.compiler.release compiles for 21, not "17".',
  );
});

describe('the wrapper', () => {
  const properties =
    'distributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.zip\n';
  test('is called by sh, so that it needs no exec bit', async () => {
    const files = {
      ...boot('3.5.7'),
      mvnw: '#!/bin/sh\n# Downloader.java\n',
      '.mvn/wrapper/maven-wrapper.properties': properties,
    };
    const [dockerfile] = await rendered(files, 'slim');
    expect(dockerfile.text).toContain('FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS build');
    expect(dockerfile.text).toContain('sh ./mvnw -B -ntp package -DskipTests');
    expect(dockerfile.text).toContain('--mount=type=bind,source=mvnw,target=mvnw');
  });
  test('without its jar is told, and the image has the tool', async () => {
    const files = {
      ...boot('3.5.7'),
      mvnw: '#!/bin/sh\n',
      '.mvn/wrapper/maven-wrapper.properties': properties,
    };
    const plan = await planned(await projectOf(files), 'slim');
    expect(plan.images.build).toBe('maven:3.9-eclipse-temurin-17');
    expect(plan.notes.map(({ text }) => text)).toContain(
      'mvnw cannot start without its jar, so maven:3.9-eclipse-temurin-17 builds it instead of version 3.9.11.',
    );
  });
});

test('what a build cannot do in an image is left out and told', async () => {
  const files = boot('3.5.7');
  const git = plugin('io.github.git-commit-id:git-commit-id-maven-plugin');
  const withGit = { ...files, 'pom.xml': (files['pom.xml'] ?? '').replace('<plugins>', `<plugins>${git}`) };
  expect((await build(withGit))[0]).toBe('mvn -B -ntp package -DskipTests -Dmaven.gitcommitid.skip=true');
});
