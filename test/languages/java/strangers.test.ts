// what projects that nobody here wrote were answered wrong on, each as the smallest one of its kind
import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned, rendered } from '../../planned.ts';
import { BOOT_PLUGIN, bootParent, dependency, MAIN, plugin, pom } from './projects.ts';

const WEB = dependency('org.springframework.boot:spring-boot-starter-web');
const ACTUATOR = dependency('org.springframework.boot:spring-boot-starter-actuator');
const of = async (setting: string, files: Files, given: Readonly<Record<string, string>> = {}) =>
  found(setting, await projectOf(files), given);
const configured = (text: string): Files => ({
  'pom.xml': pom(
    `${bootParent('3.5.7')}<dependencies>${WEB}${ACTUATOR}</dependencies><build><plugins>${BOOT_PLUGIN}</plugins></build>`,
  ),
  'src/main/java/shop/App.java':
    'package shop;\npublic class App { public static void main(String[] args) { } }\n',
  'src/main/resources/application.properties': text,
});
const NETTY = `package shop;
import io.netty.bootstrap.ServerBootstrap;
public class Side {
  void run() throws Exception { new ServerBootstrap().bind(Integer.parseInt(System.getenv("PORT"))).sync(); }
}
`;
const helidon = (main: string, yaml = 'server:\n  port: 8080\n', more = ''): Files => ({
  'pom.xml': pom(
    `<dependencies>${dependency('io.helidon.webserver:helidon-webserver:4.1.2')}${more}</dependencies>`,
  ),
  'src/main/java/shop/Main.java': `package shop;\nimport io.helidon.webserver.WebServer;\npublic class Main {\n  public static void main(String[] args) {\n${main}\n  }\n}\n`,
  'src/main/resources/application.yaml': yaml,
});

