import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Listen } from '../../../kit/listens.ts';
import { exposed, type Port, portOf, serving } from '../../../kit/port.ts';
import type { Project } from '../../../project/project.ts';
import { isByCommand } from './arguments.ts';
import { startedServers } from './listening.ts';
import { type Sources, search } from './sources.ts';

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
  const { project, sources, args } = to;
  const listens = reached(to.listens, args);
  const [first] = listens;
  if (first === undefined) return unheard(sources);
  if (serving(listens).every(({ only, port }) => only !== undefined && only !== `--${port.flag}`))
    return { value: 'none', from: `${first.at} listens with ${first.only} alone` };
  const found = exposed(project, listens, 8080);
  const read = found !== undefined && 'value' in found && !found.from.startsWith('default');
  if (found !== undefined && (read || 'tie' in found)) return found;
  const configured = configuredPorts(project, to.include);
  const [only] = configured;
  if (only !== undefined) return configured.length === 1 ? only : { tie: configured };
  const { at, port } = serving(listens)[0] ?? first;
  if (port.flag !== undefined && port.variable === undefined && args.length === 0 && isByCommand(sources))
    return {
      because: `${at} listens where --${port.flag} says, and commands have flags of their own: which one starts is not known.`,
    };
  return found ?? unheard(sources);
}

/** A program in which nothing is seen to listen. */
function unheard(sources: Sources): Found<Port> | Unusable {
  const [server] = search(sources, SERVERS);
  if (server !== undefined)
    return { because: `${server.at} makes a server, but nothing is seen to listen on a port.` };
  const [started] = startedServers(sources);
  if (started !== undefined)
    return { because: `${started.at} makes what is started and may listen, and nothing says on which port.` };
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
      const value = portOf(SAYS_PORT.exec(line)?.[1]);
      if (value !== undefined && !OF_OTHERS.has(value) && !found.has(value))
        found.set(value, { value, from: `${path}:${index + 1}` });
    }
  }
  return [...found.values()];
}
