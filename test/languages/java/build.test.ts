import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { boot, dependency, MAIN, plugin, pom } from './projects.ts';

interface App {
  readonly fetch: { readonly mounts: readonly string[]; readonly commands: readonly string[] };
  readonly build: { readonly mounts: readonly string[]; readonly commands: readonly string[] };
  readonly frontend: { readonly image: string; readonly packages: readonly string[] } | undefined;
  readonly toolchains: { readonly version: string; readonly vendor: string | undefined } | undefined;
  readonly version: boolean;
  readonly portable: boolean;
}

const of = async (files: Files, given: Readonly<Record<string, string>> = {}) => {
  const plan = await planned(await projectOf(files), 'slim', given);
  return { ...plan, app: plan.app as unknown as App, told: plan.notes.map(({ text }) => text).join('\n') };
};
const gradle = (script: string, more: Files = {}): Files => ({
  'build.gradle': script,
  'settings.gradle': "rootProject.name = 'shop'\n",
  ...MAIN,
  ...more,
});
const APPLICATION = "plugins { id 'java'\n id 'application' }\napplication { mainClass = 'shop.Main' }\n";
const execution = (goals: string, more = '') =>
  `<executions><execution>${more}<goals>${goals}</goals></execution></executions>`;

describe('a front end that the build makes', () => {
  const frontend = (goals: string) =>
    plugin(
      'com.github.eirslett:frontend-maven-plugin:1.15.1',
      `<configuration><workingDirectory>ui</workingDirectory><nodeVersion>v22.1.0</nodeVersion></configuration>${execution(goals)}`,
    );
  test.each<[what: string, files: Files, image: string | undefined, packages: readonly string[]]>([
    [
      'a plugin that fetches its own Node.js gets none',
      boot('3.5.7', { build: '', pom: '', files: {} }),
      undefined,
      [],
    ],
    [
      'one that does not fetch it gets the version that it says',
      {
        ...boot('3.5.7'),
        'pom.xml':
          boot('3.5.7')['pom.xml']?.replace('<plugins>', `<plugins>${frontend('<goal>npm</goal>')}`) ?? '',
      },
      'node:22-slim',
      [],
    ],
    [
      'fetched by its goal',
      {
        ...boot('3.5.7'),
        'pom.xml':
          boot('3.5.7')['pom.xml']?.replace(
            '<plugins>',
            `<plugins>${frontend('<goal>install-node-and-npm</goal><goal>npm</goal>')}`,
          ) ?? '',
      },
      undefined,
      [],
    ],
    [
      'a program that Maven calls',
      {
        ...boot('3.5.7'),
        'pom.xml':
          boot('3.5.7')['pom.xml']?.replace(
            '<plugins>',
            `<plugins>${plugin('org.codehaus.mojo:exec-maven-plugin', execution('<goal>exec</goal>', '<configuration><executable>pnpm</executable><workingDirectory>${project.basedir}/ui</workingDirectory></configuration>'))}`,
          ) ?? '',
        'ui/.nvmrc': '20\n',
      },
      'node:20-slim',
      ['pnpm'],
    ],
    [
      'a task of Gradle that calls npm',
      gradle(`${APPLICATION}tasks.register('web', Exec) { commandLine 'npm', 'run', 'build' }\n`),
      'node:26-slim',
      [],
    ],
    [
      'Gradle’s plugin, which takes the one that is there',
      gradle(
        "plugins { id 'java'\n id 'application'\n id 'com.github.node-gradle.node' version '7.1.0' }\napplication { mainClass = 'shop.Main' }\nnode { version = '22.3.0' }\n",
      ),
      'node:22-slim',
      [],
    ],
    [
      'Gradle’s plugin that downloads its own',
      gradle(
        "plugins { id 'java'\n id 'application'\n id 'com.github.node-gradle.node' version '7.1.0' }\napplication { mainClass = 'shop.Main' }\nnode { download = true }\n",
      ),
      undefined,
      [],
    ],
    [
      'a task in a comment',
      gradle(`${APPLICATION}// tasks.register('web', Exec) { commandLine 'npm', 'run', 'build' }\n`),
      undefined,
      [],
    ],
  ])('%s', async (_, files, image, packages) => {
    const { app } = await of(files);
    expect(app.frontend?.image).toBe(image);
    expect(app.frontend?.packages ?? []).toEqual(packages);
  });
  test('one beside the build is told', async () => {
    const { told } = await of(
      boot('3.5.7', { files: { 'frontend/package.json': '{"scripts":{"build":"vite build"}}' } }),
    );
    expect(told).toContain('frontend/package.json is a front end that pom.xml does not build');
  });
  test('a package.json that Maven builds with is no second project', async () => {
    const files = {
      ...boot('3.5.7'),
      'pom.xml':
        boot('3.5.7')['pom.xml']?.replace(
          '<plugins>',
          `<plugins>${plugin('com.github.eirslett:frontend-maven-plugin:1.15.1', execution('<goal>npm</goal>'))}`,
        ) ?? '',
      'package.json': '{"scripts":{"build":"webpack"}}',
    };
    expect((await of(files)).language).toBe('java');
  });
});

