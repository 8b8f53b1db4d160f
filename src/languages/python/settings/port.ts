import { parseEnv } from 'node:util';
import { SERVERS } from '../../../catalog/python/servers.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { EXAMPLES } from '../../../kit/env-file.ts';
import type { Read } from '../evidence/evidence.ts';
import type { Main } from '../evidence/start.ts';
import type { Known } from './settings.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

const number = (text: string | undefined): number | undefined => {
  const port = Number(text);
  return text !== undefined && /^\d+$/.test(text) && port > 0 && port < 65536 ? port : undefined;
};

/** The port of a server's file of settings, or of the words of a command. */
function configured({ project }: Known, { argv, text, root }: Main): Found<number> | undefined {
  const words = argv.length > 0 ? argv : [];
  for (const [index, word] of words.entries()) {
    const joined = /^(?:--bind|-b|--port|-p|--listen|--server\.port|--http)=?(.*)$/.exec(word);
    if (joined === null) continue;
    const said = joined[1] || words[index + 1] || '';
    const port = number(/(?:^|:)(\d+)$/.exec(said)?.[1]);
    if (port !== undefined) return { value: port, from: text };
  }
  for (const { config } of SERVERS) {
    for (const name of config?.files ?? []) {
      const path = root === '.' ? name : `${root}/${name}`;
      const line = project
        .read(path)
        ?.split('\n')
        .find((one) => config?.bind.test(one));
      const port = number(/:(\d+)["']?/.exec(line ?? '')?.[1]);
      if (port !== undefined) return { value: port, from: `${path} → bind` };
    }
  }
  const streamlit = /^[^\S\n]*port\s*=\s*(\d+)/m.exec(project.read('.streamlit/config.toml') ?? '')?.[1];
  const port = isApplication(text) ? undefined : number(streamlit);
  return port === undefined ? undefined : { value: port, from: '.streamlit/config.toml' };
}

const isApplication = (text: string) => text.includes(':');

export function findPort(asked: Known, main: Main, read: Read): Found<Port> | Tie<Port> | Unusable {
  const said = configured(asked, main);
  if (said !== undefined) return said;
  if (main.framework?.worker)
    return { value: 'none', from: `${main.framework.name} takes work from a broker` };
  const { listens } = read;
  const known = listens.flatMap(({ port, at }) => {
    const value = port.several ? undefined : number(port.text);
    return value === undefined ? [] : [{ value, from: at, variable: port.variable }];
  });
  const chosen = known.filter(({ variable }) => variable === 'PORT');
  const distinct = new Map(
    (chosen.length > 0 ? chosen : known).map(({ value, from }) => [value, { value, from }]),
  );
  if (distinct.size > 1 && main.kind !== 'application') return { tie: [...distinct.values()] };
  const [only] = distinct.values();
  const variable = listens.find(({ port }) => port.variable !== undefined)?.port.variable;
  const example = variable === undefined ? undefined : exampleOf(asked, variable);
  if (example !== undefined && only === undefined) return example;
  if (only !== undefined && distinct.size === 1) return only;
  const [silent] = main.kind !== 'application' && main.framework?.own?.production !== true ? listens : [];
  if (silent !== undefined && variable === undefined)
    return { because: `${silent.at} listens on a port that cannot be read from the source.` };
  if (variable !== undefined)
    return {
      value: main.framework?.port || 8000,
      from: `default, as ${variable} that ${listens[0]?.at} reads`,
    };
  if (
    main.framework !== undefined &&
    main.framework.port > 0 &&
    (main.kind === 'application' || main.framework.own !== undefined)
  )
    return { value: main.framework.port, from: `default, where a server of ${main.framework.name} listens` };
  if (main.kind === 'application' || main.serves !== undefined) return { value: 8000, from: 'default' };
  const [unread] = listens;
  if (unread !== undefined)
    return { because: `${unread.at} listens on a port that cannot be read from the source.` };
  const opaque = [...read.imports].find((name) =>
    /^(flask|fastapi|aiohttp|tornado|bottle|sanic|quart|nicegui|grpc|socketserver|waitress)$/.test(name),
  );
  if (opaque !== undefined && !isClient(opaque, read))
    return {
      because: `${main.file ?? main.text} imports ${opaque}, but nothing is seen to listen on a port.`,
    };
  return { value: 'none', from: `${main.file ?? main.text} and what it imports listen on nothing` };
}

/** aiohttp and grpc are asked with as often as they are served with. */
function isClient(name: string, { program }: Read): boolean {
  if (name !== 'aiohttp' && name !== 'grpc') return false;
  return !program.sources.some(({ code }) =>
    /\bweb\.(Application|AppRunner)\b|\bgrpc\.(aio\.)?server\b/.test(code),
  );
}

function exampleOf({ project }: Known, variable: string): Found<number> | undefined {
  for (const path of EXAMPLES) {
    const value = number(parseEnv(project.read(path) ?? '')[variable]);
    if (value !== undefined) return { value, from: `${path} → ${variable}` };
  }
  return undefined;
}