describe('where a framework listens', () => {
  test('a server beside the framework’s own says nothing of its port', async () => {
    const files = { ...configured('server.port=8080\n'), 'src/main/java/shop/Side.java': NETTY };
    const plan = await planned(await projectOf(files), 'slim');
    expect([plan.port, plan.env]).toEqual([8080, []]);
  });

  test.each<[what: string, files: Files, port: string]>([
    ['Helidon by its code', helidon('    WebServer.builder().port(9095).build().start();'), '9095'],
    ['Helidon by its files', helidon('    WebServer.builder().config(c).build().start();'), '8080'],
    [
      'a variable as Heroku’s guides read it',
      {
        'pom.xml': pom(`<dependencies>${dependency('io.javalin:javalin:6.7.0')}</dependencies>`),
        'src/main/java/Main.java':
          'import io.javalin.Javalin;\npublic class Main {\n  public static void main(String[] args) {\n    Javalin.create().start(assigned());\n  }\n  static int assigned() {\n    ProcessBuilder processBuilder = new ProcessBuilder();\n    if (processBuilder.environment().get("PORT") != null) {\n      return Integer.parseInt(processBuilder.environment().get("PORT"));\n    }\n    return 7070;\n  }\n}\n',
      },
      '7070',
    ],
    [
      'Vert.x by its configuration, with what holds without it',
      {
        'pom.xml': pom(`<dependencies>${dependency('io.vertx:vertx-web:4.5.10')}</dependencies>`),
        'src/main/java/Main.java':
          'import io.vertx.core.*;\npublic class Main extends AbstractVerticle {\n  public void start() { vertx.createHttpServer().listen(config().getInteger("http.port", 8083)); }\n  public static void main(String[] args) { Vertx.vertx().deployVerticle(new Main()); }\n}\n',
      },
      '8083',
    ],
    [
      'Ktor whose arguments are named',
      {
        'pom.xml': pom(`<dependencies>${dependency('io.ktor:ktor-server-netty-jvm:3.1.0')}</dependencies>`),
        'src/main/kotlin/Main.kt':
          'fun main() {\n    embeddedServer(factory = Netty, host = "0.0.0.0", port = 8072) { }.start(wait = true)\n}\n',
      },
      '8072',
    ],
  ])('%s', async (_, files, port) => {
    expect((await of('port', files))[0]).toBe(port);
  });

  test('of several programs in a module, the one that is chosen', async () => {
    const server = (name: string, port: number) =>
      `package shop;\nimport io.grpc.*;\npublic class ${name} {\n  public static void main(String[] args) throws Exception { ServerBuilder.forPort(${port}).build().start(); }\n}\n`;
    const files: Files = {
      'pom.xml': pom(`<dependencies>${dependency('io.grpc:grpc-netty:1.70.0')}</dependencies>`),
      'src/main/java/shop/Orders.java': server('Orders', 50051),
      'src/main/java/shop/Stock.java': server('Stock', 50052),
    };
    expect((await of('port', files, { main: 'shop.Stock' }))[0]).toBe('50052');
    const plan = await planned(await projectOf(files), 'slim', { main: 'shop.Stock' });
    expect([plan.port, plan.also]).toEqual([50052, []]);
  });

  test('a main class without a source, in the program’s own package', async () => {
    const files: Files = {
      'pom.xml': pom('<properties><exec.mainClass>com.shop.old.App</exec.mainClass></properties>'),
      'src/main/java/com/shop/Main.java':
        'package com.shop;\npublic class Main { public static void main(String[] args) { } }\n',
    };
    await expect(of('main', files)).rejects.toThrow('names com.shop.old.App, which no source has');
    const library = {
      ...files,
      'pom.xml': pom(
        '<properties><exec.mainClass>io.helidon.microprofile.cdi.Main</exec.mainClass></properties>',
      ),
    };
    expect((await of('main', library))[0]).toBe('io.helidon.microprofile.cdi.Main');
  });

  test('a library that does nothing but serve, and no port that is seen', async () => {
    const files: Files = {
      'pom.xml': pom(
        `<dependencies>${dependency('com.linecorp.armeria:armeria-spring-boot3-starter:1.31.0')}</dependencies>`,
      ),
      ...MAIN,
    };
    await expect(of('port', files)).rejects.toThrow(
      'com.linecorp.armeria:armeria-spring-boot3-starter serves, but nothing is seen to listen on a port',
    );
  });

  test('Armeria’s Dropwizard is started as Dropwizard is', async () => {
    const files: Files = {
      'pom.xml': pom(
        `<dependencies>${dependency('com.linecorp.armeria:armeria-dropwizard2:1.31.0')}</dependencies>`,
      ),
      ...MAIN,
      'server.yaml': 'server:\n  type: armeria\n',
    };
    expect((await of('args', files))[0]).toBe('server server.yaml');
  });

  test('the archive of Vert.x’ own plugin', async () => {
    const vertx = plugin(
      'io.reactiverse:vertx-maven-plugin:2.1.0',
      '<configuration><classifier>fat</classifier></configuration><executions><execution><goals><goal>initialize</goal><goal>package</goal></goals></execution></executions>',
    );
    const files: Files = {
      'pom.xml': pom(
        `<properties><vertx.verticle>shop.Web</vertx.verticle></properties><dependencies>${dependency('io.vertx:vertx-core:5.0.4')}</dependencies><build><plugins>${vertx}</plugins></build>`,
      ),
      'src/main/java/shop/Web.java':
        'package shop;\nimport io.vertx.core.*;\npublic class Web extends VerticleBase {\n  public Future<?> start() { return vertx.createHttpServer().listen(8888); }\n}\n',
    };
    const [{ text }] = await rendered(files, 'slim');
    expect(text).toMatch(
      /mv target\/api-1\.0-fat\.jar \/out\/app\.jar[\s\S]*EXPOSE 8888[\s\S]*"-jar", "app\.jar"/,
    );
  });

  test('Dropwizard’s file at the root of the build', async () => {
    const files: Files = {
      'pom.xml': pom('<packaging>pom</packaging><modules><module>web</module></modules>'),
      'web/pom.xml': pom(
        `<parent><groupId>shop</groupId><artifactId>api</artifactId><version>1.0</version></parent><dependencies>${dependency('io.dropwizard:dropwizard-core:4.0.0')}</dependencies>`,
        '<artifactId>web</artifactId>',
      ),
      'web/src/main/java/shop/Main.java': MAIN['src/main/java/shop/Main.java'] ?? '',
      'config-example.yml': 'server:\n  application_connectors:\n    - type: http\n      port: 8989\n',
    };
    expect((await of('port', files))[0]).toBe('8989');
    expect((await of('args', files))[0]).toBe('server config-example.yml');
  });
});