describe('a version from git', () => {
  test.each<[what: string, files: Files, says: string, argument: boolean]>([
    [
      'axion',
      gradle(
        "plugins { id 'java'\n id 'application'\n id 'pl.allegro.tech.build.axion-release' version '1.18.0' }\nversion = scmVersion.version\napplication { mainClass = 'shop.Main' }\n",
      ),
      '-Prelease.version="$VERSION"',
      true,
    ],
    [
      'nebula',
      gradle(
        "plugins { id 'java'\n id 'application'\n id 'com.netflix.nebula.release' version '19.0.0' }\napplication { mainClass = 'shop.Main' }\n",
      ),
      '-Prelease.version="$VERSION"',
      true,
    ],
    [
      'jgitver, an extension of Maven',
      boot('3.5.7', {
        files: {
          '.mvn/extensions.xml':
            '<extensions><extension><groupId>fr.brouillard.oss</groupId><artifactId>jgitver-maven-plugin</artifactId><version>1.9.0</version></extension></extensions>',
        },
      }),
      '-Djgitver.use-version="$VERSION"',
      true,
    ],
    [
      'an extension that takes no version is left out',
      boot('3.5.7', {
        files: {
          '.mvn/extensions.xml':
            '<extensions><extension><groupId>me.qoomon</groupId><artifactId>maven-git-versioning-extension</artifactId><version>9.8.1</version></extension></extensions>',
        },
      }),
      '-Dversioning.disable=true',
      false,
    ],
  ])('%s', async (_, files, says, argument) => {
    const { app, told } = await of(files);
    expect(app.build.commands[0]).toContain(says);
    expect(app.version).toBe(argument);
    expect(told).toContain('takes the version from git');
  });
});

describe('a wrapper that does not start', () => {
  test.each<[what: string, files: Files, says: string]>([
    [
      'mvnw with the line ends of Windows',
      boot('3.5.7', {
        files: {
          mvnw: '#!/bin/sh\r\nexec java\r\n',
          '.mvn/wrapper/maven-wrapper.properties':
            'distributionType=only-script\ndistributionUrl=https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/3.9.9/apache-maven-3.9.9-bin.zip\n',
        },
      }),
      'mvnw has the line ends of Windows, which no shell takes, so maven:3.9-eclipse-temurin-17 builds it instead of version 3.9.9.',
    ],
    [
      'gradlew with them',
      gradle(APPLICATION, {
        gradlew: '#!/bin/sh\r\n',
        'gradle/wrapper/gradle-wrapper.jar': 'x',
        'gradle/wrapper/gradle-wrapper.properties':
          'distributionUrl=https\\://services.gradle.org/distributions/gradle-8.5-bin.zip\n',
      }),
      'gradlew has the line ends of Windows',
    ],
  ])('%s', async (_, files, says) => {
    const { told, app } = await of(files);
    expect(told).toContain(says);
    expect(app.build.commands[0]).toMatch(/^(?:mvn|gradle) /);
  });
  test('Maven from a path of a file is refused', async () => {
    const files = boot('3.5.7', {
      files: {
        mvnw: '#!/bin/sh\n',
        '.mvn/wrapper/maven-wrapper.properties': 'distributionUrl=file:///opt/maven-3.9.9-bin.zip\n',
      },
    });
    await expect(of(files)).rejects.toThrow('takes Maven from "file:///opt/maven-3.9.9-bin.zip"');
  });
});

