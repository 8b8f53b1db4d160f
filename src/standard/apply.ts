import type { LanguageId } from '../facts/language.ts';
import { type Additions, envOf, type Plan, type Trust } from '../plan/plan.ts';
import { envValue } from '../plan/quote.ts';
import { replaceImages } from './images.ts';
import type { Certificate, SecretFile, Standard } from './standard.ts';

/** A plan as an organisation wants it: other images, and what it adds to all of them. */
export function withStandard(plan: Plan, standard: Standard): Plan {
  const replaced = replaceImages(plan, standard.images);
  const { trust, variables, build } = trustOf(plan.language, standard.certificates);
  const registry = registriesOf(replaced, standard.registries);
  const environment = { ...variables, ...standard.environment };
  const { labels, stamps } = labelsOf(standard);
  const additions: Additions = {
    // a revision that changes with every commit must not build everything anew
    arguments: envOf(standard.arguments).filter(({ name }) => !(name in stamps)),
    stamps: envOf(stamps),
    labels,
    env: envOf({ ...build, ...registry.env }),
    files: registry.files,
    trust,
    proxies: proxiesOf(standard.proxies),
  };
  const secrets = standard.secrets.filter(({ id }) => !plan.secrets.some((one) => one.id === id));
  return {
    ...withMounts(replaced, secrets),
    env: [...replaced.env.filter(({ name }) => !(name in environment)), ...envOf(environment)],
    secrets: [...plan.secrets, ...secrets.map(({ id, from, source }) => ({ id, from, source }))],
    notes: [...replaced.notes, ...registry.notes.map((text) => ({ level: 'info' as const, text }))],
    ...(isEmpty(additions) ? {} : { standard: additions }),
  };
}

function isEmpty({ trust, ...lists }: Additions): boolean {
  return trust === undefined && Object.values(lists).every((list) => list.length === 0);
}

