/** What a plugin of a build does that an image's build cannot have, and how it is left out. */
export interface Skip {
  /** `group:artifact` of Maven, or the plugin id of Gradle. */
  readonly id: RegExp;
  readonly because: string;
  /** Maven's property, or Gradle's task. */
  readonly property?: string;
  readonly task?: string;
}

export const SKIPS: readonly Skip[] = [
  {
    // https://github.com/git-commit-id/git-commit-id-maven-plugin: it fails without .git, which is no part of a build
    id: /:git-commit-id(-maven)?-plugin$/,
    because: 'reads the repository of git',
    property: 'maven.gitcommitid.skip=true',
  },
  {
    id: /:buildnumber-maven-plugin$/,
    because: 'reads the repository of git',
    property: 'maven.buildNumber.skip=true',
  },
  {
    id: /^com\.gorylenko\.gradle-git-properties$/,
    because: 'reads the repository of git',
    task: 'generateGitProperties',
  },
  { id: /:jib-maven-plugin$/, because: 'makes an image itself', property: 'jib.skip=true' },
  { id: /:docker-maven-plugin$/, because: 'makes an image itself', property: 'docker.skip=true' },
  { id: /:dockerfile-maven-plugin$/, because: 'makes an image itself', property: 'dockerfile.skip=true' },
  { id: /:maven-gpg-plugin$/, because: 'signs with a key', property: 'gpg.skip=true' },
  { id: /:maven-javadoc-plugin$/, because: 'writes documentation', property: 'maven.javadoc.skip=true' },
];

/** Plugins and extensions that take the version from git, which is no part of a build: how it is said instead. */
export interface GitVersion {
  readonly id: RegExp;
  readonly property: string;
  /** It takes no version, and is switched off by its property. */
  readonly off?: true;
}

export const GIT_VERSIONS: readonly GitVersion[] = [
  // https://axion-release-plugin.readthedocs.io/en/latest/configuration/force_version/
  { id: /^pl\.allegro\.tech\.build\.axion-release$/, property: 'release.version' },
  // https://github.com/nebula-plugins/nebula-release-plugin#overriding-version-from-the-command-line
  {
    id: /^(?:com\.netflix\.nebula\.release|nebula\.release|nebula\.nebula-release)$/,
    property: 'release.version',
  },
  // https://github.com/jgitver/jgitver-maven-plugin#configuration-modes--strategies
  { id: /:jgitver-maven-plugin$/, property: 'jgitver.use-version' },
  // https://github.com/qoomon/maven-git-versioning-extension#parameters--environment-variables
  { id: /:maven-git-versioning-extension$/, property: 'versioning.disable', off: true },
  { id: /^me\.qoomon\.git-versioning$/, property: 'versioning.disable', off: true },
];

/** Hosts of repositories that anyone can read: their builds need no password. */
export const PUBLIC_REPOSITORIES =
  /^https:\/\/(?:repo1?\.maven\.apache\.org|repo1\.maven\.org|repo\.spring\.io|oss\.sonatype\.org|s01\.oss\.sonatype\.org|central\.sonatype\.com|maven\.google\.com|dl\.google\.com|plugins\.gradle\.org|jitpack\.io|packages\.confluent\.io|repository\.apache\.org|maven\.pkg\.jetbrains\.space\/public|repo\.jenkins-ci\.org|repository\.jboss\.org|maven\.vaadin\.com|repo\.eclipse\.org|build\.shibboleth\.net|repo\.osgeo\.org|maven\.aliyun\.com|repo\.gradle\.org|packages\.atlassian\.com|repo\.grails\.org|repo\.papermc\.io)(?:[/:]|$)/;