test('SIGTERM reaches the JVM itself, whose 143 is a clean end: no shell, no init, and no option that nothing expands', async () => {
  for (const target of ['slim', 'scratch'] as const) {
    const [{ text }] = await rendered(configured(''), target);
    expect(text).toMatch(/^ENTRYPOINT \["(?:\/opt\/jre\/bin\/)?java", .*"-jar", "app\.jar"\]$/m);
    expect(text).not.toMatch(/tini|sh -c|JAVA_OPTS/);
  }
});

describe('what answers for its health', () => {
  test.each<[what: string, files: Files, health: string]>([
    [
      'the port of its operators is its own',
      configured('server.port=9000\nmanagement.server.port=9000\n'),
      '/actuator/health',
    ],
    [
      'the port of its operators is another',
      configured('server.port=9000\nmanagement.server.port=9001\n'),
      'tcp',
    ],
    ['it speaks TLS', configured('server.ssl.key-store=classpath:shop.p12\n'), 'tcp'],
    [
      'it speaks TLS when a variable says so',
      configured('server.ssl.key-store=${KEY_STORE:}\nserver.ssl.enabled=${SSL_ENABLED:false}\n'),
      '/actuator/health',
    ],
    [
      'Helidon answers on another socket',
      helidon(
        '',
        'server:\n  port: 8080\n  features:\n    observe:\n      sockets: "admin"\n',
        dependency('io.helidon.webserver.observe:helidon-webserver-observe-health:4.1.2'),
      ),
      'tcp',
    ],
  ])('%s', async (_, files, health) => {
    expect((await of('health', files))[0]).toBe(health);
  });
});

