/** A part of a text, from its first position to the one behind its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A pair of brackets; `in` is the number of the one around it, -1 where there is none. */
export interface Bracket extends Range {
  readonly in: number;
}

/** How a text begins and ends in a grammar. */
export interface Quote {
  readonly open: string;
  readonly close: string;
  /** It may go over several lines. */
  readonly lines?: true;
  /** A backslash stands for itself. */
  readonly raw?: true;
  /** One character, not a text. */
  readonly char?: true;
  /** Code stands in it behind this sign: `${` or `{`. */
  readonly holes?: '${' | '{';
}

/** A text literal of the source; its range includes the quotes, not the letters before them. */
export interface Text extends Range {
  readonly kind: 'text' | 'char' | 'regex';
  /** What it says, escapes decoded; of one with code inside, the texts around the code. */
  readonly text: string;
  /** Texts and the ranges of the code between them; undefined: there is no code in it. */
  readonly parts: readonly (string | Range)[] | undefined;
}

/** A parameter of a function, or one name of those that a pattern takes apart. */
export interface Parameter {
  readonly name: string;
  /** Where its name stands. */
  readonly at: number;
  /** Its number in the list. */
  readonly place: number;
  /** The members that lead to it when the parameter is a pattern: `{ http: { port } }`. */
  readonly keys: readonly string[];
  /** Its default. */
  readonly otherwise: Range | undefined;
  readonly type: string;
  /** A modifier makes it a field too: `constructor(private readonly port: number)`. */
  readonly field: boolean;
}

export interface FunctionAt {
  /** Empty: it has none. */
  readonly name: string;
  /** Where the name stands, or the function where it has none. */
  readonly at: number;
  /** The range between the brackets of its parameters. */
  readonly list: Range;
  readonly parameters: readonly Parameter[];
  /** Go's receiver. */
  readonly receiver: Parameter | undefined;
  readonly body: Range;
  /** The body is the expression that it returns. */
  readonly expression: boolean;
}

/** What stands between braces, or is indented alike. `inner` begins and ends with it. */
export interface Block extends Range {
  /** `class`: of a class, structure or interface. `open`: its names are those of the block around it. */
  readonly kind: 'file' | 'function' | 'class' | 'plain' | 'open';
  /** The class's name. */
  readonly name: string;
  readonly fn: FunctionAt | undefined;
  readonly in: Block | undefined;
}

/** How a grammar introduces names. */
export interface Introduction {
  /** Matches up to the first name, or to the bracket of a group or a pattern; global. */
  readonly pattern: RegExp;
  /**
   * `declare`: names follow, each with its type and its value. `group`: the same on each line of a bracket.
   * `assign`: a name or a path was matched as `path`, `=` as `sign`. `value`: the value follows, the name is in `name`.
   * `line`: the same, up to the end of the line.
   */
  readonly kind: 'declare' | 'group' | 'assign' | 'value' | 'line';
  /** In blocks of this kind alone. */
  readonly within?: 'class';
  /** Of a `declare`: the name matched is in `name`, its type in `type`. */
  readonly typed?: true;
}

/** What one grammar needs of the lexer, of blocks, names and expressions. */
export interface Dialect {
  readonly id: 'node' | 'go' | 'c' | 'python' | 'java';
  readonly comment: '//' | '#';
  /** Longer ones first. */
  readonly quotes: readonly Quote[];
  /** Letters that may stand directly before a quote and belong to it. */
  readonly prefixes?: RegExp;
  /** JavaScript's regular expressions; C's lines of the preprocessor; Python's blocks. */
  readonly regexes?: true;
  readonly preprocessor?: true;
  readonly indents?: true;
  /** What ends a statement. */
  readonly ends: 'line' | 'semicolon';
  /** A line that begins so continues the one before; sticky. */
  readonly continues?: RegExp;
  /** What stands before the parameters of a function, their bracket included: `name`, Go's `owner`; ends with `$`. */
  readonly head: RegExp;
  /** What may stand between the parameters and the body; sticky. */
  readonly tail: RegExp;
  /** Between the parameters and the body of a function without a name. */
  readonly arrow?: '=>' | '->';
  /** An argument can be named: `f(port=8080)`. */
  readonly keywords?: true;
  /** Whether a parameter's name is the first or the last word of it. */
  readonly naming: 'first' | 'last';
  /** Heads of classes and structures, the name in `name`, up to the brace or colon of the body; global. */
  readonly classes: readonly RegExp[];
  /** Heads of blocks whose names belong to the block around them; global, up to the brace. */
  readonly opens?: RegExp;
  readonly introduces: readonly Introduction[];
  /** The object that stands for the environment; names are joined by dots, calls written as `()`. */
  readonly environment: RegExp;
  /** Functions whose first argument names a variable, and whose second is its default. */
  readonly variables: RegExp;
  /** Functions that hand their first argument on: conversions, wrappers. */
  readonly passes: RegExp;
  /** Functions that fill a format. */
  readonly formats?: RegExp;
  /** The words of the command line. */
  readonly words: RegExp;
  /** Literals that say nothing: null, nil, None. */
  readonly nothing: RegExp;
  /** Operators of which the first operand that says something is taken. */
  readonly or: readonly string[];
  /** The object that a method belongs to. */
  readonly self: RegExp;
}

/** One file, lexed. Make it with `scan`. */
export interface Source {
  readonly path: string;
  /** As it was read. */
  readonly text: string;
  /** Comments and the insides of texts are blanks; positions and line breaks are those of `text`. */
  readonly code: string;
  readonly dialect: Dialect;
  /** In the order of the file. */
  readonly strings: readonly Text[];
  /** Brackets, each with its other half. */
  readonly pairs: ReadonlyMap<number, number>;
  /** The same in the order of their beginnings, nested. */
  readonly brackets: readonly Bracket[];
  /** Blocks in the order of their beginnings, the file itself first. */
  readonly blocks: readonly Block[];
  readonly functions: readonly FunctionAt[];
  /** Where lines begin. */
  readonly lines: readonly number[];
  /** Where texts begin. */
  readonly texts: ReadonlyMap<number, Text>;
  /** Where statements begin, in a grammar of lines. */
  readonly statements: readonly number[];
  /** What was computed of it; `remember` reads and writes it. */
  readonly memo: Map<string, unknown>;
}
