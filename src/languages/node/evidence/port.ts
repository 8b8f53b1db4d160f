import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Listen } from '../../../kit/listens.ts';
import { exposed, type Port, portVariable, typedPort } from '../../../kit/port.ts';
import type { Sources } from '../../../kit/sources.ts';
import type { Project } from '../../../project/project.ts';
import { startedPackage } from './listening.ts';
import type { Manifest } from './manifest.ts';
import { startedFile } from './program.ts';
import type { Start } from './start/start.ts';
import { commandRun, SERVER_FRAMEWORKS } from './start/start-commands.ts';

/** What people give a server of Node's. */
const USUAL = 3000;

export function findPort(to: {
  project: Project;
  manifest: Manifest;
  sources: Sources;
  start: Start;
  listens: readonly Listen[];
  from: string;
}): Found<Port> | Tie<Port> | Unusable | undefined {
  const { project, sources, start, listens } = to;
  const typed = typedPort(portWord(start) ?? start.env[portVariable(listens) ?? 'PORT'], to.from);
  if (typed !== undefined) return typed;
  const found = exposed(project, listens, USUAL);
  if (found !== undefined) return found;
  if (start.argv[1]?.startsWith('node_modules/')) {
    const row = commandRun(start.argv);
    const own = row !== undefined && 'file' in row ? row.port : undefined;
    return { value: own ?? USUAL, from: 'default of its command' };
  }
  const file = sources.files[0]?.path ?? startedFile(start) ?? 'the program';
  const unseen = mayListen(to, file);
  if (unseen !== undefined) return { because: unseen };
  return sources.files.length === 0
    ? undefined
    : { value: 'none', from: `${file} and what it imports listen on nothing` };
}

/** `--port 3000` among the words of the start command. */
function portWord({ argv }: Start): string | undefined {
  const index = argv.findIndex((word) => /^(?:--port|-p)$/.test(word));
  return index > 0
    ? argv[index + 1]
    : argv.find((word) => word.startsWith('--port='))?.slice('--port='.length);
}

/** Why it is not proven that a program in which no call listens listens on nothing. */
function mayListen(
  { manifest, sources }: { readonly manifest: Manifest; readonly sources: Sources },
  file: string,
): string | undefined {
  const framework = SERVER_FRAMEWORKS.find((dependency) => dependency in manifest.dependencies);
  if (framework !== undefined && (sources.files.length === 0 || sources.packages.has(framework)))
    return `${framework} is used, but no file that ${file} imports is seen to listen on a port.`;
  const started = startedPackage(sources);
  if (started !== undefined)
    return `${started.at} starts what ${started.name} makes, which may listen: say on which port, or --port none.`;
  const [opaque] = sources.opaque;
  return opaque === undefined
    ? undefined
    : `${opaque} loads files whose names cannot be read, and no other is seen to listen on a port.`;
}