describe('the version of Java', () => {
  test('a parent that is fetched can say a newer one than a module does', async () => {
    const parent =
      '<parent><groupId>org.corp</groupId><artifactId>parent</artifactId><version>7</version><relativePath/></parent>';
    const compiler = plugin(
      'org.apache.maven.plugins:maven-compiler-plugin',
      '<configuration><release>11</release></configuration>',
    );
    const files: Files = {
      'pom.xml': pom(
        `${parent}<packaging>pom</packaging><modules><module>core</module><module>app</module></modules>`,
      ),
      'core/pom.xml': pom(
        '<parent><groupId>shop</groupId><artifactId>api</artifactId><version>1.0</version></parent>',
        '<artifactId>core</artifactId>',
      ),
      'app/pom.xml': pom(
        `<parent><groupId>shop</groupId><artifactId>api</artifactId><version>1.0</version></parent><dependencies>${dependency('shop:core:1.0')}</dependencies><build><plugins>${compiler}</plugins></build>`,
        '<artifactId>app</artifactId>',
      ),
      'app/src/main/java/shop/Main.java': MAIN['src/main/java/shop/Main.java'] ?? '',
    };
    const [version, from] = await of('runtimeVersion', files);
    expect(version).toBe('25');
    expect(from).toContain('org.corp:parent is fetched');
    const alone = {
      ...files,
      'core/pom.xml': (files['core/pom.xml'] ?? '').replace(
        '</modelVersion>',
        '</modelVersion><properties><maven.compiler.release>17</maven.compiler.release></properties>',
      ),
    };
    expect((await of('runtimeVersion', alone))[0]).toBe('17');
  });

  test('bytecode that is older than a framework takes runs on what the framework takes', async () => {
    const files: Files = {
      'pom.xml': pom(
        `<properties><maven.compiler.release>11</maven.compiler.release></properties><dependencies>${dependency('io.quarkus:quarkus-rest:3.20.0')}</dependencies><build><plugins>${plugin('io.quarkus.platform:quarkus-maven-plugin:3.20.0')}</plugins></build>`,
      ),
    };
    const [version, from] = await of('runtimeVersion', files);
    expect(Number(version)).toBeGreaterThanOrEqual(17);
    expect(from).toContain('too old');
  });

  test.each<[what: string, source: string, version: string, main: string | undefined]>([
    ['a method of an object', 'package shop;\nclass Main { void main() { } }\n', '25', 'shop.Main'],
    ['a file without a class', 'void main(String[] args) { }\n', '25', 'Main'],
    [
      'one that nobody can call',
      'class Main { private static void main(String[] args) { } }\n',
      '25',
      undefined,
    ],
    ['before it is started so', 'package shop;\nclass Main { void main() { } }\n', '21', undefined],
  ])('what is started from 25 on: %s', async (_, source, version, main) => {
    const files: Files = {
      'pom.xml': pom(`<properties><maven.compiler.release>${version}</maven.compiler.release></properties>`),
      'src/main/java/Main.java': source,
    };
    if (main === undefined) await expect(of('main', files)).rejects.toThrow();
    else expect((await of('main', files))[0]).toBe(main);
  });

  test('a program that compiles gets a runtime with the compiler', async () => {
    const files: Files = {
      'pom.xml': pom('<properties><maven.compiler.release>21</maven.compiler.release></properties>'),
      'src/main/java/Main.java':
        'import javax.tools.ToolProvider;\npublic class Main { public static void main(String[] a) { ToolProvider.getSystemJavaCompiler(); } }\n',
    };
    expect((await of('runtime', files))[0]).toBe('jlink');
    const [dockerfile] = await rendered(files, 'slim');
    expect(dockerfile.text).toMatch(/jlink --add-modules "\$\(cat \/modules\),[\w.,]*\bjdk\.compiler\b/);
    const typed = await planned(await projectOf(files), 'slim', { runtime: 'jre' });
    expect(typed.notes.map(({ text }) => text).join('\n')).toContain('jdk.compiler, which a JRE has not');
  });
});

describe('what Maven reads', () => {
  test('modules of profiles that another JDK activates', async () => {
    const files: Files = {
      'pom.xml': pom(
        '<packaging>pom</packaging><modules><module>core</module></modules><profiles><profile><id>p</id><activation><jdk>[21,)</jdk></activation><modules><module>plugin</module></modules></profile></profiles>',
      ),
      ...Object.fromEntries(
        ['core', 'plugin'].map((name) => [
          `${name}/pom.xml`,
          pom(
            '<parent><groupId>shop</groupId><artifactId>api</artifactId><version>1.0</version></parent>',
            `<artifactId>${name}</artifactId>`,
          ),
        ]),
      ),
      'core/src/main/java/shop/Main.java': MAIN['src/main/java/shop/Main.java'] ?? '',
    };
    const [dockerfile] = await rendered(files, 'slim');
    expect(dockerfile.text).toContain('source=plugin/pom.xml,target=plugin/pom.xml');
    expect(dockerfile.text).toContain('mvn -B -ntp -fn -pl core -am dependency:go-offline');
  });

  test('a client beside its server is not what is started', async () => {
    const main = (name: string) => ({
      [`src/main/java/shop/${name}.java`]: `package shop;\npublic class ${name} { public static void main(String[] args) {} }`,
    });
    const files = { 'pom.xml': pom(''), ...main('OrderService'), ...main('OrderServiceClient') };
    expect((await of('main', files))[0]).toBe('shop.OrderService');
  });

  test('a WAR with a main class of its own is started by it', async () => {
    const war = plugin(
      'org.apache.maven.plugins:maven-war-plugin',
      '<configuration><archive><manifest><mainClass>executable.Main</mainClass></manifest></archive></configuration>',
    );
    const files = { 'pom.xml': pom(`<packaging>war</packaging><build><plugins>${war}</plugins></build>`) };
    await expect(of('port', files)).rejects.toThrow('brings a server of its own');
    const plan = await planned(await projectOf(files), 'slim', { port: '8080' });
    expect(plan.start.entrypoint.slice(-2)).toEqual(['-jar', 'app.jar']);
    expect(plan.notes).toEqual([]);
  });

  test.each<[container: string, says: string]>([
    ['tomcat9x', 'tomcat:9.0'],
    ['wildfly26x', 'WildFly'],
    ['glassfish7x', 'GlassFish'],
  ])('cargo says which server: %s', async (container, says) => {
    const cargo = plugin(
      'org.codehaus.cargo:cargo-maven3-plugin',
      `<configuration><container><containerId>${container}</containerId></container></configuration>`,
    );
    const files: Files = {
      'pom.xml': pom(
        `<packaging>war</packaging><dependencies>${dependency('javax.servlet:javax.servlet-api:4.0.1', '<scope>provided</scope>')}</dependencies><build><plugins>${cargo}</plugins></build>`,
      ),
    };
    const text = await rendered(files, 'slim').then(
      ([dockerfile]) => dockerfile.text,
      (error: Error) => error.message,
    );
    expect(text).toContain(says);
  });
});
