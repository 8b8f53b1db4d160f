import { table } from '../project/data.ts';

/**
 * What build tools and frameworks of Java say about the JDK and about what a build makes: facts about their versions.
 */

/** helidon-applications: the archive has no version in its name. */
const HELIDON = '${project.artifactId}';

/** Parents of POMs that are fetched: what they bring which decides. */
export const PARENTS: Readonly<
  Record<
    string,
    readonly {
      /** First version of the parent that says so. */
      readonly since: number;
      readonly properties: Readonly<Record<string, string>>;
      /** Plugins that run although the project's POM only names them, or not even that. */
      readonly runs?: readonly string[];
      /** The plugin without which none of them runs. */
      readonly runsWith?: string;
      /** How it calls what is built. */
      readonly finalName?: string;
    }[]
  >
> = table({
  // spring-boot-starter-parent: java.version is what maven.compiler.release is set to; repackage is an execution there
  'org.springframework.boot:spring-boot-starter-parent': [
    {
      since: 3,
      properties: { 'java.version': '17', 'maven.compiler.release': '${java.version}' },
      runs: ['org.springframework.boot:spring-boot-maven-plugin'],
    },
    {
      since: 0,
      properties: { 'java.version': '8', 'maven.compiler.target': '${java.version}' },
      runs: ['org.springframework.boot:spring-boot-maven-plugin'],
    },
  ],
  // micronaut-parent: the lifecycle of micronaut-maven-plugin runs its shade execution, which makes one archive
  'io.micronaut.platform:micronaut-parent': [
    {
      since: 0,
      properties: { 'jdk.version': '17', 'maven.compiler.release': '${jdk.version}' },
      runs: ['org.apache.maven.plugins:maven-shade-plugin'],
      runsWith: 'io.micronaut.maven:micronaut-maven-plugin',
    },
  ],
  'io.micronaut:micronaut-parent': [
    {
      since: 0,
      properties: { 'jdk.version': '8', 'maven.compiler.target': '${jdk.version}' },
      runs: ['org.apache.maven.plugins:maven-shade-plugin'],
    },
  ],
  'io.helidon.applications:helidon-se': [
    { since: 4, properties: { 'maven.compiler.release': '21' }, finalName: HELIDON },
    { since: 3, properties: { 'maven.compiler.release': '17' }, finalName: HELIDON },
    { since: 0, properties: { 'maven.compiler.release': '11' }, finalName: HELIDON },
  ],
  'io.helidon.applications:helidon-mp': [
    {
      since: 4,
      properties: { 'maven.compiler.release': '21', mainClass: 'io.helidon.Main' },
      finalName: HELIDON,
    },
    {
      since: 3,
      properties: { 'maven.compiler.release': '17', mainClass: 'io.helidon.microprofile.cdi.Main' },
      finalName: HELIDON,
    },
    {
      since: 0,
      properties: { 'maven.compiler.release': '11', mainClass: 'io.helidon.microprofile.cdi.Main' },
      finalName: HELIDON,
    },
  ],
});

/**
 * https://docs.gradle.org/current/userguide/compatibility.html: the JDKs that run a version of Gradle. `from`: the first
 * version that runs on `jdk`. Each version also has an oldest: 17 since 9.0, 8 before.
 */
export const GRADLE_RUNS_ON: readonly { readonly jdk: number; readonly from: string }[] = [
  { jdk: 26, from: '9.4' },
  { jdk: 25, from: '9.1' },
  { jdk: 24, from: '8.14' },
  { jdk: 23, from: '8.10' },
  { jdk: 22, from: '8.8' },
  { jdk: 21, from: '8.5' },
  { jdk: 20, from: '8.3' },
  { jdk: 19, from: '7.6' },
  { jdk: 18, from: '7.5' },
  { jdk: 17, from: '7.3' },
  { jdk: 16, from: '7.0' },
  { jdk: 15, from: '6.7' },
  { jdk: 11, from: '5.0' },
  { jdk: 8, from: '2.0' },
];
export const GRADLE_NEEDS: readonly { readonly from: string; readonly jdk: number }[] = [
  { from: '9.0', jdk: 17 },
  { from: '0', jdk: 8 },
];
/** Images of Gradle that are still rebuilt, by their JDKs (docker-library/official-images library/gradle). */
export const GRADLE_IMAGES: readonly { readonly tag: string; readonly jdks: readonly number[] }[] = [
  { tag: '9', jdks: [17, 21, 25, 26] },
  { tag: '8', jdks: [8, 11, 17, 21] },
];

