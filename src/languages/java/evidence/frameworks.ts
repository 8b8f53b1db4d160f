import { posix } from 'node:path';
import type { Found } from '../../../facts/language.ts';
import type { Listen } from '../../../kit/listens.ts';
import type { Project } from '../../../project/project.ts';
import { has, type Module } from './build.ts';
import { type Config, type Entry, keyOf } from './config.ts';

/** A framework that listens by its configuration, as a row. */
export interface Framework {
  readonly name: string;
  /** A library by which it is known. */
  readonly by: RegExp;
  /** A library without which it is no server. */
  readonly server: RegExp;
  /** Its files, below the resources of a module; `{profile}` is filled in. */
  readonly files: readonly string[];
  /** Files beside the build instead, which it is started with. */
  readonly beside?: readonly string[];
  readonly keys: { readonly port: readonly string[]; readonly host: readonly string[] };
  /** Variables that say more than its files do. */
  readonly variables: { readonly port?: string; readonly host?: string };
  /** The variable of the environment that says a key instead of its files. */
  readonly overrides?: (key: string) => string;
  readonly port: string;
  /** It listens on localhost alone when nothing says otherwise. */
  readonly local?: true;
  /** Its code can say where it listens, and then its files do not. */
  readonly coded?: true;
  /** Keys by which it speaks TLS on its port, unless another switches that off. */
  readonly tls?: { readonly key: RegExp; readonly value?: RegExp; readonly enabled?: string };
  /** What answers for its health. */
  readonly health: readonly {
    readonly needs: RegExp;
    readonly path: string;
    /** Keys that stand before the path, in this order; the last may replace the beginning of it. */
    readonly prefixes?: readonly string[];
    readonly base?: { readonly key: string; readonly otherwise: string };
    /** A key that takes it to another port, unless that is the same. */
    readonly elsewhere?: readonly string[];
    readonly hidden?: readonly { readonly key: string; readonly value: RegExp }[];
  }[];
  /** Words that it is started with; `{file}` is the file beside. */
  readonly args?: readonly string[];
}

/** A key as the environment writes it: https://docs.spring.io/spring-boot/reference/features/external-config.html, and MicroProfile's rules. */
const variableOf = (key: string) =>
  key
    .replace(/\W/g, '_')
    .replace(/(?<!_)_+$/, '')
    .toUpperCase();

const HELIDON_TLS = { key: /^server\.tls\.(?!enabled)/, enabled: 'server.tls.enabled' };

const YAML = ['application.properties', 'application.yml', 'application.yaml'];

