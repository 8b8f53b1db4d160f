import { SERVERS, type ServerRow } from '../../../catalog/python/servers.ts';
import { isLocal } from '../../../kit/address.ts';
import type { Seen } from '../evidence/evidence.ts';
import { serverFile, serverFileOf, variablesIn } from '../evidence/server-file.ts';
import type { Main } from '../evidence/start.ts';

/** The words of the start. */
export interface Command {
  readonly argv: readonly string[];
  /** Development's own server, for lack of another: how to add one. */
  readonly lacks: string | undefined;
}

const fill = (words: readonly string[], values: Readonly<Record<string, string>>) =>
  words.map((word) => word.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole));

export function commandOf(
  seen: Seen,
  main: Main,
  server: ServerRow | undefined,
  port: number | undefined,
): Command {
  const said = String(port ?? '');
  const module = main.text.split(':')[0] ?? '';
  const values = { port: said, app: main.text, module, file: main.file ?? '', interface: main.serves ?? '' };
  const own = main.framework?.own;
  if (main.kind === 'application' && server !== undefined)
    return { argv: served(seen, main, server, values), lacks: undefined };
  if (main.kind === 'application' && main.django !== undefined) {
    const argv = ['python', main.django.manage, 'runserver', `0.0.0.0:${said}`, '--noreload'];
    return { argv, lacks: main.serves === 'asgi' ? 'uvicorn' : 'gunicorn' };
  }
  if (own !== undefined && (main.kind === 'application' || (main.kind === 'file' && own.production)))
    return { argv: fill(own.command, values), lacks: lackOf(main) };
  if (main.kind === 'file') return { argv: ['python', main.file ?? main.text], lacks: lackOf(main) };
  return { argv: typedCommand(seen, main, values), lacks: undefined };
}

/** Whether the project's own code listens, and no server's command line says where. */
export function startsItself({ kind, serves, framework }: Main): boolean {
  const { production, command } = framework?.own ?? {};
  return kind !== 'application' && serves === undefined && !(production && command?.[0] !== 'python');
}

/** Words that the program takes: those that its command line has not said. */
export function withArgs(command: Command, args: readonly string[]): Command {
  const said = new Set(command.argv.map((word) => word.split('=')[0]));
  return { ...command, argv: [...command.argv, ...args.filter((word) => !said.has(word.split('=')[0]))] };
}

/** The server that production would have, where development's own is started. */
function lackOf({ framework }: Main): string | undefined {
  if (framework?.serves === undefined || framework.own?.production) return undefined;
  return framework.serves === 'asgi' ? 'uvicorn' : 'gunicorn';
}

function served(
  seen: Seen,
  main: Main,
  server: ServerRow,
  values: Readonly<Record<string, string>>,
): readonly string[] {
  const { factory, config } = server;
  const file = serverFileOf(seen.project, server, main.argv, main.root);
  if (file !== undefined && config?.option !== undefined) {
    const named = config.names?.test(seen.project.read(file) ?? '') ?? false;
    const app = named ? [] : ['--module', main.text];
    return fill([...config.option, ...app, ...binds(seen, main, server)], { ...values, config: file });
  }
  const target = main.factory && factory === 'call' ? `${main.text}()` : main.text;
  const option = main.factory && Array.isArray(factory) ? factory : [];
  return fill(
    [...server.command, ...option, target, ...binds(seen, main, server), ...(server.always ?? [])],
    values,
  );
}

/** Nothing is said where the server's own file does, but for a bind to localhost. */
function binds(seen: Seen, main: Main, server: ServerRow): readonly string[] {
  const said = serverFile(seen, server, main);
  const local = isLocal(said?.host.text ?? '') && server.config?.stands !== true;
  return said === undefined || local ? server.bind : [];
}

/** Variables that a server's file of settings takes, each with its value in the image. */
export function serverEnv(
  seen: Seen,
  main: Main,
  server: ServerRow | undefined,
  port: number | undefined,
): Readonly<Record<string, string>> {
  const file = server && serverFileOf(seen.project, server, main.argv, main.root);
  if (server === undefined || file === undefined) return {};
  const { variable } = serverFile(seen, server, main)?.port ?? {};
  const own = variablesIn(seen.project, file).includes('VIRTUAL_ENV') ? { VIRTUAL_ENV: '/opt/venv' } : {};
  return { ...own, ...(variable === undefined || port === undefined ? {} : { [variable]: String(port) }) };
}

/** Words for development: left out of what a Procfile or a person says. */
const DEVELOPMENT = /^--(?:reload|debug|reload-dir.*)$/;
const BINDS =
  /^(?:--bind|-b|--host|--port|-p|--listen|--server\.address|--server\.port|--http|--http-socket)(?:=|$)/;

/** A command as it was written: its port filled in, a bind to localhost taken back, where it listens said if it is not. */
function typedCommand(seen: Seen, main: Main, values: Readonly<Record<string, string>>): readonly string[] {
  const port = values.port ?? '';
  const words = main.argv
    .filter((word) => !DEVELOPMENT.test(word))
    .map((word) =>
      word
        .replace(/\$\{?PORT(?::?-\d+)?\}?/g, port)
        .replace(/\b(?:localhost|127\.0\.0\.1)(?=:|$)/g, '0.0.0.0'),
    );
  const server = SERVERS.find(({ command }) => command[0] === words[0]);
  if (server === undefined) return words;
  const bound = words.some((word) => BINDS.test(word));
  const more = bound ? hosted(words, server) : binds(seen, main, server);
  const always = (server.always ?? []).filter(
    (_, index, all) => !words.includes(all[index - (index % 2)] ?? ''),
  );
  return [...words, ...fill([...more, ...always, ...endingOf(seen, main, server)], values)];
}

/** The word that makes it end on SIGTERM, where neither its command line nor its file says that. */
function endingOf({ project }: Seen, { argv, root }: Main, server: ServerRow): readonly string[] {
  const { ending } = server;
  const file = serverFileOf(project, server, argv, root);
  const said = file === undefined ? '' : (project.read(file) ?? '');
  return ending === undefined || argv.includes(ending) || said.includes(ending.slice(2)) ? [] : [ending];
}

/** `--port` alone leaves the host where development has it. */
function hosted(words: readonly string[], { bind }: ServerRow): readonly string[] {
  const at = bind.indexOf('--host');
  const only = at >= 0 && !words.some((word) => /^--host(=|$)/.test(word));
  return only ? bind.slice(at, at + 2) : [];
}