/** Release lines that a plugin or a library takes at most, and the least that it needs to build or to run. */
export interface Limit {
  /** The plugin's or the library's id. */
  readonly id: string;
  readonly from: string;
  /** The oldest JDK that it runs on. */
  readonly least?: number;
  /** The newest JDK that it takes. */
  readonly most?: number;
  /** It is of the build alone: what runs the program may be older. */
  readonly builds?: true;
}

/**
 * docs.spring.io/spring-boot/system-requirements, kotlinlang.org/docs/whatsnew (the newest bytecode and JDK that the
 * compiler knows), projectlombok.org/changelog, quarkus.io/guides, docs.micronaut.io. The first row that fits holds.
 */
export const LIMITS: readonly Limit[] = [
  { id: 'org.springframework.boot', from: '4.0', least: 17, most: 26 },
  { id: 'org.springframework.boot', from: '3.5.5', least: 17, most: 25 },
  { id: 'org.springframework.boot', from: '3.4', least: 17, most: 24 },
  { id: 'org.springframework.boot', from: '3.3', least: 17, most: 23 },
  { id: 'org.springframework.boot', from: '3.2', least: 17, most: 21 },
  { id: 'org.springframework.boot', from: '3.1', least: 17, most: 21 },
  { id: 'org.springframework.boot', from: '3.0', least: 17, most: 21 },
  { id: 'org.springframework.boot', from: '2.7.16', least: 8, most: 21 },
  { id: 'org.springframework.boot', from: '2.5.5', least: 8, most: 17 },
  { id: 'org.springframework.boot', from: '2.3', least: 8, most: 15 },
  { id: 'org.springframework.boot', from: '2.1', least: 8, most: 11 },
  { id: 'org.springframework.boot', from: '0', least: 8, most: 8 },
  { id: 'org.jetbrains.kotlin', from: '2.3', most: 25 },
  { id: 'org.jetbrains.kotlin', from: '2.2', most: 24 },
  { id: 'org.jetbrains.kotlin', from: '2.1', most: 23 },
  { id: 'org.jetbrains.kotlin', from: '2.0', most: 22 },
  { id: 'org.jetbrains.kotlin', from: '1.9.20', most: 21 },
  { id: 'org.jetbrains.kotlin', from: '1.9', most: 20 },
  { id: 'org.jetbrains.kotlin', from: '1.8', most: 19 },
  { id: 'org.jetbrains.kotlin', from: '1.6', most: 17 },
  { id: 'org.jetbrains.kotlin', from: '0', most: 16 },
  { id: 'org.projectlombok', from: '1.18.40', most: 26 },
  { id: 'org.projectlombok', from: '1.18.38', most: 24 },
  { id: 'org.projectlombok', from: '1.18.36', most: 23 },
  { id: 'org.projectlombok', from: '1.18.32', most: 22 },
  { id: 'org.projectlombok', from: '1.18.30', most: 21 },
  { id: 'org.projectlombok', from: '1.18.28', most: 20 },
  { id: 'org.projectlombok', from: '1.18.22', most: 17 },
  { id: 'org.projectlombok', from: '1.18.20', most: 16 },
  { id: 'org.projectlombok', from: '0', most: 15 },
  { id: 'io.quarkus', from: '3.7', least: 17 },
  { id: 'io.quarkus', from: '2.0', least: 11 },
  { id: 'io.micronaut', from: '4.0', least: 17 },
  { id: 'io.helidon', from: '4.0', least: 21 },
  { id: 'io.helidon', from: '3.0', least: 17 },
  { id: 'io.javalin', from: '6.0', least: 11 },
  // plugins whose own classes are newer than what they build for
  { id: 'com.diffplug.spotless', from: '8.0', least: 17, builds: true },
  { id: 'com.diffplug.spotless', from: '7.0', least: 11, builds: true },
  { id: 'com.gradleup.shadow', from: '9.0', least: 11, builds: true },
  { id: 'com.github.spotbugs', from: '6.0', least: 11, builds: true },
  { id: 'org.openapi.generator', from: '7.0', least: 11, builds: true },
  { id: 'org.openapitools', from: '7.0', least: 11, builds: true },
  { id: 'org.jooq', from: '3.17', least: 17, builds: true },
  { id: 'org.flywaydb', from: '10.0', least: 17, builds: true },
  { id: 'com.vaadin', from: '24.0', least: 17, builds: true },
  { id: 'org.sonarqube', from: '5.0', least: 11, builds: true },
  { id: 'org.owasp', from: '11.0', least: 11, builds: true },
];

/** Compares versions by their numbers; what follows them is left out. */
export function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text.split(/[.\-+_]/).map((part) => Number(/^\d+/.exec(part)?.[0] ?? 0)),
  );
  for (let i = 0; i < Math.max(left?.length ?? 0, right?.length ?? 0); i++) {
    const difference = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
