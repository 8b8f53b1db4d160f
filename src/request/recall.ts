import { parse as shellWords } from 'shell-quote';
import { UserError } from '../errors.ts';
import { flagOf } from '../kit/flags.ts';
import { assertKnown, joined, parse, requestOf } from './cli.ts';
import { FLAGS, SETTING_KEYS } from './flags.ts';
import type { Request } from './request.ts';
import { saidIn } from './said.ts';

/** What a file may have been made with; the other flags say what is done with it. */
const ANSWERS: ReadonlySet<string> = new Set([
  ...['language', 'target', 'platform', 'volume', 'stages', 'compose', 'bake', 'rego', 'ci', 'pin'],
  ...SETTING_KEYS.map((key) => flagOf(key).slice(2)),
]);

/** A request with what was said when a file was made, as its first line has it: what is typed now comes first. */
export function recalled(request: Request, words: string, path: string, line: number): Request {
  const then = requestIn(words, path, line);
  const typed = saidIn(request, new Map());
  const said = [...saidIn(then, new Map()).keys()].filter((name) => !typed.has(name));
  const given = request.volumes ?? [];
  const chosen = request.stages ?? [];
  return {
    ...request,
    language: request.language ?? then.language,
    target: request.target ?? then.target,
    platforms: request.platforms ?? then.platforms,
    volumes: given.length > 0 ? given : (then.volumes ?? []),
    stages: chosen.length > 0 ? chosen : (then.stages ?? []),
    compose: request.compose === true || then.compose === true,
    bake: request.bake === true || then.bake === true,
    rego: request.rego === true || then.rego === true,
    ci: request.ci ?? then.ci,
    digests: request.digests ?? then.digests,
    given: { ...then.given, ...request.given },
    origins: { ...Object.fromEntries(said.map((name) => [name, `${path}:${line}`])), ...request.origins },
  };
}

function requestIn(text: string, path: string, line: number): Request {
  const malformed = (reason: string) => new UserError({ kind: 'malformed', path, line, reason });
  const words = shellWords(text, (name) => `$${name}`).map((word) => {
    if (typeof word === 'string') return word;
    throw malformed('its answers are no words of a shell');
  });
  try {
    const typed = parse(joined(words, FLAGS), FLAGS);
    assertKnown(typed, FLAGS);
    const strange = Object.keys(typed).find((name) => name.length > 1 && !ANSWERS.has(name));
    if (strange !== undefined) throw malformed(`--${strange} says nothing about the project`);
    const [extra] = typed._ as readonly unknown[];
    if (extra !== undefined) throw malformed(`${JSON.stringify(extra)} stands behind no flag`);
    return requestOf(typed);
  } catch (error) {
    if (!(error instanceof UserError) || error.problem.kind === 'malformed') throw error;
    throw malformed(error.message.replace(/(?: See create-dockerfile --help)?\.$/, ''));
  }
}
