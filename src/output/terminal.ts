import type { Platform } from '../plan/targets.ts';
import { printableLines } from '../printable.ts';

/** Everything outside: where the command was typed, who can answer, and where its words go. */
export interface Terminal {
  /** Version of this program. */
  readonly version: string;
  readonly cwd: string;
  /** Variables of the environment: those of flags are heard. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `2026-11-24`: ends of life are compared with it. */
  readonly today: string;
  /** What the machine itself is: the platform that `docker build` makes by default. */
  readonly machine: Platform;
  /** Whether somebody can answer: a terminal on both sides, and no CI. */
  readonly interactive: boolean;
  /** Whether colours are shown on standard output and on standard error. */
  readonly color: { readonly out: boolean; readonly err: boolean };
  /** How wide it is; undefined: it is none. */
  readonly columns: number | undefined;
  readonly stdin: NodeJS.ReadableStream;
  readonly stderr: NodeJS.WritableStream;
  /** Calls back when somebody ends the command (Ctrl-C); answers with what forgets it. */
  interrupted(call: (signal: string) => void): () => void;
  /** Data: the one thing that was asked for. */
  out(text: string): void;
  /** All else. */
  err(text: string): void;
}

type Paint = (text: string) => string;

/** The few styles that the report uses; without colour they leave a text as it is. */
export function paints(color: boolean): { readonly [Style in keyof typeof STYLES]: Paint } {
  const paint = (codes: readonly [number, number]): Paint =>
    color ? (text) => `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m` : (text) => text;
  return {
    bold: paint(STYLES.bold),
    dim: paint(STYLES.dim),
    red: paint(STYLES.red),
    green: paint(STYLES.green),
    yellow: paint(STYLES.yellow),
    cyan: paint(STYLES.cyan),
  };
}

/** ECMA-48 select graphic rendition: on and off. */
const STYLES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** The sequences that are ours: `paints`, and what clears a line that changes. */
export const CLEAR = '\r\u001b[2K';
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const OURS = /(\r\u001b\[2K|\u001b\[(?:[12]|22|3[1236]|39)m)/;

/** A terminal to which nothing goes but lines that can be read, and colours of ours; in JSON, what is escaped stays the same. */
export function guarded(terminal: Terminal): Terminal {
  const clean = (text: string) =>
    text
      .split(OURS)
      .map((part, at) => (at % 2 === 1 ? part : printableLines(part)))
      .join('');
  const door = (write: Terminal['out']) => ({
    value: (text: string) => write(clean(text)),
    enumerable: true,
  });
  // a spread would open what is opened when it is asked for
  return Object.defineProperties({} as Terminal, {
    ...Object.getOwnPropertyDescriptors(terminal),
    out: door(terminal.out),
    err: door(terminal.err),
  });
}
