import type { Link } from './chain.ts';
import type { Field } from './classes.ts';
import type { FunctionAt, Range, Source } from './dialect.ts';
import type { Value } from './value.ts';

/** What a name of another file means: a name of that file's own, `default`, or `*` for all that it exports. */
export interface Target {
  readonly source: Source;
  readonly name: string;
}

/** What a reader is handed: the call or name that it matched, and how to read on. */
export interface Given {
  readonly program: Program;
  readonly source: Source;
  /** The whole expression, step by step: `z` `.string` `()` `.default` `(…)`. */
  readonly chain: readonly Link[];
  /** `flag.String`, `z.string().default`. */
  readonly name: string;
  readonly args: readonly Range[];
  /** The members that are asked of its result: `PORT` of `cleanEnv(…).PORT`. */
  readonly path: readonly string[];
  /** `src/server.ts:12`. */
  readonly at: string;
  /** What an argument is worth, or a member of it. */
  readonly worth: (range: Range | undefined, path?: readonly string[]) => Value;
  /** What an argument says when it is a text, or a name for one. */
  readonly text: (range: Range | undefined) => string | undefined;
}

/** How a library's call, or a name, is worth something. Rows of a language. */
export interface Reader {
  /** The name in code, parts joined by dots, calls as `()`, indexes as `[]`: /^flag\.(?:String|Int)$/. */
  readonly of: RegExp;
  /** It fills the variable whose address, or name, is this argument: `flag.StringVar(&addr, "addr", ":80")`. */
  readonly fills?: number;
  /** Undefined: it is not this row's; the next is asked. */
  readonly read: (given: Given) => Value | undefined;
  readonly docs?: string;
}

/** A program as far as it is read, and what its language knows of it. Make one object a program: what was read is kept in `memo`. */
export interface Program {
  /** The entry first. */
  readonly sources: readonly Source[];
  readonly memo: Map<string, unknown>;
  /**
   * What a name means that no block of its file declares, or that it imports: package members, imports, headers. `path`:
   * the members that are asked of it, where a package is many files.
   */
  readonly resolve?: (source: Source, name: string, path?: readonly string[]) => readonly Target[];
  /** The file that `require('./config')`, `import('./config')` loads. */
  readonly open?: (source: Source, specifier: string) => Source | undefined;
  readonly readers?: readonly Reader[];
  /** What a dotted name may be that nothing in the program says: a key of a schema of the environment. */
  readonly unnamed?: (source: Source, keys: readonly string[]) => Value | undefined;
  /** What a field of a class is worth by its tags or annotations: `Port int \`env:"PORT"\``. */
  readonly fields?: readonly ((
    field: Field,
    worth: (range: Range | undefined) => Value,
  ) => Value | undefined)[];
}

/** A call that is looked into: its function's parameters are its arguments. */
export interface Frame {
  readonly fn: FunctionAt;
  readonly source: Source;
  readonly args: readonly Range[];
  /** Where the call stands. */
  readonly caller: Place;
  readonly outer: Frame | undefined;
}

/** An expression, and the calls by which it was reached. */
export interface Place {
  readonly source: Source;
  readonly range: Range;
  readonly frame?: Frame | undefined;
}

/** One question, on its way through the program. */
export interface Reading {
  readonly program: Program;
  /** Steps that are left. */
  left: number;
  readonly read: (place: Place, path: readonly string[], depth: number) => Value;
  /** The same of a name at a position. */
  readonly name: (use: Use, name: string, path: readonly string[], depth: number) => Value;
}

/** A name where it is used. */
export interface Use {
  readonly source: Source;
  readonly at: number;
  readonly frame: Frame | undefined;
}