const FRAMEWORKS: readonly Framework[] = [
  {
    // docs.spring.io/spring-boot: appendix/application-properties, reference/actuator/endpoints
    name: 'Spring Boot',
    by: /^org\.springframework\.boot:spring-boot/,
    server:
      /:spring-boot-starter-(?:web|webmvc|webflux|jersey|hateoas|data-rest|web-services|webservices|undertow|jetty|tomcat|reactor-netty)$|:spring-cloud-starter-gateway|:spring-cloud-starter-netflix-eureka-server|:spring-cloud-config-server|:spring-webmvc$|:spring-boot-admin-starter-server|:vaadin-spring-boot-starter|:camunda-bpm-spring-boot-starter-(?:rest|webapp)/,
    files: YAML.flatMap((file) => [file, `config/${file}`]),
    keys: { port: ['server.port'], host: ['server.address'] },
    variables: { port: 'SERVER_PORT', host: 'SERVER_ADDRESS' },
    overrides: (key) => variableOf(key.replaceAll('-', '')),
    port: '8080',
    tls: { key: /^server\.ssl\.(?:key-?store|bundle|certificate)$/i, enabled: 'server.ssl.enabled' },
    health: [
      {
        needs: /:spring-boot-starter-actuator$|:spring-boot-actuator/,
        path: '/health',
        prefixes: ['server.servlet.context-path', 'spring.webflux.base-path'],
        base: { key: 'management.endpoints.web.base-path', otherwise: '/actuator' },
        elsewhere: ['management.server.port'],
        hidden: [
          { key: 'management.endpoints.web.exposure.exclude', value: /\bhealth\b|\*/ },
          { key: 'management.endpoint.health.enabled', value: /^false$/ },
          { key: 'management.endpoint.health.access', value: /^none$/ },
        ],
      },
    ],
  },
  {
    // quarkus.io/guides/all-config, guides/smallrye-health
    name: 'Quarkus',
    by: /^io\.quarkus:/,
    server:
      /:quarkus-(?:rest|resteasy|vertx-http|undertow|reactive-routes|qute-web|smallrye-graphql|smallrye-openapi|spring-web|grpc|websockets|smallrye-health|rest-jackson)/,
    files: YAML,
    keys: {
      port: ['%prod.quarkus.http.port', 'quarkus.http.port'],
      host: ['%prod.quarkus.http.host', 'quarkus.http.host'],
    },
    variables: { port: 'QUARKUS_HTTP_PORT', host: 'QUARKUS_HTTP_HOST' },
    overrides: (key) => variableOf(key.replace(/^%prod\./, '')),
    port: '8080',
    tls: { key: /^(?:%prod\.)?quarkus\.http\.insecure-requests$/, value: /^(?:disabled|redirect)$/i },
    health: [
      {
        needs: /:quarkus-smallrye-health$/,
        path: '/health',
        prefixes: ['quarkus.http.root-path'],
        base: { key: 'quarkus.http.non-application-root-path', otherwise: '/q' },
        elsewhere: ['quarkus.management.enabled'],
      },
    ],
  },
  {
    // docs.micronaut.io: HTTP server configuration, management endpoints
    name: 'Micronaut',
    by: /^io\.micronaut[.:]/,
    server: /:micronaut-http-server/,
    files: YAML,
    keys: { port: ['micronaut.server.port'], host: ['micronaut.server.host'] },
    variables: { port: 'MICRONAUT_SERVER_PORT', host: 'MICRONAUT_SERVER_HOST' },
    overrides: (key) => variableOf(key),
    port: '8080',
    health: [
      {
        needs: /:micronaut-management$/,
        path: '/health',
        prefixes: ['micronaut.server.context-path', 'endpoints.all.path'],
        elsewhere: ['endpoints.all.port'],
        hidden: [{ key: 'endpoints.health.enabled', value: /^false$/ }],
      },
    ],
  },
  {
    // helidon.io/docs: MicroProfile server configuration; health moved below /observe in 4.0 for SE alone
    name: 'Helidon MP',
    by: /^io\.helidon\.microprofile/,
    server: /^io\.helidon\.microprofile/,
    files: ['META-INF/microprofile-config.properties', 'application.yaml'],
    keys: { port: ['server.port'], host: ['server.host'] },
    variables: { port: 'SERVER_PORT', host: 'SERVER_HOST' },
    port: '7001',
    tls: HELIDON_TLS,
    health: [{ needs: /:helidon-microprofile(?:-health|-core)?$|:helidon-microprofile$/, path: '/health' }],
  },
  {
    name: 'Helidon SE',
    by: /^io\.helidon\.webserver:/,
    server: /^io\.helidon\.webserver:/,
    files: ['application.yaml', 'application.conf', 'application.properties'],
    keys: { port: ['server.port'], host: ['server.host'] },
    variables: { port: 'SERVER_PORT', host: 'SERVER_HOST' },
    port: '8080',
    coded: true,
    tls: HELIDON_TLS,
    health: [
      {
        needs: /:helidon-webserver-observe-health$/,
        path: '/observe/health',
        elsewhere: ['server.features.observe.sockets', 'server.features.observe.sockets[0]'],
      },
    ],
  },
  {
    // ktor.io/docs/server-configuration-file
    name: 'Ktor',
    by: /^io\.ktor:ktor-server/,
    server: /^io\.ktor:ktor-server/,
    files: ['application.conf', 'application.yaml', 'application.yml'],
    keys: { port: ['ktor.deployment.port'], host: ['ktor.deployment.host'] },
    variables: {},
    port: '',
    coded: true,
    health: [],
  },
  {
    // dropwizard.io/en/stable/manual/configuration.html: the health checks are the admin connector's
    name: 'Dropwizard',
    by: /^io\.dropwizard:dropwizard-core$|:armeria-dropwizard\d*$/,
    server: /^io\.dropwizard:dropwizard-core$|:armeria-dropwizard\d*$/,
    files: [],
    beside: [
      'config.{yml,yaml}',
      'configuration.yml',
      'config/config.yml',
      'server.{yml,yaml}',
      '*config*.{yml,yaml}',
      '*.{yml,yaml}',
    ],
    keys: {
      port: ['server.applicationConnectors[0].port', 'server.connector.port'],
      host: ['server.applicationConnectors[0].bindHost'],
    },
    variables: {},
    port: '8080',
    health: [],
    args: ['server', '{file}'],
  },
];