describe('what .mvn and the settings say', () => {
  test('the repository is where the project says, and its mirrors are read', async () => {
    const { app, secrets } = await of(
      boot('3.5.7', {
        files: {
          '.mvn/maven.config': '-Dmaven.repo.local=.m2/repository\n-s\nci/settings.xml\n',
          'ci/settings.xml':
            '<settings><servers><server><id>n</id><username>${env.NEXUS_USER}</username><password>${env.NEXUS_PASSWORD}</password></server></servers><mirrors><mirror><id>n</id><mirrorOf>*</mirrorOf><url>https://nexus.example.com/</url></mirror></mirrors></settings>',
        },
      }),
    );
    expect(app.build.mounts).toContain('type=cache,target=/src/.m2/repository');
    expect(app.build.mounts).toContain('type=secret,id=NEXUS_PASSWORD,env=NEXUS_PASSWORD');
    expect(app.fetch.mounts).toContain('type=bind,source=ci/settings.xml,target=ci/settings.xml');
    expect(secrets.map(({ id }) => id)).toEqual(['NEXUS_USER', 'NEXUS_PASSWORD']);
  });
  test('variables of Gradle’s repositories, but not those of what is published', async () => {
    const { secrets } = await of(
      gradle(
        `${APPLICATION}repositories { maven { url 'https://nexus.example.com/m2'\n credentials { username System.getenv('NEXUS_USER')\n password System.getenv('NEXUS_PASSWORD') } } }\npublishing { repositories { maven { credentials { password System.getenv('RELEASE_TOKEN') } } } }\n`,
      ),
    );
    expect(secrets.map(({ id }) => id)).toEqual(['NEXUS_USER', 'NEXUS_PASSWORD']);
  });
  test('a toolchain that Maven asks for is the JDK of the image', async () => {
    const { app, told } = await of({
      'pom.xml': pom(
        `<build><plugins>${plugin('org.apache.maven.plugins:maven-toolchains-plugin:3.2.0', '<configuration><toolchains><jdk><version>17</version><vendor>azul</vendor></jdk></toolchains></configuration>')}</plugins></build>`,
      ),
      ...MAIN,
    });
    expect(app.toolchains).toEqual({ version: '17', vendor: 'azul' });
    expect(told).toContain("pom.xml → toolchains asks for a JDK of azul, and the image has Temurin's.");
  });
  test('a vendor that Gradle asks for is told', async () => {
    const { told } = await of(
      gradle(
        `${APPLICATION}java { toolchain { languageVersion = JavaLanguageVersion.of(21)\n vendor = JvmVendorSpec.AZUL } }\n`,
      ),
    );
    expect(told).toContain("build.gradle:5 asks for a JDK of AZUL, and the image has Temurin's.");
  });
});

