import { flagOf } from '../kit/flags.ts';
import { shellWord } from '../plan/quote.ts';
import type { Request } from './request.ts';

/** Flags with their values, true where one takes none: what was typed about a project, and what was answered. */
export type Said = ReadonlyMap<string, string | true>;

const FIRST = ['language', 'target', 'platform', 'volume', 'stages', 'compose', 'bake', 'rego'];

/** What decides the files of a project. A folder and what is done with the files is none of it. */
export function saidIn(request: Request, answers: ReadonlyMap<string, string>): Said {
  const {
    language,
    target,
    platforms,
    volumes = [],
    stages = [],
    compose,
    bake,
    rego,
    ci,
    digests,
    given,
    starter,
  } = request;
  const said = new Map<string, string | true>();
  if (language !== undefined && !starter) said.set('language', language);
  if (target !== undefined) said.set('target', target);
  if (platforms !== undefined) said.set('platform', platforms.join(','));
  if (volumes.length > 0) said.set('volume', volumes.join(','));
  if (stages.length > 0) said.set('stages', stages.join(','));
  if (compose === true) said.set('compose', true);
  if (bake === true) said.set('bake', true);
  if (rego === true) said.set('rego', true);
  if (ci !== undefined) said.set('ci', ci);
  if (digests === 'pin') said.set('pin', true);
  for (const [key, value] of Object.entries(given)) said.set(flagOf(key).slice(2), value);
  for (const [name, value] of answers) said.set(name, value);
  // however they were typed, asked or read: the same answers make the same line
  const place = (name: string) => FIRST.indexOf(name) + 1 || FIRST.length + 1;
  return new Map([...said].sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1)));
}

/** A request without anything that was said about the project. */
export function unsaid(request: Request): Request {
  const { origins: _, ...rest } = request;
  const none = { language: undefined, target: undefined, platforms: undefined, volumes: [], stages: [] };
  return { ...rest, ...none, compose: false, bake: false, rego: false, digests: undefined, given: {} };
}

/** As it is typed in a shell. */
export function typedIn(said: Said): string {
  return [...said]
    .map(([name, value]) => (value === true ? `--${name}` : `--${name} ${shellWord(value)}`))
    .join(' ');
}
