import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned } from '../../planned.ts';
import { boot, dependency, plugin, pom } from './projects.ts';

const ACTUATOR = `<dependencies>${dependency('org.springframework.boot:spring-boot-starter-actuator')}${dependency('org.springframework.boot:spring-boot-starter-web')}</dependencies>`;
const properties = (text: string): Files =>
  boot('3.5.7', { files: { 'src/main/resources/application.properties': text } });
const yaml = (text: string): Files =>
  boot('3.5.7', { files: { 'src/main/resources/application.yml': text } });
const plain = (body: string, more: Files = {}, libraries: readonly string[] = []): Files => ({
  'pom.xml': pom(`<dependencies>${libraries.map((id) => dependency(id)).join('')}</dependencies>`),
  'src/main/java/Main.java': `import java.util.*;\npublic class Main {\n  public static void main(String[] args) throws Exception {\n${body}\n  }\n}\n`,
  ...more,
});
const envOf = async (files: Files, given: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(
    (await planned(await projectOf(files), 'slim', given)).env.map(({ name, value }) => [name, value]),
  );

describe('the port', () => {
  test.each<[what: string, files: Files, port: string]>([
    ['Boot, which nothing tells', boot('3.5.7'), '8080'],
    ['a properties file', properties('server.port=9001\n'), '9001'],
    ['another spelling of the key', properties('SERVER.PORT = 9002\n'), '9002'],
    ['a line that goes on', properties('server.port=\\\n  9003\n'), '9003'],
    ['YAML', yaml('server:\n  port: 9004\n'), '9004'],
    [
      'YAML with a value that Maven fills in',
      yaml('app:\n  version: @project.version@\nserver:\n  port: 9005\n'),
      '9005',
    ],
    ['a variable with its default', yaml('server:\n  port: ${PORT:9006}\n'), '9006'],
    [
      'a document of another profile',
      yaml(
        'server:\n  port: 9007\n---\nspring:\n  config:\n    activate:\n      on-profile: dev\nserver:\n  port: 1111\n',
      ),
      '9007',
    ],
    [
      'the profile that is active by itself',
      boot('3.5.7', {
        files: {
          'src/main/resources/application.yml':
            'spring:\n  profiles:\n    active: prod\nserver:\n  port: 1111\n',
          'src/main/resources/application-prod.yml': 'server:\n  port: 9008\n',
        },
      }),
      '9008',
    ],
    ['no web application', properties('spring.main.web-application-type=none\n'), 'none'],
    [
      'Javalin',
      plain('    io.javalin.Javalin.create().start(7001);', {}, ['io.javalin:javalin:6.7.0']),
      '7001',
    ],
    [
      'Javalin without one',
      plain('    io.javalin.Javalin.create().start();', {}, ['io.javalin:javalin:6.7.0']),
      '8080',
    ],
    ['Spark', plain('    spark.Spark.port(4000);', {}, ['com.sparkjava:spark-core:2.9.4']), '4000'],
    [
      'Vert.x',
      plain('    io.vertx.core.Vertx.vertx().createHttpServer().listen(8888);', {}, [
        'io.vertx:vertx-core:4.5.0',
      ]),
      '8888',
    ],
    [
      'Jetty',
      plain('    var server = new org.eclipse.jetty.server.Server(8123);\n    new Server(8123);', {}, [
        'org.eclipse.jetty:jetty-server:12.0.0',
      ]),
      '8123',
    ],
    [
      'gRPC',
      plain('    io.grpc.ServerBuilder.forPort(50051).build().start();', {}, ['io.grpc:grpc-netty:1.70.0']),
      '50051',
    ],
    [
      'a constant of another class',
      plain(
        '    io.javalin.Javalin.create().start(Config.PORT);',
        { 'src/main/java/Config.java': 'final class Config {\n  static final int PORT = 7005;\n}\n' },
        ['io.javalin:javalin:6.7.0'],
      ),
      '7005',
    ],
    [
      'Ktor with a lambda behind its call',
      {
        'pom.xml': pom(`<dependencies>${dependency('io.ktor:ktor-server-netty-jvm:3.1.0')}</dependencies>`),
        'src/main/kotlin/Main.kt':
          'import io.ktor.server.engine.*\n\nfun main() {\n    embeddedServer(Netty, port = 8070) {\n        routing { }\n    }.start(wait = true)\n}\n',
      },
      '8070',
    ],
    [
      'Ktor with what a variable says',
      {
        'pom.xml': pom(`<dependencies>${dependency('io.ktor:ktor-server-netty-jvm:3.1.0')}</dependencies>`),
        'src/main/kotlin/Main.kt':
          'fun main() {\n    val port = System.getenv("PORT")?.toInt() ?: 8071\n    embeddedServer(Netty, port, module = Application::module).start(wait = true)\n}\n',
      },
      '8071',
    ],
    ['a program that listens on nothing', plain('    System.out.println("hello");'), 'none'],
  ])('%s', async (_, files, port) => {
    expect((await found('port', await projectOf(files)))[0]).toBe(port);
  });
  test('what a variable decides is set, and can be said otherwise', async () => {
    const files = yaml('server:\n  port: ${HTTP_PORT:9006}\n');
    expect(await envOf(files)).toEqual({ HTTP_PORT: '9006' });
    expect(await envOf(files, { port: '7000' })).toEqual({ HTTP_PORT: '7000' });
  });
  test('another port than the file’s goes through the framework’s variable', async () => {
    expect(await envOf(properties('server.port=9001\n'), { port: '7000' })).toEqual({ SERVER_PORT: '7000' });
  });
  test('localhost alone is taken back', async () => {
    expect(await envOf(properties('server.address=127.0.0.1\n'))).toEqual({ SERVER_ADDRESS: '0.0.0.0' });
  });
});

describe('health', () => {
  const actuator = (text: string): Files => ({
    ...properties(text),
    'pom.xml': (boot('3.5.7')['pom.xml'] ?? '').replace(/<dependencies>.*<\/dependencies>/, ACTUATOR),
  });
  test.each<[what: string, files: Files, health: string]>([
    ['Actuator', actuator(''), '/actuator/health'],
    [
      'Actuator below another path',
      actuator('management.endpoints.web.base-path=/manage\n'),
      '/manage/health',
    ],
    [
      'Actuator behind the path of the application',
      actuator('server.servlet.context-path=/shop\n'),
      '/shop/actuator/health',
    ],
    ['Actuator on a port of its own', actuator('management.server.port=9090\n'), 'tcp'],
    ['Actuator that hides it', actuator('management.endpoints.web.exposure.exclude=health\n'), 'tcp'],
    ['no Actuator', boot('3.5.7'), 'tcp'],
    [
      'a path of the program',
      plain('    var app = io.javalin.Javalin.create().start(7001);\n    app.get("/healthz", c -> {});', {}, [
        'io.javalin:javalin:6.7.0',
      ]),
      '/healthz',
    ],
    [
      'gRPC',
      plain('    io.grpc.ServerBuilder.forPort(50051).build().start();', {}, ['io.grpc:grpc-netty:1.70.0']),
      'tcp',
    ],
  ])('%s', async (_, files, health) => {
    expect((await found('health', await projectOf(files)))[0]).toBe(health);
  });
});

describe('Dropwizard', () => {
  const files: Files = {
    ...plain(
      '    new Object();',
      { 'config.yml': 'server:\n  applicationConnectors:\n    - type: http\n      port: 8082\n' },
      ['io.dropwizard:dropwizard-core:4.0.7'],
    ),
  };
  test('is started with its command and its configuration', async () => {
    const plan = await planned(await projectOf(files), 'slim');
    expect(plan.start.command).toEqual(['server', 'config.yml']);
    expect(plan.artifacts).toContainEqual({ source: 'config.yml', destination: './config.yml' });
    expect(plan.port).toBe(8082);
  });
});

describe('how it is started', () => {
  test('in exec form, with what the operator says left free', async () => {
    const plan = await planned(await projectOf(boot('3.5.7')), 'distroless');
    expect(plan.start.entrypoint).toEqual([
      '/usr/bin/java',
      '-XX:MaxRAMPercentage=75.0',
      '-XX:+ExitOnOutOfMemoryError',
      '-jar',
      'app.jar',
    ]);
    expect(plan.user).toBe('65532:65532');
    expect(plan.env.map(({ name }) => name)).not.toContain('JAVA_OPTS');
  });
});

describe('targets', () => {
  const jdk = (version: string, libraries: readonly string[] = []): Files => ({
    ...plain('    System.out.println(1);', {}, libraries),
    '.java-version': version,
  });
  const refusal = async (files: Files, target: 'alpine' | 'slim' | 'distroless' | 'scratch', given = {}) =>
    planned(await projectOf(files), target, given).then(
      () => 'taken',
      (error: Error) => error.message,
    );
  test.each([
    'org.rocksdb:rocksdbjni:6.20.3',
    'io.netty:netty-tcnative-boringssl-static:2.0.70.Final',
    'org.openjfx:javafx-controls:21',
  ])('%s is refused on Alpine by its name', async (id) => {
    expect(await refusal(jdk('21', [id]), 'alpine')).toContain(
      `${id.split(':').slice(0, 2).join(':')} (pom.xml) has machine code for glibc alone`,
    );
    expect(await refusal(jdk('21', [id]), 'slim')).toBe('taken');
  });
  test('a version with a build for musl is taken there', async () => {
    expect(await refusal(jdk('21', ['org.xerial.snappy:snappy-java:1.1.10.5']), 'alpine')).toBe('taken');
  });
  test('Java 17 on Alpine is for amd64 alone', async () => {
    const { rules } = await import('../../../src/languages/java/rules.ts');
    const { FROZEN, settled, TODAY } = await import('../../planned.ts');
    const project = await projectOf(jdk('17'));
    const seen = rules.see?.(project);
    const to = { project, seen, settings: await settled(project), catalog: FROZEN, today: TODAY } as never;
    expect(rules.offers('alpine', to)).toMatchObject({ platforms: ['linux/amd64'] });
    expect(rules.offers('slim', to)).toMatchObject({ platforms: expect.arrayContaining(['linux/arm64']) });
  });
  test('Java 8 has no jlink, and distroless none of its JRE', async () => {
    expect(await refusal(jdk('1.8'), 'scratch')).toContain('JDK 8 has no jlink');
    expect(await refusal(jdk('1.8'), 'distroless')).toContain('distroless has no JRE 8');
  });
  test('Java 11 on distroless gets a runtime that is linked', async () => {
    const plan = await planned(await projectOf(jdk('11')), 'distroless');
    expect(plan.images.runtime).toBe('gcr.io/distroless/java-base-debian13:nonroot');
    expect((plan.app as { link: { options: readonly string[] } }).link.options).toEqual([
      '--strip-debug',
      '--compress=2',
    ]);
  });
  test('elliptic curves are a module of their own until 21', async () => {
    const modules = async (version: string) =>
      ((await planned(await projectOf(jdk(version)), 'scratch')).app as { link: { modules: string } }).link
        .modules;
    expect(await modules('21')).toContain('jdk.crypto.ec');
    expect(await modules('25')).not.toContain('jdk.crypto.ec');
  });
});

describe('a WAR for a container', () => {
  const war = (libraries: readonly string[], source = '', plugins = ''): Files => ({
    'pom.xml': pom(
      `<packaging>war</packaging><dependencies>${libraries.map((id) => dependency(id, '<scope>provided</scope>')).join('')}</dependencies><build><plugins>${plugins}</plugins></build>`,
    ),
    'src/main/java/Hello.java': `${source}\npublic class Hello {}\n`,
  });
  test.each<[what: string, files: Files, image: string]>([
    ['javax', war(['javax.servlet:javax.servlet-api:4.0.1']), 'tomcat:9.0'],
    ['jakarta', war(['jakarta.servlet:jakarta.servlet-api:6.0.0']), 'tomcat:10.1'],
    ['Servlet 6.1', war(['jakarta.servlet:jakarta.servlet-api:6.1.0']), 'tomcat:11.0'],
    ['Jakarta EE 8, which is still javax', war(['jakarta.servlet:jakarta.servlet-api:4.0.4']), 'tomcat:9.0'],
    ['what the sources import', war([], 'import javax.servlet.http.HttpServlet;'), 'tomcat:9.0'],
    [
      'a plugin of Jetty alone',
      war(
        ['jakarta.servlet:jakarta.servlet-api:6.0.0'],
        '',
        plugin('org.eclipse.jetty.ee10:jetty-ee10-maven-plugin:12.0.16'),
      ),
      'jetty:12.0',
    ],
    [
      'plugins of both',
      war(
        ['javax.servlet:javax.servlet-api:4.0.1'],
        '',
        plugin('org.eclipse.jetty:jetty-maven-plugin:10.0.24') +
          plugin('org.apache.tomcat.maven:tomcat7-maven-plugin:2.2'),
      ),
      'tomcat:9.0',
    ],
    [
      'a file that only Jetty reads',
      {
        ...war(['javax.servlet:javax.servlet-api:4.0.1']),
        'src/main/webapp/WEB-INF/jetty-web.xml':
          '<Configure class="org.eclipse.jetty.ee8.webapp.WebAppContext"/>\n',
      },
      'jetty:12.0',
    ],
    [
      'a file of Tomcat beside a plugin of Jetty',
      {
        ...war(
          ['jakarta.servlet:jakarta.servlet-api:6.1.0'],
          '',
          plugin('org.eclipse.jetty.ee10:jetty-ee10-maven-plugin:12.0.16'),
        ),
        'src/main/webapp/META-INF/context.xml': '<Context/>\n',
      },
      'tomcat:11.0',
    ],
  ])('%s', async (_, files, image) => {
    const plan = await planned(await projectOf(files), 'slim');
    expect((plan.app as { server: { image: string } }).server.image).toBe(image);
    const [name] = image.split(':');
    expect(plan.artifacts.at(-1)?.destination).toBe(
      `/usr/local/${name}/${name === 'jetty' ? 'base/' : ''}webapps/ROOT/`,
    );
  });
  test('bytecode that is older than the server takes runs on what the server takes', async () => {
    const files = war(
      ['jakarta.servlet:jakarta.servlet-api:6.1.0'],
      '',
      plugin(
        'org.apache.maven.plugins:maven-compiler-plugin:3.13.0',
        '<configuration><release>11</release></configuration>',
      ),
    );
    expect(Number((await found('runtimeVersion', await projectOf(files)))[0])).toBeGreaterThanOrEqual(17);
  });
  test('one for another server is refused by its name', async () => {
    const files = war(
      ['jakarta.servlet:jakarta.servlet-api:6.0.0'],
      '',
      plugin('org.wildfly.plugins:wildfly-maven-plugin:5.0.0'),
    );
    await expect(planned(await projectOf(files), 'slim')).rejects.toThrow(
      'its archive is made for WildFly (org.wildfly.plugins:wildfly-maven-plugin)',
    );
  });

  test('one that leaves more than servlets to its server is refused by what that is', async () => {
    const files = war(['jakarta.servlet:jakarta.servlet-api:6.0.0', 'jakarta.ws.rs:jakarta.ws.rs-api:3.1.0']);
    await expect(planned(await projectOf(files), 'slim')).rejects.toThrow(
      'its archive leaves jakarta.ws.rs:jakarta.ws.rs-api to its server (pom.xml',
    );
  });
});

describe('a start with a cache of classes', () => {
  const app = async (files: Files) =>
    (await planned(await projectOf(files), 'slim', { startup: 'fast' })).app as {
      training?: { option: string; command: readonly string[] };
    };
  const on = (version: string): Files => ({ ...boot('3.5.7'), '.java-version': version });
  test('CDS before 25, the AOT cache from 25 on', async () => {
    expect((await app(on('21'))).training?.option).toBe('-XX:SharedArchiveFile=app.jsa');
    expect((await app(on('25'))).training?.option).toBe('-XX:AOTCache=app.aot');
    expect((await app(on('25'))).training?.command).toContain('-Dspring.context.exit=onRefresh');
  });
  test('what connects as it starts is not run, and that is told', async () => {
    const files = {
      ...on('21'),
      'pom.xml': (boot('3.5.7')['pom.xml'] ?? '').replace(
        '</dependencies>',
        `${dependency('org.springframework.boot:spring-boot-starter-data-jpa')}</dependencies>`,
      ),
    };
    expect((await app(files)).training).toBeUndefined();
    const plan = await planned(await projectOf(files), 'slim', { startup: 'fast' });
    expect(plan.notes.map(({ text }) => text)).toContain(
      'No training run makes its start faster: org.springframework.boot:spring-boot-starter-data-jpa (pom.xml) connects to something as it starts.',
    );
  });
});

describe('tools that are refused by name', () => {
  test.each([
    [
      'build.sbt',
      'project of sbt (build.sbt), for which no Dockerfile can be written yet; sbt-native-packager makes an image of it: sbt Docker/publishLocal.',
    ],
    ['build.mill', 'project of Mill (build.mill)'],
    ['build.xml', 'project of Ant (build.xml)'],
    ['MODULE.bazel', 'project of Bazel (MODULE.bazel)'],
  ])('%s', async (file, says) => {
    const files = {
      [file]: '',
      'src/Main.java': 'public class Main { public static void main(String[] args) {} }\n',
    };
    await expect(planned(await projectOf(files), 'slim')).rejects.toThrow(says);
  });
});

test('several pins that contradict each other are a tie', async () => {
  const files = {
    ...plain('    System.out.println(1);'),
    '.java-version': '17',
    '.sdkmanrc': 'java=21.0.5-tem\n',
  };
  await expect(planned(await projectOf(files), 'slim')).rejects.toThrow(
    'The Java version could be 17 (.java-version (17)) or 21 (.sdkmanrc (21.0.5-tem)).',
  );
});