describe('libraries with machine code', () => {
  const library = (classifier: string): Files => ({
    'pom.xml': pom(
      `<dependencies>${dependency('io.netty:netty-tcnative-boringssl-static:2.0.70.Final', `<classifier>${classifier}</classifier>`)}</dependencies>`,
    ),
    ...MAIN,
  });
  test('that of the machine that builds is built on the target’s', async () => {
    expect((await of(library('${os.detected.classifier}'))).app.portable).toBe(false);
    expect((await of(boot('3.5.7'))).app.portable).toBe(true);
    const { app } = await of(
      gradle(
        `${APPLICATION}dependencies { implementation "io.netty:netty-tcnative-boringssl-static:2.0.70.Final:\${osdetector.classifier}" }\n`,
      ),
    );
    expect(app.portable).toBe(false);
  });
  test('one that names its platform leaves the others out', async () => {
    expect((await of(library('linux-x86_64'))).platforms).toEqual(['linux/amd64']);
  });
});

describe('refused', () => {
  const module = (name: string, needs: string) =>
    pom(
      `<dependencies>${dependency(`shop:${needs}:1.0`)}</dependencies>`,
      `<parent><groupId>shop</groupId><artifactId>all</artifactId><version>1.0</version></parent><artifactId>${name}</artifactId>`,
    );
  test('modules that need each other', async () => {
    const files: Files = {
      'pom.xml': pom(
        '<packaging>pom</packaging><modules><module>a</module><module>b</module></modules>',
        '<groupId>shop</groupId><artifactId>all</artifactId><version>1.0</version>',
      ),
      'a/pom.xml': module('a', 'b'),
      'b/pom.xml': module('b', 'a'),
      'a/src/main/java/Main.java': 'public class Main { public static void main(String[] args) {} }\n',
    };
    await expect(of(files)).rejects.toThrow('a/pom.xml: the modules a → b → a need each other');
  });
  test('a jar of the machine', async () => {
    const files: Files = {
      'pom.xml': pom(
        `<dependencies>${dependency('acme:driver:1.0', '<scope>system</scope><systemPath>/opt/acme/driver.jar</systemPath>')}</dependencies>`,
      ),
      ...MAIN,
    };
    await expect(of(files)).rejects.toThrow(
      'takes driver from /opt/acme/driver.jar, which is outside of the build',
    );
  });
});

test('what the compiler was told is said to the JVM too', async () => {
  const { start } = await of({
    'pom.xml': pom(
      `<build><plugins>${plugin('org.apache.maven.plugins:maven-compiler-plugin', '<configuration><release>25</release><compilerArgs><arg>--enable-preview</arg></compilerArgs></configuration>')}${plugin('org.apache.maven.plugins:maven-jar-plugin', '<configuration><archive><manifestEntries><Add-Opens>java.base/java.lang</Add-Opens></manifestEntries></archive></configuration>')}</plugins></build>`,
    ),
    ...MAIN,
  });
  expect(start.entrypoint).toContain('--enable-preview');
  expect(start.entrypoint).toContain('--add-opens=java.base/java.lang=ALL-UNNAMED');
});

test('a profile that a property takes back is active without it', async () => {
  const { app } = await of({
    'pom.xml': pom(
      `<profiles><profile><id>ui</id><activation><property><name>!skipUi</name></property></activation><build><plugins>${plugin('com.github.eirslett:frontend-maven-plugin:1.15.1', execution('<goal>npm</goal>'))}</plugins></build></profile></profiles>`,
    ),
    ...MAIN,
  });
  expect(app.frontend?.image).toBe('node:26-slim');
});

describe('native-image', () => {
  const files = {
    ...boot('3.5.7'),
    'pom.xml':
      boot('3.5.7')['pom.xml']?.replace(
        '<plugins>',
        `<plugins>${plugin('org.graalvm.buildtools:native-maven-plugin')}`,
      ) ?? '',
  };
  test('a plugin for it is told, and the JVM runs the program', async () => {
    const { told, start } = await of(files);
    expect(told).toContain(
      'pom.xml has org.graalvm.buildtools:native-maven-plugin: the image runs it on the JVM',
    );
    expect(start.entrypoint[0]).toBe('java');
  });
  test('--runtime native says what it would take', async () => {
    await expect(of(files, { runtime: 'native' })).rejects.toThrow('native-image needs GraalVM’s own image');
  });
});