/** Labels name arguments of the standard as `${NAME}`; any other dollar is a dollar. */
function labelsOf({ labels, arguments: all }: Standard): {
  readonly labels: Additions['labels'];
  readonly stamps: Readonly<Record<string, string>>;
} {
  const used = new Set<string>();
  const quoted = Object.entries(labels).map(([name, text]) => {
    const parts = text.split(/(\$\{\w+\})/).map((part) => {
      const argument = /^\$\{(\w+)\}$/.exec(part)?.[1];
      if (argument === undefined || !Object.hasOwn(all, argument)) return part.replace(/[\\"$]/g, '\\$&');
      used.add(argument);
      return part;
    });
    return { name, value: envValue(text) === text ? text : `"${parts.join('')}"` };
  });
  return { labels: quoted, stamps: Object.fromEntries([...used].map((name) => [name, all[name] ?? ''])) };
}

/** https://docs.docker.com/build/building/variables/#proxy-arguments */
function proxiesOf({ http, https, none }: Standard['proxies']): Additions['proxies'] {
  const all = { HTTP_PROXY: http, HTTPS_PROXY: https, NO_PROXY: none };
  return Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

const STAGE = 'certificates';
const FILE = '/certificates.crt';
const BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const OWN = '/usr/local/share/ca-certificates/standard.crt';
const APPEND = `mkdir -p /etc/ssl/certs && cat ${OWN} >> ${BUNDLE}`;
/** Java's own file of authorities, filled by its own tool: what it reads is no PEM. */
const STORE = '/etc/ssl/certs/java/cacerts';
const KEYTOOL = [
  `awk '/BEGIN CERT/{n++} {print > "/tmp/standard-" n ".crt"}' ${OWN}`,
  'for file in /tmp/standard-*.crt; do keytool -importcert -noprompt -trustcacerts -cacerts -storepass changeit -alias "$file" -file "$file" || exit 1; done',
  'rm /tmp/standard-*.crt',
  `install -D "$JAVA_HOME/lib/security/cacerts" ${STORE}`,
];

interface Trusting {
  /** What a stage that builds does with the file. */
  readonly commands: readonly string[];
  /** Variables by which its tools find it there. */
  readonly build: Readonly<Record<string, string>>;
  readonly runtime: Trust['runtime'];
  /** Variables by which the program finds it. */
  readonly variables: Readonly<Record<string, string>>;
}

const from = (stage: string, source: string, destination: string) => ({ stage, source, destination });
const COPIED = [from(STAGE, FILE, OWN)];

/** Where the programs of a language look for authorities. */
const TRUSTING: { readonly [Id in LanguageId]: Trusting } = {
  // https://nodejs.org/api/cli.html#node_extra_ca_certsfile
  node: {
    commands: [APPEND],
    build: { NODE_EXTRA_CA_CERTS: OWN },
    runtime: COPIED,
    variables: { NODE_EXTRA_CA_CERTS: OWN },
  },
  // every file of the folder counts beside the bundle: https://go.dev/src/crypto/x509/root_unix.go
  go: {
    commands: [APPEND],
    build: {},
    runtime: [from(STAGE, FILE, '/etc/ssl/certs/standard.crt')],
    variables: {},
  },
  // OpenSSL reads the bundle, requests one of its own: https://requests.readthedocs.io/en/latest/user/advanced/
  python: {
    commands: [APPEND],
    build: { PIP_CERT: BUNDLE, SSL_CERT_FILE: BUNDLE, REQUESTS_CA_BUNDLE: BUNDLE },
    runtime: [from('build', BUNDLE, BUNDLE)],
    variables: { SSL_CERT_FILE: BUNDLE, REQUESTS_CA_BUNDLE: BUNDLE },
  },
  java: {
    commands: KEYTOOL,
    build: {},
    runtime: [from('build', STORE, STORE)],
    variables: { JAVA_TOOL_OPTIONS: `-Djavax.net.ssl.trustStore=${STORE}` },
  },
  // where the package ca-certificates is installed, it takes in what lies there already
  c: { commands: [APPEND], build: {}, runtime: COPIED, variables: {} },
};

function trustOf(
  language: LanguageId,
  certificates: readonly Certificate[],
): Pick<Trusting, 'build' | 'variables'> & { readonly trust: Trust | undefined } {
  if (certificates.length === 0) return { trust: undefined, build: {}, variables: {} };
  const { commands, build, runtime, variables } = TRUSTING[language];
  const lines = certificates.flatMap((one) => one.lines);
  return { trust: { lines, path: OWN, mounts: [], commands, runtime }, build, variables };
}

interface Registries {
  readonly env: Readonly<Record<string, string>>;
  readonly files: Additions['files'];
  readonly notes: readonly string[];
}

const NONE: Registries = { env: {}, files: [], notes: [] };

/** Where packages come from. What needs a password is a secret, and stands in none of this. */
function registriesOf({ language, app }: Plan, { npm, pip, go, maven }: Standard['registries']): Registries {
  const text = JSON.stringify(app);
  if (language === 'node' && npm !== undefined) {
    const yarn = /YARN_|yarn\.lock/.test(text) ? { YARN_NPM_REGISTRY_SERVER: npm } : {};
    const corepack = text.includes('corepack') ? { COREPACK_NPM_REGISTRY: npm } : {};
    return { ...NONE, env: { NPM_CONFIG_REGISTRY: npm, ...yarn, ...corepack } };
  }
  if (language === 'python' && pip !== undefined) return pythonRegistry(text, pip);
  if (language === 'go' && go !== undefined) return { ...NONE, env: { GOPROXY: go } };
  if (language === 'java' && maven !== undefined) return mavenRegistry(text, maven);
  return NONE;
}

function pythonRegistry(text: string, pip: string): Registries {
  const pdm = /\bpdm\b/.test(text) ? { PDM_PYPI_URL: pip } : {};
  const pipenv = /\bpipenv\b/.test(text) ? { PIPENV_PYPI_MIRROR: pip } : {};
  const [, locked] = /\b(uv sync|poetry install)\b/.exec(text) ?? [];
  const why = 'takes the addresses of its lock file, not those of registries → pip.';
  const notes = locked === undefined ? [] : [`${locked.split(' ')[0]} ${why}`];
  return { ...NONE, env: { PIP_INDEX_URL: pip, ...pdm, ...pipenv }, notes };
}

function mavenRegistry(text: string, maven: string): Registries {
  const why = 'Gradle takes its repositories from the build script, not from registries → maven.';
  if (!/\bmvnw?\b/.test(text)) return { ...NONE, notes: [why] };
  // the project's own settings come as a secret
  if (text.includes('/root/.m2/settings.xml')) return NONE;
  return { ...NONE, files: [{ path: '/root/.m2/settings.xml', lines: settingsXml(maven) }] };
}

/** https://maven.apache.org/guides/mini/guide-mirror-settings.html */
function settingsXml(url: string): readonly string[] {
  return [
    '<settings>',
    '  <mirrors>',
    `    <mirror><id>standard</id><mirrorOf>*</mirrorOf><url>${url.replaceAll('&', '&amp;')}</url></mirror>`,
    '  </mirrors>',
    '</settings>',
  ];
}

/** Every step of the build sees a secret; those of the image that ships, and of its files, do not. */
function withMounts(plan: Plan, secrets: readonly SecretFile[]): Plan {
  if (secrets.length === 0) return plan;
  const mounts = secrets.map(({ id, target }) => `type=secret,id=${id},target=${target},required=true`);
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visit(one)]));
    const isStep = Array.isArray(inner.mounts) && Array.isArray(inner.commands);
    return isStep ? { ...inner, mounts: [...(inner.mounts as unknown[]), ...mounts] } : inner;
  };
  return { ...plan, app: visit(plan.app) as Plan['app'] };
}
