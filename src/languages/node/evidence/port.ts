import { parseEnv } from 'node:util';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { EXAMPLES } from '../../../kit/env-file.ts';
import type { Project } from '../../../project/project.ts';
import type { Listen } from './listening.ts';
import type { Manifest } from './manifest.ts';
import { startedFile } from './program.ts';
import { mayListen } from './proof.ts';
import type { Sources } from './sources.ts';
import type { Start } from './start/start.ts';
import { commandRun, SERVER_FRAMEWORKS } from './start/start-commands.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

export function findPort(to: {
  project: Project;
  manifest: Manifest;
  sources: Sources;
  start: Start;
  listens: readonly Listen[];
  from: string;
}): Found<Port> | Tie<Port> | Unusable | undefined {
  const { project, manifest, sources, start, listens } = to;
  const flag = /^(?:--port|-p)$/;
  const index = start.argv.findIndex((word) => flag.test(word));
  const typed =
    index > 0 ? start.argv[index + 1] : start.argv.find((word) => word.startsWith('--port='))?.slice(7);
  if (typed !== undefined && /^\d+$/.test(typed)) return { value: Number(typed), from: to.from };
  const variable = portVariable(listens);
  const set = start.env[variable ?? 'PORT'];
  if (set !== undefined && /^\d+$/.test(set)) return { value: Number(set), from: to.from };
  const known = listens.flatMap((listen) =>
    Number(listen.port.value) > 0
      ? [{ value: Number(listen.port.value), from: listen.at, variable: listen.port.variable }]
      : [],
  );
  const chosen = known.filter((k) => k.variable === variable && variable !== undefined);
  const distinct = new Map(
    (chosen.length > 0 ? chosen : known).map((k) => [k.value, { value: k.value, from: k.from }]),
  );
  if (distinct.size > 1) return { tie: [...distinct.values()] };
  const [only] = distinct.values();
  if (only !== undefined) return only;
  if (variable !== undefined) {
    for (const path of EXAMPLES) {
      const value = parseEnv(project.read(path) ?? '')[variable];
      if (value !== undefined && /^\d{1,5}$/.test(value))
        return { value: Number(value), from: `${path} → ${variable}` };
    }
    return {
      value: 3000,
      from: `default, as ${variable} that ${listens.find((l) => l.port.variable)?.at} reads`,
    };
  }
  if (start.argv[1]?.startsWith('node_modules/')) {
    const row = commandRun(start.argv);
    const own = row !== undefined && 'file' in row ? row.port : undefined;
    return { value: own ?? 3000, from: 'default of its command' };
  }
  const framework = SERVER_FRAMEWORKS.find((dependency) => dependency in manifest.dependencies);
  const file = sources.files[0]?.path ?? startedFile(start) ?? 'the program';
  if (listens.length > 0)
    return { because: `${listens[0]?.at} listens on a port that cannot be read from the source.` };
  if (framework !== undefined && (sources.files.length === 0 || imports(sources, framework))) {
    return { because: `${framework} is used, but no file that ${file} imports is seen to listen on a port.` };
  }
  const perhaps = mayListen(sources);
  if (perhaps !== undefined) return { because: `${perhaps}, and no port can be read.` };
  return sources.files.length === 0
    ? undefined
    : { value: 'none', from: `${file} and what it imports listen on nothing` };
}

function imports(sources: Sources, framework: string): boolean {
  return sources.packages.has(framework);
}

/** The variable that the program takes its port from. */
export function portVariable(listens: readonly Listen[]): string | undefined {
  const names = listens.flatMap((listen) => listen.port.variable ?? []);
  return names.includes('PORT') ? 'PORT' : names[0];
}

/** Whether a host is the machine itself, so that nobody outside of a container is heard there. */
export function isLocal(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1|ip6-localhost)$/.test(host);
}

/** A bind that nobody outside the container reaches: by a variable that can say otherwise, or fixed at a line. */
export function findLocalBind(
  listens: readonly Listen[],
): { readonly variable: string } | { readonly at: string } | undefined {
  for (const { host, at, localByDefault } of listens) {
    if (host.variable !== undefined && (host.value === undefined ? localByDefault : isLocal(host.value)))
      return { variable: host.variable };
    if (host.variable === undefined && (host.value === undefined ? localByDefault : isLocal(host.value)))
      return { at };
  }
  return undefined;
}
