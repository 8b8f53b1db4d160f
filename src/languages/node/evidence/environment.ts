import { parseEnv } from 'node:util';
import { EXAMPLES } from '../../../kit/env-file.ts';
import type { Project } from '../../../project/project.ts';
import type { Listen } from './listening.ts';
import { type findLocalBind, isLocal } from './port.ts';
import { SECRET } from './secret-names.ts';
import type { Start } from './start/start.ts';
import { commandRun } from './start/start-commands.ts';

/** The variables of the image, beside those that its runtime and its packages need. */
export function environmentOf(
  needed: Readonly<Record<string, string>>,
  of: {
    readonly start: Start;
    readonly port: number | undefined;
    /** The variable that the program takes its port from. */
    readonly variable: string | undefined;
    readonly listens: readonly Listen[];
    readonly local: ReturnType<typeof findLocalBind>;
  },
): Readonly<Record<string, string>> {
  const { start, port, variable, listens, local } = of;
  // a port that cannot be read, but was said, is given the way that programs are given one
  const given = variable !== undefined || listens.every(({ port: read }) => read.value === undefined);
  return {
    ...needed,
    ...Object.fromEntries(
      Object.entries(start.env).filter(([name]) => !SECRET.test(name) && name !== 'NODE_ENV'),
    ),
    ...(local !== undefined && 'variable' in local ? { [local.variable]: '0.0.0.0' } : {}),
    ...commandEnvironment(start.argv),
    ...(port !== undefined && given ? { [variable ?? 'PORT']: String(port) } : {}),
  };
}

function commandEnvironment(argv: readonly string[]): Readonly<Record<string, string>> {
  const row = commandRun(argv);
  return row !== undefined && 'file' in row ? (row.env ?? {}) : {};
}

/** A variable by which a file of the project makes a container listen to itself alone. */
export interface LocalBind {
  readonly file: string;
  readonly name: string;
  readonly value: string;
}

/** Where .env, or the file that is copied to it, says localhost for a variable that the program binds to. */
export function localBinds(
  project: Project,
  environment: Readonly<Record<string, string>>,
  listens: readonly Listen[],
): readonly LocalBind[] {
  const names = new Set([
    // what a framework reads is set to all addresses in the image
    ...Object.keys(environment).filter((name) => environment[name] === '0.0.0.0'),
    ...listens.flatMap(({ host }) => host.variable ?? []),
  ]);
  const files = ['.env', ...EXAMPLES].filter((path) => project.isFile(path)).slice(0, 1);
  return files.flatMap((file) =>
    Object.entries(parseEnv(project.read(file) ?? '')).flatMap(([name, value]) =>
      names.has(name) && value !== undefined && isLocal(value) ? [{ file, name, value }] : [],
    ),
  );
}
