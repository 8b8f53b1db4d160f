import { parseEnv } from 'node:util';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { EXAMPLES } from '../../../kit/env-file.ts';
import type { Project } from '../../../project/project.ts';
import { isByCommand } from './arguments.ts';
import { isKnown, type Listen } from './listening.ts';
import { type Sources, search } from './sources.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

/** Servers that are made and then listen: without a call that is understood, the port is not known. */
const SERVERS =
  /\b(?:gin\.(?:Default|New)|echo\.New|fiber\.New|chi\.New(?:Router|Mux)|mux\.NewRouter|iris\.(?:Default|New)|grpc\.NewServer|httprouter\.New|http\.NewServeMux)\(|\bhttp\.HandleFunc\(/g;

/** Listeners that are off by default listen where the arguments turn them on. */
export function reached(listens: readonly Listen[], args: readonly string[]): readonly Listen[] {
  const words = args.map((word) => word.replace(/^-+/, '').replace(/=.*/, ''));
  return listens.map((one) =>
    one.only !== undefined && words.includes(one.only.replace(/^-+/, '')) ? { ...one, only: undefined } : one,
  );
}

export function findPort(to: {
  project: Project;
  sources: Sources;
  listens: readonly Listen[];
  /** Files that the program reads: a configuration may be among them. */
  include: readonly string[];
  /** What it is started with. */
  args: readonly string[];
}): Found<Port> | Tie<Port> | Unusable {
  const { project, sources } = to;
  const listens = serving(reached(to.listens, to.args));
  const variable = portVariable(listens);
  const known = listens.flatMap(({ port, at }) =>
    Number(port.text) > 0 && !port.several
      ? [{ value: Number(port.text), from: at, named: port.variable }]
      : [],
  );
  const chosen = known.filter(({ named }) => variable === 'PORT' && named === variable);
  const distinct = new Map(
    (chosen.length > 0 ? chosen : known).map(({ value, from }) => [value, { value, from }]),
  );
  if (distinct.size > 1) return { tie: [...distinct.values()] };
  const [only] = distinct.values();
  if (only !== undefined) return only;
  const configured = listens.length > 0 ? configuredPorts(project, to.include) : [];
  if (configured.length > 0)
    return configured.length === 1 && configured[0] ? configured[0] : { tie: configured };
  if (variable !== undefined) {
    for (const path of EXAMPLES) {
      const value = /(\d{1,5})$/.exec(parseEnv(project.read(path) ?? '')[variable] ?? '')?.[1];
      if (value !== undefined) return { value: Number(value), from: `${path} → ${variable}` };
    }
    const at = listens.find(({ port }) => port.variable === variable)?.at;
    return { value: 8080, from: `default, as ${variable} that ${at} reads` };
  }
  const [unread] = listens;
  const flag = unread?.port.flag;
  const apart = apartFrom(to.listens);
  if (unread !== undefined && flag !== undefined && apart !== undefined)
    return { because: `${unread.at} and ${apart.at} listen on ports that cannot be read from the source.` };
  if (unread !== undefined && flag !== undefined && to.args.length === 0 && isByCommand(sources))
    return {
      because: `${unread.at} listens where --${flag} says, and commands have flags of their own: which one starts is not known.`,
    };
  if (unread !== undefined && flag !== undefined)
    return { value: 8080, from: `default, as --${flag} that ${unread.at} reads` };
  if (unread !== undefined)
    return { because: `${unread.at} listens on a port that cannot be read from the source.` };
  const [off] = to.listens;
  if (off?.only !== undefined) return { value: 'none', from: `${off.at} listens with ${off.only} alone` };
  const [server] = search(sources, SERVERS);
  if (server !== undefined)
    return { because: `${server.at} makes a server, but nothing is seen to listen on a port.` };
  const file = sources.files[0]?.path ?? 'the program';
  return { value: 'none', from: `${file} and what it imports listen on nothing` };
}

/** A listener that says nothing of the first one's port, where no port can be read: a path may be either's. */
export function apartFrom(all: readonly Listen[]): Listen | undefined {
  const listens = serving(all);
  const known = listens.some(
    ({ port }) => port.variable !== undefined || (Number(port.text) > 0 && !port.several),
  );
  return known ? undefined : listens.find(({ port }) => port.flag !== listens[0]?.port.flag);
}

/** A line of YAML, TOML, JSON or an ini file that says a port or an address: `addr: ":8080"`. */
const SAYS_PORT =
  /^[\s"']*(?:http_?|server_?|listen_?)?(?:port|addr|address|listen|bind)["']?\s*[:=]\s*["']?(?:[\w.]*:)?(\d{2,5})["',]*\s*$/i;
/** Ports of what a service calls: databases, brokers, mail. */
const OF_OTHERS = new Set([
  25, 465, 587, 1433, 1521, 2181, 2379, 3306, 4222, 5432, 5672, 6379, 9042, 9092, 9200, 11211, 27017,
]);

/** The ports that configuration files say, where the sources only say that there is one. */
function configuredPorts(project: Project, include: readonly string[]): readonly Found<number>[] {
  const files = include.flatMap((path) => (project.isFile(path) ? [path] : project.find(`${path}/**`)));
  const found = new Map<number, Found<number>>();
  for (const path of files.filter((name) => /\.(ya?ml|toml|json|ini|conf)$/.test(name)).slice(0, 20)) {
    for (const [index, line] of (project.read(path, 256 * 1024) ?? '').split('\n').entries()) {
      const value = Number(SAYS_PORT.exec(line)?.[1]);
      if (value > 0 && value < 65536 && !OF_OTHERS.has(value) && !found.has(value))
        found.set(value, { value, from: `${path}:${index + 1}` });
    }
  }
  return [...found.values()];
}

const LOCAL = /^(localhost|127(\.\d+){3}|::1)$/;

function isLocal({ host }: Listen): boolean {
  return LOCAL.test(host.text ?? '');
}

/** Without what only its operator reaches (profiles on localhost), where something else is public. */
function serving(all: readonly Listen[]): readonly Listen[] {
  const listens = all.filter(({ only }) => only === undefined);
  const open = listens.filter((listen) => !isLocal(listen));
  return open.length > 0 ? open : listens;
}

/** The variable that the program takes its port from, or its whole address. */
function portVariable(listens: readonly Listen[]): string | undefined {
  const names = serving(listens).flatMap(({ port }) => port.variable ?? []);
  return names.includes('PORT') ? 'PORT' : names[0];
}

/** What has to be said at the start so that the program listens on this port, for everybody. */
export interface Bind {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** A bind to localhost that nothing can change, and where. */
  readonly local: string | undefined;
  /** A fixed port that is another one, and where. */
  readonly fixed: { readonly at: string; readonly port: number } | undefined;
}

export function bindOf(listens: readonly Listen[], port: number): Bind {
  const list = serving(listens);
  const variable = portVariable(listens);
  const listen = list.find((one) => one.port.variable === variable && variable !== undefined) ?? list[0];
  // what nothing is known of may follow the convention
  if (listen === undefined || !isKnown(listen.port))
    return { env: { PORT: String(port) }, args: [], local: undefined, fixed: undefined };
  const env: Record<string, string> = {};
  const args: string[] = [];
  const local = isLocal(listen);
  const { several = false, text } = listen.port;
  const other = text !== undefined && (several || Number(text) !== port);
  const say = ({ variable: name, flag }: Listen['port'], value: string) => {
    if (name !== undefined) env[name] = value;
    else if (flag !== undefined) args.push(`--${flag}=${value}`);
    else return false;
    return true;
  };
  const open = list.some((one) => Number(one.port.text) === port);
  if (listen.whole) {
    const unsaid = listen.port.text === undefined || local || other;
    if (unsaid) say(listen.port, `${local ? '0.0.0.0' : several ? '' : (listen.host.text ?? '')}:${port}`);
    return { env, args, local: undefined, fixed: undefined };
  }
  const heard = local ? say(listen.host, '0.0.0.0') : true;
  const settable = listen.port.variable !== undefined || other || listen.port.text === undefined;
  const said = settable ? say(listen.port, String(port)) : false;
  return {
    env,
    args,
    local: heard ? undefined : listen.at,
    fixed: other && !said && !open ? { at: listen.at, port: Number(listen.port.text) } : undefined,
  };
}
