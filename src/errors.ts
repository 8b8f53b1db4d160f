import { printable } from './printable.ts';
import { explain, quote } from './sentences.ts';

/** Everything that create-dockerfile refuses, as data; `explain` has the sentences. */
export type Problem =
  | { kind: 'usage'; message: string; hint?: string }
  | {
      kind: 'value';
      flag: string;
      given: string;
      want: string;
      nearest?: string | undefined;
      /** Why what was given does not do, as a sentence. */
      because?: string;
      /** It stands in a file, and was not typed. */
      configured?: true;
    }
  | { kind: 'swallowed'; flags: readonly string[]; rest: readonly string[] }
  | { kind: 'noFolder'; path: string }
  | { kind: 'notAFolder'; path: string }
  | { kind: 'unreadable'; path: string; reason: string }
  | { kind: 'empty'; path: string }
  | {
      kind: 'noLanguage';
      path: string;
      languages: readonly { name: string; manifest: string }[];
      seen: { name: string; file: string; instead?: string } | undefined;
    }
  | {
      kind: 'tooling';
      manifest: string;
      holds: string;
      seen: { name: string; file: string; instead?: string } | undefined;
    }
  | { kind: 'foreignFlags'; language: string; flags: readonly string[] }
  | { kind: 'tieLanguage'; candidates: readonly { name: string; id: string; files: readonly string[] }[] }
  | { kind: 'tieFolder'; folders: readonly { value: string; from: string }[] }
  | { kind: 'noMember'; app: string; services: readonly string[] }
  | { kind: 'noService'; members: readonly string[] }
  | { kind: 'nestedWorkspace'; path: string }
  | { kind: 'tieMember'; services: readonly { value: string; from: string }[] }
  | { kind: 'malformed'; path: string; line: number | undefined; reason: string }
  | { kind: 'missing'; what: string; flag: string; placeholder: string; why?: string | undefined }
  | { kind: 'tie'; what: string; flag: string; candidates: readonly { value: string; from: string }[] }
  | { kind: 'target'; target: string; reason: string; instead: readonly string[] }
  | { kind: 'platform'; platform: string; target: string; instead: readonly string[] }
  | { kind: 'unsafePath'; path: string; where: string }
  | { kind: 'notInContext'; path: string; pattern: string; file: string }
  | { kind: 'differs'; paths: readonly string[] }
  | { kind: 'conflict'; files: readonly { path: string; conflicts: number }[] }
  | { kind: 'kept'; paths: readonly string[] }
  | {
      kind: 'blocked';
      path: string;
      reason: string;
      /** What could not be taken back: copies of what was there, and what was not there before. */
      left?: readonly string[];
    }
  | { kind: 'starterNeedsEmpty'; path: string }
  | { kind: 'noStarter'; language: string }
  | {
      kind: 'refused';
      message: string;
      fix: string;
      path?: string;
      line?: number;
      /** Instead of one message: each is a line. */
      lines?: readonly string[];
    };

/** What was typed is wrong, whatever the project is. */
const USAGE: ReadonlySet<Problem['kind']> = new Set(['usage', 'value', 'foreignFlags']);

/** A refusal that the user can do something about. Anything else that is thrown is our bug. */
export class UserError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(linesOf(problem).map(printable).join('\n'));
    this.name = 'UserError';
    this.problem = problem;
  }
  /** 2 for what was typed, 1 for what was found. */
  get exitCode(): 1 | 2 {
    if (this.problem.kind === 'value' && this.problem.configured === true) return 1;
    return USAGE.has(this.problem.kind) ? 2 : 1;
  }
}

/** A refusal of what is larger or deeper than anything that a person wrote. */
export function excess(path: string, what: string): UserError {
  const message = `${quote(path)} is too large or too deep to be understood: ${what}.`;
  return new UserError({ kind: 'refused', message, fix: 'Nothing was written.' });
}

/** The user pressed Ctrl-C at a prompt. */
export class Cancelled extends Error {}

/** Somebody ended the command while it wrote: what was begun was done. */
export class Ended extends Error {
  readonly exitCode: number;
  constructor(signal: string) {
    super('Ended; the files are written.');
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

/** The user pressed Escape at a prompt: the step before it is taken again. */
export class Back extends Error {}

function linesOf(problem: Problem): readonly string[] {
  return (problem.kind === 'refused' ? problem.lines : undefined) ?? [explain(problem)];
}
