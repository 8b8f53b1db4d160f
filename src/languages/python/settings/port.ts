import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { exposed, portOf, typedPort } from '../../../kit/port.ts';
import type { Read } from '../evidence/evidence.ts';
import { serverFile, serverOf } from '../evidence/server-file.ts';
import type { Main } from '../evidence/start.ts';
import type { Known } from './settings.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

/** The port of a server's file of settings, or of the words of a command. */
function configured(
  { project, seen }: Known,
  main: Main,
  packages: ReadonlySet<string>,
): Found<number> | Unusable | undefined {
  const { argv, text } = main;
  const words = argv.length > 0 ? argv : [];
  for (const [index, word] of words.entries()) {
    const joined = /^(?:--bind|-b|--port|-p|--listen|--server\.port|--http)=?(.*)$/.exec(word);
    if (joined === null) continue;
    const said = joined[1] || words[index + 1] || '';
    const port = typedPort(/(?:^|:)(-?\d+)$/.exec(said)?.[1], text);
    if (port !== undefined) return port;
  }
  const server = serverOf(main, packages);
  const file = server && serverFile(seen, server, main);
  if (file !== undefined) {
    const { text: said, variable } = file.port;
    const port = portOf(said);
    if (port !== undefined) return { value: port, from: `${file.at} → bind` };
    if (variable !== undefined)
      return { value: main.framework?.port || 8000, from: `default, as ${variable} that ${file.at} reads` };
    return { because: `${file.at} says where the server listens in a way that cannot be read.` };
  }
  const streamlit = /^[^\S\n]*port\s*=\s*(\d+)/m.exec(project.read('.streamlit/config.toml') ?? '')?.[1];
  const port = isApplication(text) ? undefined : portOf(streamlit);
  return port === undefined ? undefined : { value: port, from: '.streamlit/config.toml' };
}

const isApplication = (text: string) => text.includes(':');

export function findPort(
  asked: Known,
  main: Main,
  read: Read,
  packages: ReadonlySet<string>,
): Found<Port> | Tie<Port> | Unusable {
  const { framework, kind } = main;
  const said = configured(asked, main, packages);
  if (said !== undefined) return said;
  if (framework?.worker) return { value: 'none', from: `${framework.name} takes work from a broker` };
  const found = exposed(asked.project, read.listens, framework?.port || 8000);
  // a server is told where it listens; what the file says for development is only taken where it is clear
  if (kind === 'application' || framework?.own?.production) {
    if (found !== undefined && 'value' in found) return found;
    const port = framework?.port || 8000;
    return {
      value: port,
      from: framework === undefined ? 'default' : `default, where a server of ${framework.name} listens`,
    };
  }
  return found ?? unheard(main, read);
}

/** The port of a program that nobody hears listening. */
function unheard(main: Main, read: Read): Found<Port> | Unusable {
  const { framework, kind } = main;
  const { own, serves, name = '' } = framework ?? {};
  // its own server for development listens elsewhere than a server that is told
  if (kind === 'file' && serves !== undefined && own?.production !== true)
    return { because: `${main.text} starts ${name}'s own server, but nothing is seen to listen on a port.` };
  if (framework !== undefined && framework.port > 0 && own !== undefined)
    return { value: framework.port, from: `default, where a server of ${name} listens` };
  if (main.serves !== undefined) return { value: 8000, from: 'default' };
  const opaque = [...read.imports].find((module) => SERVES.test(module));
  if (opaque !== undefined && !isClient(opaque, read))
    return {
      because: `${main.file ?? main.text} imports ${opaque}, but nothing is seen to listen on a port.`,
    };
  return { value: 'none', from: `${main.file ?? main.text} and what it imports listen on nothing` };
}

/** Modules that serve: a program that imports one listens somewhere. */
const SERVES =
  /^(flask|fastapi|aiohttp|tornado|bottle|sanic|quart|nicegui|grpc|socketserver|waitress|cherrypy|twisted|pyramid|http\.server|wsgiref\.simple_server|xmlrpc\.server|websockets[\w.]*\.server)$/;

/** aiohttp and grpc are asked with as often as they are served with. */
function isClient(name: string, { program }: Read): boolean {
  if (name !== 'aiohttp' && name !== 'grpc') return false;
  return !program.sources.some(({ code }) =>
    /\bweb\.(Application|AppRunner)\b|\bgrpc\.(aio\.)?server\b/.test(code),
  );
}
