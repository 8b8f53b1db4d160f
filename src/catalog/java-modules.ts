/**
 * Modules of the JDK that jdeps cannot see: what is reached by reflection, by ServiceLoader, or by a provider's name.
 */

/** What any program may need, by what fails without it. */
export const ALWAYS: readonly {
  readonly module: string;
  readonly because: string;
  readonly until?: number;
}[] = [
  // JEP 8308540: since 22 the provider of elliptic curves is in java.base
  { module: 'jdk.crypto.ec', because: 'TLS with elliptic curves', until: 21 },
  { module: 'java.naming', because: 'JNDI, which loggers and drivers open' },
  { module: 'java.management', because: 'the beans that frameworks and agents register' },
  { module: 'java.logging', because: 'what libraries log through' },
  { module: 'jdk.unsupported', because: 'sun.misc.Unsafe, which Netty and many others use' },
  { module: 'jdk.zipfs', because: 'archives that are opened as file systems' },
  { module: 'jdk.localedata', because: 'dates and numbers in other languages than English' },
  { module: 'jdk.charsets', because: 'texts that are not Unicode' },
  { module: 'java.xml', because: 'parsers that are found by ServiceLoader' },
];

/** Modules that a JDK has and no JRE, by the code that uses them: what compiles, documents, debugs. */
export const JDK_ONLY: readonly { readonly module: string; readonly uses: RegExp }[] = [
  // https://docs.oracle.com/en/java/javase/25/docs/api/jdk.compiler/module-summary.html; without it the call returns null
  {
    module: 'jdk.compiler',
    uses: /\bcom\.sun\.(?:source|tools\.javac)\.|\bgetSystemJavaCompiler\b|\bjdk\.compiler\//,
  },
  { module: 'jdk.jshell', uses: /\bjdk\.jshell\./ },
  { module: 'jdk.javadoc', uses: /\bjdk\.javadoc\.|\bgetSystemDocumentationTool\b/ },
  { module: 'jdk.attach', uses: /\bcom\.sun\.tools\.attach\./ },
  { module: 'jdk.jdi', uses: /\bcom\.sun\.jdi\./ },
  { module: 'jdk.jartool', uses: /\bjdk\.security\.jarsigner\./ },
];

/** What a library needs more, by a pattern of `group:name`. */
export const BY_LIBRARY: readonly { readonly id: RegExp; readonly modules: readonly string[] }[] = [
  {
    id: /^org\.springframework(\.boot)?:/,
    modules: [
      'java.desktop',
      'java.instrument',
      'java.net.http',
      'java.sql',
      'java.rmi',
      'jdk.management',
      'java.security.jgss',
    ],
  },
  {
    id: /^org\.hibernate/,
    modules: ['java.sql', 'java.transaction.xa', 'java.instrument', 'java.desktop', 'jdk.management'],
  },
  {
    id: /^(org\.postgresql|com\.mysql|mysql|org\.mariadb\.jdbc|com\.microsoft\.sqlserver|com\.oracle\.database)/,
    modules: ['java.sql', 'java.transaction.xa', 'java.security.jgss', 'java.security.sasl'],
  },
  {
    id: /^(com\.h2database|org\.hsqldb|org\.xerial|org\.apache\.derby|com\.zaxxer|org\.flywaydb|org\.liquibase|org\.jdbi|org\.jooq)/,
    modules: ['java.sql', 'java.management'],
  },
  {
    id: /^io\.quarkus/,
    modules: [
      'java.sql',
      'java.desktop',
      'java.instrument',
      'jdk.management',
      'java.security.jgss',
      'java.security.sasl',
      'java.transaction.xa',
    ],
  },
  { id: /^io\.micronaut/, modules: ['java.desktop', 'java.sql', 'jdk.management', 'java.net.http'] },
  {
    id: /^io\.helidon/,
    modules: [
      'java.desktop',
      'java.sql',
      'jdk.management',
      'jdk.httpserver',
      'jdk.jfr',
      'java.instrument',
      'java.transaction.xa',
    ],
  },
  {
    id: /^io\.(ktor|vertx|netty|javalin|dropwizard)/,
    modules: ['java.sql', 'java.desktop', 'jdk.management', 'java.instrument', 'java.security.jgss'],
  },
  { id: /^org\.eclipse\.jetty/, modules: ['java.sql', 'java.security.jgss', 'java.desktop'] },
  {
    id: /^org\.apache\.(tomcat|kafka|zookeeper|hadoop|camel|activemq)/,
    modules: [
      'java.sql',
      'java.rmi',
      'java.security.jgss',
      'java.security.sasl',
      'java.desktop',
      'java.instrument',
      'jdk.management',
    ],
  },
  {
    id: /^(com\.fasterxml\.jackson|com\.google\.code\.gson|org\.yaml|jakarta\.xml|javax\.xml)/,
    modules: ['java.sql', 'java.desktop'],
  },
  {
    id: /^(ch\.qos\.logback|org\.apache\.logging\.log4j)/,
    modules: ['java.scripting', 'java.sql', 'java.desktop'],
  },
  {
    id: /^(org\.graalvm|org\.openjdk\.nashorn|org\.codehaus\.groovy|org\.apache\.groovy)/,
    modules: ['java.scripting', 'java.sql', 'java.desktop'],
  },
  {
    id: /^(io\.grpc|com\.google\.protobuf|com\.squareup\.okhttp3?)/,
    modules: ['java.sql', 'jdk.management'],
  },
];

/** Libraries that draw letters, which needs fonts and what finds them. */
export const DRAWS: readonly RegExp[] = [
  /^org\.apache\.(?:pdfbox:pdfbox$|poi:poi|xmlgraphics:(?:fop|batik))/,
  /^net\.sf\.(?:jasperreports|barcode4j)/,
  /^org\.jfree:jfreechart/,
  /^com\.(?:openhtmltopdf|itextpdf|github\.librepdf)/,
  /^org\.xhtmlrenderer/,
  /^net\.coobird:thumbnailator/,
  /^com\.google\.zxing:javase/,
  /^com\.github\.(?:penggle:kaptcha|whvcse:easy-captcha)/,
  /^net\.sourceforge\.plantuml/,
];
