// loaded before a test's clock runs
import '../../../src/languages/java/rules.ts';
import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, rendered } from '../../planned.ts';

const refusal = async (files: Files, given: Readonly<Record<string, string>> = {}) => {
  try {
    await rendered(files, 'slim', given);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
};
const build = async (files: Files, given: Readonly<Record<string, string>> = {}) =>
  (
    (await planned(await projectOf(files, 'shop'), 'slim', given)).app as {
      build: { commands: readonly string[] };
    }
  ).build.commands.join(' && ');

const SOURCE: Files = {
  'src/main/java/shop/Main.java':
    'package shop;\npublic class Main { public static void main(String[] args) {} }\n',
};
const groovy = (text: string, more: Files = {}): Files => ({
  'settings.gradle': "rootProject.name = 'shop'\n",
  'build.gradle': text,
  ...SOURCE,
  ...more,
});
const kotlin = (text: string, more: Files = {}): Files => ({
  'settings.gradle.kts': 'rootProject.name = "shop"\n',
  'build.gradle.kts': text,
  ...SOURCE,
  ...more,
});
const WEB = "dependencies { implementation 'org.springframework.boot:spring-boot-starter-web' }\n";
const wrapper = (version: string): Files => ({
  gradlew: '#!/bin/sh\n',
  'gradle/wrapper/gradle-wrapper.jar': 'PK',
  'gradle/wrapper/gradle-wrapper.properties': `distributionUrl=https\\://services.gradle.org/distributions/gradle-${version}-bin.zip\n`,
});

describe('what is made is read from the scripts', () => {
  test.each<[what: string, files: Files, makes: string]>([
    [
      'Boot, and never its -plain archive',
      groovy(
        `plugins { id 'java'\n id 'org.springframework.boot' version '3.5.7' }\nversion = '1.2'\n${WEB}`,
      ),
      'gradle --no-daemon :bootJar && java -Djarmode=tools -jar build/libs/shop-1.2.jar',
    ],
    [
      'Boot by an alias of the catalog',
      kotlin('plugins { java\n alias(libs.plugins.spring.boot) }\nversion = "1.2"\n', {
        'gradle/libs.versions.toml':
          '[versions]\nboot = "3.2.1"\n[plugins]\nspring-boot = { id = "org.springframework.boot", version.ref = "boot" }\n',
      }),
      '-Djarmode=layertools -jar build/libs/shop-1.2.jar',
    ],
    [
      'Boot by the classpath of scripts',
      groovy(
        "buildscript { ext { bootVersion = '2.7.18' }\n dependencies { classpath \"org.springframework.boot:spring-boot-gradle-plugin:${bootVersion}\" } }\napply plugin: 'java'\napply plugin: 'org.springframework.boot'\n",
      ),
      '-Djarmode=layertools -jar build/libs/shop.jar',
    ],
    [
      'Boot with its version in the settings',
      kotlin('plugins { java\n id("org.springframework.boot") }\n', {
        'settings.gradle.kts':
          'pluginManagement { plugins { id("org.springframework.boot") version "3.4.0" } }\nrootProject.name = "shop"\n',
      }),
      '-Djarmode=tools -jar build/libs/shop.jar',
    ],
    [
      'a name of its archive',
      kotlin(
        'plugins { java\n id("org.springframework.boot") version "3.4.0" }\ntasks.named<BootJar>("bootJar") {\n  archiveFileName.set("app.jar")\n}\n',
      ),
      '-jar build/libs/app.jar',
    ],
    [
      'another base of its name',
      groovy(
        "plugins { id 'java'\n id 'org.springframework.boot' version '3.4.0' }\nbase { archivesName = 'store' }\nversion = \"${major}.5\"\n",
        { 'gradle.properties': 'major=4\n' },
      ),
      '-jar build/libs/store-4.5.jar',
    ],
    [
      'a version that is computed, when one archive is made',
      groovy(
        "plugins { id 'java'\n id 'org.springframework.boot' version '3.4.0' }\nversion = scmVersion.version\n",
      ),
      '-jar build/libs/*.jar',
    ],
    [
      'an application',
      kotlin('plugins { application }\nversion = "2.0"\napplication { mainClass.set("shop.Main") }\n'),
      'gradle --no-daemon :installDist && mkdir /out && mv build/install/*/lib /out/lib && mv /out/lib/shop-2.0.jar /out/app.jar',
    ],
    [
      'shadow',
      groovy(
        "plugins { id 'java'\n id 'com.gradleup.shadow' version '8.3.6' }\nversion = '1'\njar { manifest { attributes 'Main-Class': 'shop.Main' } }\n",
      ),
      ':shadowJar && mkdir -p /out && mv build/libs/shop-1-all.jar /out/app.jar',
    ],
    [
      'shadow without its classifier',
      kotlin(
        'plugins { java\n id("com.gradleup.shadow") version "8.3.6" }\ntasks.shadowJar { archiveClassifier.set("") }\n',
      ),
      'mv build/libs/shop.jar /out/app.jar',
    ],
    [
      'Quarkus',
      kotlin('plugins { java\n id("io.quarkus") version "3.20.0" }\n'),
      ':quarkusBuild && mv build/quarkus-app /out',
    ],
    [
      'a jar that takes its libraries in',
      groovy(
        "plugins { id 'java' }\njar {\n  manifest { attributes 'Main-Class': 'shop.Main' }\n  from { configurations.runtimeClasspath.collect { it.isDirectory() ? it : zipTree(it) } }\n}\n",
      ),
      ':jar && mkdir -p /out && mv build/libs/shop.jar /out/app.jar',
    ],
  ])('%s', async (_, files, makes) => {
    expect(await build(files)).toContain(makes);
  });
  test('what stands in a comment or a text says nothing', async () => {
    const files = groovy(
      "plugins { id 'application'\n // id 'org.springframework.boot' version '3.5.0'\n }\ndescription = \"plugins { id 'war' }\"\nversion = '1'\n",
    );
    expect(await build(files)).toContain(':installDist');
  });
});

describe('modules', () => {
  const SHOP: Files = {
    'settings.gradle.kts':
      'rootProject.name = "shop"\ninclude(":core", "apps:web")\nproject(":core").projectDir = file("libs/core")\n',
    'build.gradle.kts':
      'plugins { kotlin("jvm") version "2.1.0" apply false }\nsubprojects { apply(plugin = "java-library") }\n',
    'libs/core/build.gradle.kts': 'dependencies { api("org.postgresql:postgresql:42.7.4") }\n',
    'apps/web/build.gradle.kts':
      'plugins { application }\nversion = "1"\ndependencies { implementation(project(":core")) }\napplication { mainClass = "shop.Main" }\n',
    'apps/web/src/main/java/shop/Main.java': SOURCE['src/main/java/shop/Main.java'] ?? '',
  };
  test('the one that is started is built, all scripts are bound', async () => {
    expect(await build(SHOP)).toContain(
      ':apps:web:installDist && mkdir /out && mv apps/web/build/install/*/lib /out/lib && mv /out/lib/web-1.jar',
    );
    const [dockerfile] = await rendered(SHOP, 'slim');
    for (const file of ['libs/core/build.gradle.kts', 'settings.gradle.kts'])
      expect(dockerfile.text).toContain(`source=${file},`);
  });
  test('a convention in buildSrc is read, and its folder can be written to', async () => {
    const files = {
      ...SHOP,
      'apps/web/build.gradle.kts': 'plugins { id("shop.service") }\n',
      'buildSrc/src/main/kotlin/shop.service.gradle.kts':
        'plugins { application }\napplication { mainClass = "shop.Main" }\n',
      'buildSrc/build.gradle.kts': 'plugins { `kotlin-dsl` }\n',
    };
    expect(await build(files)).toContain(':apps:web:installDist');
    expect((await rendered(files, 'slim'))[0].text).toContain(
      '--mount=type=bind,source=buildSrc,target=buildSrc,readwrite',
    );
  });
  test('a library of a module counts for the one that needs it', async () => {
    const files = {
      ...SHOP,
      'libs/core/build.gradle.kts':
        'dependencies { implementation("org.springframework.boot:spring-boot-starter-web") }\n',
    };
    expect(await found('port', await projectOf(files))).toEqual([
      '8080',
      'Spring Boot, which listens there when nothing says otherwise',
    ]);
  });
});

describe('the JDK', () => {
  test.each<[what: string, files: Files, runs: string, builds: string]>([
    [
      'a toolchain',
      groovy(
        "plugins { id 'application' }\njava { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\n",
      ),
      '21',
      '21',
    ],
    [
      'Kotlin’s toolchain',
      kotlin('plugins { application\n kotlin("jvm") version "2.2.0" }\nkotlin { jvmToolchain(17) }\n'),
      '17',
      '17',
    ],
    [
      'a release',
      kotlin('plugins { application }\ntasks.withType<JavaCompile> { options.release = 11 }\n'),
      '11',
      '11',
    ],
    ['compatibility', groovy("plugins { id 'application' }\nsourceCompatibility = '1.8'\n"), '8', '8'],
    [
      'compatibility by its constant',
      groovy("plugins { id 'application' }\njava { targetCompatibility = JavaVersion.VERSION_17 }\n"),
      '17',
      '17',
    ],
    [
      'a catalog’s version',
      kotlin(
        'plugins { application }\njava { toolchain { languageVersion.set(JavaLanguageVersion.of(libs.versions.java.get().toInt())) } }\n',
        { 'gradle/libs.versions.toml': '[versions]\njava = "21"\n' },
      ),
      '21',
      '21',
    ],
    [
      'Gradle 9, which runs on 17 at least, for Java 11',
      groovy("plugins { id 'application' }\nsourceCompatibility = 11\n", wrapper('9.1.0')),
      '11',
      '17',
    ],
    ['a Gradle that knows no newer', groovy("plugins { id 'application' }\n", wrapper('7.4')), '17', '17'],
    [
      'the newest that this Gradle takes',
      groovy("plugins { id 'application' }\n", wrapper('8.5')),
      '21',
      '21',
    ],
  ])('%s', async (_, files, runs, builds) => {
    const plan = await planned(await projectOf(files), 'slim');
    expect(plan.images.runtime).toBe(`eclipse-temurin:${runs}-jre`);
    expect(plan.images.build).toMatch(new RegExp(`[:-](?:jdk)?${builds}(?:-jdk)?$`));
  });
  test('a Gradle that is too old for every JDK that the code needs', async () => {
    expect(
      await refusal(groovy("plugins { id 'application' }\nsourceCompatibility = 21\n", wrapper('6.9'))),
    ).toBe(
      'Gradle 6.9 runs on no JDK that compiles for Java 21 (build.gradle:2). Raise the wrapper: ./gradlew wrapper --gradle-version latest',
    );
  });
});

test('a toolchain that the image of the builder lacks is brought along', async () => {
  const files = groovy(
    "plugins { id 'application' }\nversion = '1'\njava { toolchain { languageVersion = JavaLanguageVersion.of(11) } }\n",
    wrapper('9.1.0'),
  );
  const [dockerfile] = await rendered(files, 'slim');
  expect(dockerfile.text).toContain('FROM --platform=$BUILDPLATFORM eclipse-temurin:11-jdk AS toolchain');
  expect(dockerfile.text).toContain('FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS build');
  expect(dockerfile.text).toContain(
    'sh gradlew --no-daemon -Porg.gradle.java.installations.paths=/opt/jdk :installDist',
  );
  expect(dockerfile.text).toContain('FROM eclipse-temurin:11-jre AS runtime');
});

test('a plugin that needs a newer JDK gets it, and what runs the program stays', async () => {
  const files = groovy(
    "plugins { id 'application'\n id 'com.diffplug.spotless' version '8.0.0' }\nsourceCompatibility = 11\n",
  );
  const plan = await planned(await projectOf(files), 'slim');
  expect([plan.images.build, plan.images.runtime]).toEqual(['gradle:8-jdk17', 'eclipse-temurin:11-jre']);
});

test('a framework that does not run on the version that is said', async () => {
  const files = groovy(
    "plugins { id 'java'\n id 'org.springframework.boot' version '3.4.0' }\nsourceCompatibility = 11\n",
  );
  expect(await refusal(files)).toContain(
    'build.gradle:3 says Java 11, but org.springframework.boot 3.4.0 needs 17 at least.',
  );
});

describe('Micronaut', () => {
  test('by Gradle, with its libraries beside it', async () => {
    const files = groovy(
      "plugins { id 'io.micronaut.application' version '4.4.4' }\nversion = '0.1'\napplication { mainClass = 'shop.Main' }\n",
    );
    expect(await build(files)).toContain(
      ':installDist && mkdir /out && mv build/install/*/lib /out/lib && mv /out/lib/shop-0.1.jar /out/app.jar',
    );
  });
});

test('libraries that no plugin gathers are gathered beside the program', async () => {
  const files = groovy(
    "plugins { id 'java' }\ndependencies { implementation 'org.slf4j:slf4j-api:2.0.17' }\njar { manifest { attributes 'Main-Class': 'shop.Main' } }\n",
  );
  const [dockerfile] = await rendered(files, 'slim');
  expect(dockerfile.text).toContain("COPY <<'EOF' /root/gather.gradle");
  expect(dockerfile.text).toContain('--init-script /root/gather.gradle :gatherProgram');
  expect(dockerfile.text).toContain('"-cp", "app.jar:lib/*", "shop.Main"');
});

describe('refused in one sentence', () => {
  test.each<[what: string, files: Files, says: string]>([
    [
      'an app for Android',
      groovy("plugins { id 'com.android.application' version '8.5.0' }\n"),
      'Nothing here can be started: build.gradle: it is an app for Android.',
    ],
    ['a plugin of Gradle', groovy("plugins { id 'java-gradle-plugin' }\n"), 'it is a plugin of Gradle'],
    [
      'a wrapper out of a file',
      groovy("plugins { id 'application' }\n", {
        ...wrapper('8.5'),
        'gradle/wrapper/gradle-wrapper.properties': 'distributionUrl=file\\:/opt/gradle-8.5-bin.zip\n',
      }),
      'gradle/wrapper/gradle-wrapper.properties takes Gradle from "file:/opt/gradle-8.5-bin.zip", which is not in the build.',
    ],
    [
      'a password',
      groovy(
        "plugins { id 'application' }\nrepositories {\n  maven {\n    url 'https://repo.example.com/maven'\n    credentials { username 'ci'; password 'hunter2' }\n  }\n}\n",
      ),
      'build.gradle:5 holds a password',
    ],
    [
      'both tools',
      {
        ...groovy("plugins { id 'application' }\n"),
        'pom.xml': '<project><artifactId>x</artifactId></project>',
      },
      'The build tool could be maven (pom.xml) or gradle (build.gradle). Say which: --build-tool maven or --build-tool gradle',
    ],
  ])('%s', async (_, files, says) => {
    expect(await refusal(files)).toContain(says);
  });
});

test('of both tools, that of the wrapper or of CI', async () => {
  const both = {
    ...groovy("plugins { id 'application' }\n"),
    'pom.xml': '<project><artifactId>x</artifactId></project>',
  };
  expect(await found('buildTool', await projectOf({ ...both, ...wrapper('8.5') }))).toEqual([
    'gradle',
    'gradlew',
  ]);
  expect(
    await found(
      'buildTool',
      await projectOf({ ...both, '.github/workflows/ci.yml': 'run: ./gradlew build\n' }),
    ),
  ).toEqual(['gradle', '.github/workflows/ci.yml']);
});

test('the wrapper is called by sh, and its folder is not the volume of the image', async () => {
  const [dockerfile] = await rendered(
    groovy("plugins { id 'application' }\nversion = '1'\n", wrapper('8.5')),
    'slim',
  );
  expect(dockerfile.text).toContain('ENV GRADLE_USER_HOME=/cache/gradle');
  expect(dockerfile.text).toContain('sh gradlew --no-daemon :installDist');
  expect(dockerfile.text).toContain('--mount=type=cache,target=/cache/gradle,sharing=locked');
  expect(dockerfile.text).toContain('--mount=type=bind,source=gradle,target=gradle');
});

test('a private repository takes its passwords from a secret', async () => {
  const files = groovy(
    "plugins { id 'application' }\nrepositories { maven { url 'https://repo.example.com/maven' } }\n",
  );
  const plan = await planned(await projectOf(files), 'slim');
  expect(plan.secrets).toEqual([
    { id: 'gradle-properties', from: 'file', source: '~/.gradle/gradle.properties' },
  ]);
});

test('without a name in the settings, the archive is called after the folder of the build', async () => {
  const files = {
    'build.gradle':
      "plugins { id 'java'\n id 'org.springframework.boot' version '3.5.7' }\nversion = '1.0'\n",
    'src/main/java/shop/Main.java':
      'package shop;\npublic class Main { public static void main(String[] args) {} }\n',
  };
  const { app } = await planned(await projectOf(files, 'shop'), 'slim');
  const { build } = app as { build: { commands: readonly string[] } };
  expect(build.commands.join(' ')).toContain('build/libs/src-1.0.jar');
});
