import type { Found } from '../facts/language.ts';
import type { Listen } from './listens.ts';
import { serving } from './port.ts';
import { type Sources, textsOf } from './sources.ts';

const PATH = /^\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|ping)(?:\/live)?$/;
/** Words of which one stands in every such path. */
const WORDS = ['health', 'live', 'ping'];

/** A route that is written without its first slash, behind a word that makes it one: Nest's `@Controller('health')`. */
export interface Bare {
  readonly before: RegExp;
  readonly path: RegExp;
}

/** A path that answers for the program's health. Any answer below 500 will do, so a wrong prefix does no harm. */
export function healthPath(sources: Sources, bare?: Bare): Found<string> | undefined {
  const files = sources.files.filter(({ text }) => WORDS.some((word) => text.includes(word)));
  const found = textsOf({ files }, PATH, '').find(({ source, range }) => !isAsked(source.code, range.from));
  if (found !== undefined) return { value: found.text, from: found.at };
  const route =
    bare &&
    textsOf({ files }, bare.path, '').find(({ source, range }) =>
      bare.before.test(source.code.slice(Math.max(0, range.from - 60), range.from)),
    );
  return route && { value: route.text.replace(/^\/?/, '/'), from: route.at };
}

/** What listeners say of health; undefined: they speak HTTP, and a path is looked for. */
export function healthBy(all: readonly Listen[]): Found<string> | undefined {
  const listens = serving(all);
  const [path] = all.flatMap(({ health, at }) => (health === undefined ? [] : [{ value: health, from: at }]));
  if (listens.length === 0) return path;
  if (listens.every(({ speaks }) => speaks === 'udp'))
    return { value: 'none', from: `${listens[0]?.at} speaks UDP` };
  const plain = listens.filter(({ speaks }) => speaks === 'http');
  if (plain.length === 0) return { value: 'tcp', from: `${listens[0]?.at} does not speak plain HTTP` };
  return path;
}

/** What is asked of another server: a path behind its address. */
function isAsked(code: string, at: number): boolean {
  return /(?:\+|\b(?:fetch|axios(?:\.\w+)?|request|got)\s*\(|\burl\s*[:=])\s*$/i.test(
    code.slice(Math.max(0, at - 40), at),
  );
}
