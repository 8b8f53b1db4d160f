import { posix } from 'node:path';
import { SERVERS, type ServerRow } from '../../../catalog/python/servers.ts';
import { addressOf } from '../../../kit/address.ts';
import type { Source } from '../../../kit/dialect.ts';
import { ahead, split } from '../../../kit/ranges.ts';
import { lineAt } from '../../../kit/syntax.ts';
import { UNKNOWN, type Value } from '../../../kit/value.ts';
import { worth, worthOf } from '../../../kit/worth.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Modules } from './modules.ts';
import { type PythonProgram, programOf } from './program.ts';
import type { Main } from './start.ts';

/** Where a server's own file of settings says that it listens. */
export interface ServerFile {
  readonly file: string;
  /** `gunicorn.conf.py:3`. */
  readonly at: string;
  readonly host: Value;
  readonly port: Value;
}

const OPTION = /^(?:-c|--config|--ini)(?:=(.*))?$/;

/** The file of settings that a command line names, or that the server reads by itself. */
export function serverFileOf(
  project: Project,
  { config }: ServerRow,
  argv: readonly string[],
  root: string,
): string | undefined {
  if (config === undefined) return undefined;
  const named = argv.flatMap((word, index) => {
    const option = OPTION.exec(word);
    if (option !== null) return (option[1] || argv[index + 1]) ?? [];
    return config.option !== undefined && /\.ini$/.test(word) ? word : [];
  });
  const files = named.length > 0 ? named.map((name) => name.replace(/^(?:file:|python:)/, '')) : config.files;
  const found = files
    .flatMap((name) => [posix.normalize(name), posix.join(root, name)])
    .find((name) => project.isFile(name));
  return found;
}

/** What the file says of where the server listens; undefined: nothing. */
export function serverFile(
  { project, modules }: { readonly project: Project; readonly modules: Modules },
  server: ServerRow,
  { argv, root }: Pick<Main, 'argv' | 'root'>,
): ServerFile | undefined {
  const { config } = server;
  const file = serverFileOf(project, server, argv, root);
  if (config === undefined || file === undefined) return undefined;
  if (file.endsWith('.py')) {
    const source = modules.source(file);
    const match = config.bind.exec(source.code);
    if (match === null) return undefined;
    const program = programOf(project, modules, [file], [posix.dirname(file), '.']);
    return { file, at: lineAt(source, match.index), ...addressOf(boundIn(program, source, match)) };
  }
  const lines = (project.read(file) ?? '').split('\n');
  const index = lines.findIndex((line) => config.bind.test(line));
  if (index < 0) return undefined;
  const said = (lines[index] ?? '').replace(/^[^=]*=/, '').trim();
  // uWSGI takes a variable as $(PORT): https://uwsgi-docs.readthedocs.io/en/latest/Configuration.html
  const colon = said.lastIndexOf(':');
  const host = said.slice(0, Math.max(0, colon));
  const [, variable, text] = /^(?:\$\((\w+)\)|(\d+))$/.exec(said.slice(colon + 1)) ?? [];
  return { file, at: `${file}:${index + 1}`, host: { text: host }, port: { text, variable } };
}

/** What is bound: an address, or a list of which one is all. */
function boundIn(program: PythonProgram, source: Source, { index, 0: match }: RegExpExecArray): Value {
  const open = ahead(source.code, index + match.length);
  const close = source.pairs.get(open);
  if (source.code[open] !== '[' || close === undefined) return worthOf(program, source, 'bind');
  const [only, ...others] = split(source, { from: open + 1, to: close }, ',').filter(
    ({ from, to }) => source.text.slice(from, to).trim() !== '',
  );
  return only === undefined || others.length > 0 ? UNKNOWN : worth(program, source, only);
}

/** The server that runs it: the one that its command line names, or the one among the packages. */
export function serverOf(
  { kind, argv, serves }: Pick<Main, 'kind' | 'argv' | 'serves'>,
  packages: ReadonlySet<string>,
): ServerRow | undefined {
  if (kind === 'application') return serves === undefined ? undefined : serverFor(packages, serves);
  return SERVERS.find(({ command }) => command.length > 0 && command[0] === argv[0]);
}

export function serverFor(packages: ReadonlySet<string>, serves: 'asgi' | 'wsgi'): ServerRow | undefined {
  return SERVERS.find((row) => packages.has(row.package) && row.serves.includes(serves));
}

/** The application that an ini file of uWSGI names: `module = shop.wsgi:application`, `wsgi-file = shop/wsgi.py`. */
export function applicationIn(project: Project, file: string): string | undefined {
  const text = project.read(file) ?? '';
  const value = (key: string) => new RegExp(`^${verbatim(key)}\\s*=[^\\S\\n]*(\\S+)`, 'm').exec(text)?.[1];
  const callable = value('callable') ?? 'application';
  const path = value('wsgi-file') ?? value('file');
  const module = value('module') ?? value('wsgi') ?? path?.replace(/\.py$/, '').replaceAll('/', '.');
  return module === undefined || module.includes(':') ? module : `${module}:${callable}`;
}

/** Variables that an ini file of uWSGI takes: `$(VIRTUAL_ENV)`. */
export function variablesIn(project: Project, file: string): readonly string[] {
  return file.endsWith('.ini')
    ? [...(project.read(file) ?? '').matchAll(/\$\((\w+)\)/g)].map(([, name = '']) => name)
    : [];
}