/** Libraries that do nothing but serve: a program with one of them listens, whatever is seen of it. */
export const SERVERS =
  /^io\.undertow:undertow-(?:core|servlet)$|^io\.vertx:vertx-web$|^org\.eclipse\.jetty:jetty-server$|^org\.apache\.tomcat\.embed:tomcat-embed-core$|^io\.javalin:javalin$|^com\.sparkjava:spark-core$|^io\.ktor:ktor-server-(?!test)|^io\.ratpack:ratpack-core$|:akka-http_|:pekko-http_|:http4s-(?:ember|blaze)-server|^org\.glassfish\.grizzly:grizzly-http-server|^io\.helidon\.webserver:helidon-webserver$|^com\.linecorp\.armeria:/;

/** The framework of a module; one that is on the classpath, whether it serves or not. */
export function frameworkOf(module: Module): Framework | undefined {
  return FRAMEWORKS.find(({ by }) => has(module, by));
}

/** What a configuration says of the first of several keys. */
export function saysOf(config: Config, keys: readonly string[]): Entry | undefined {
  return keys.map((key) => config.get(keyOf(key))).find((entry) => entry !== undefined);
}

/** Files beside the build that a framework is started with: those of the module, else of the whole build. */
export function besideAt(project: Project, { beside = [] }: Framework, module: Module): readonly string[] {
  const files = [...new Set([module.folder, '.'])]
    .flatMap((folder) => beside.flatMap((pattern) => project.find(posix.join(folder, pattern))))
    .filter((path) => !/compose|\.github|mkdocs|appveyor|travis|codecov/.test(path));
  return [...new Set(files)];
}

/** Whether its configuration decides where a module listens; else the module's code does. */
export function configures(
  { server, coded }: Framework,
  module: Module,
  listens: readonly Listen[],
): boolean {
  return has(module, server) && (coded !== true || listens.every(({ port }) => port.text === undefined));
}

/** What its configuration says that makes it speak TLS where it listens. */
export function tlsOf({ tls }: Framework, config: Config): Entry | undefined {
  if (tls === undefined || config.get(keyOf(tls.enabled ?? ''))?.text === 'false') return undefined;
  const { key: named, value = /./ } = tls;
  return [...config.values()].find(({ key, text = '${}' }) => named.test(key) && value.test(text));
}

/** The path that answers for a framework's health, when what answers is there and is not hidden. */
export function healthOf(framework: Framework, module: Module, config: Config): Found<string> | undefined {
  const own = saysOf(config, framework.keys.port)?.text ?? framework.port;
  for (const row of framework.health) {
    const by = module.dependencies.find(({ id, scope }) => scope !== 'test' && row.needs.test(id));
    const moved = (key: string) => {
      const { text } = config.get(keyOf(key)) ?? { text: own };
      return text !== own && text !== 'false';
    };
    if (by === undefined || row.elsewhere?.some(moved)) continue;
    if (row.hidden?.some(({ key, value }) => value.test(config.get(keyOf(key))?.text ?? ''))) continue;
    const text = (key: string) =>
      config
        .get(keyOf(key))
        ?.text?.replace(/^(?!\/)(?=.)/, '/')
        .replace(/(?<!\/)\/+$/, '') ?? '';
    const base =
      row.base === undefined ? '' : config.has(keyOf(row.base.key)) ? text(row.base.key) : row.base.otherwise;
    const path = `${(row.prefixes ?? []).map(text).join('')}${base}${row.path}`;
    if (/^\/[\w./~%-]*$/.test(path)) return { value: path, from: `${by.from} → ${by.id}` };
  }
  return undefined;
}
