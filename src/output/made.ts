import crc32 from 'crc-32';
import { UserError } from '../errors.ts';
import { isPlain, printableLines } from '../printable.ts';
import type { Project } from '../project/project.ts';
import { withoutDigests } from './digests.ts';
import type { File } from './render.ts';

/** How a file of ours came to be, as its first line says it. */
export interface Made {
  /** Where that line stands, counted from 1. */
  readonly line: number;
  readonly version: string;
  /** What was typed and answered, as it would be typed again. */
  readonly words: string;
  readonly checksum: string;
  /** Whether the text around the line is still the one that was made. */
  readonly holds: boolean;
}

const LINE = /^# Made by create-dockerfile (\d[\w.+-]*)((?: -.*)?), checksum ([0-9a-f]{8})$/;
/** Directives of Docker's parser (`# syntax=`, `# check=`): they only count above every other line. */
const DIRECTIVES = /^(?:#[ \t]*[a-zA-Z]\w*[ \t]*=[^\n]*\n)*/;
/** A licence may stand above it; no further down is looked. */
const HIGHEST = 40;

/** A finished text with the line that says how it came to be. */
export function signed(text: string, version: string, words: string): string {
  const answers = words === '' ? '' : ` ${words}`;
  return withLine(text, `# Made by create-dockerfile ${version}${answers}, checksum ${checksumOf(text)}`);
}

/** A file with its first line. Nothing in it is what nobody sees. */
export function signedFile({ path, text, ...file }: File, version: string, words: string): File {
  const at = text.split('\n').findIndex((line) => printableLines(line) !== line);
  if (at < 0 && isPlain(path) && isPlain(words)) return { ...file, path, text: signed(text, version, words) };
  throw new UserError({
    kind: 'refused',
    message: `A text of this project would hide in ${JSON.stringify(path)}${at < 0 ? '' : `, line ${at + 1}`}.`,
    fix: 'Take the control characters and those without a width out of it.',
  });
}

/** A text with its first line, below the directives. */
export function withLine(body: string, line: string): string {
  const [directives = ''] = DIRECTIVES.exec(body) ?? [];
  const below = body.slice(directives.length);
  return `${directives}${line}\n${below.startsWith('\n') ? '' : '\n'}${below}`;
}

/** A text without its first line, as it is compared and merged: in LF. */
export function bodyOf(text: string): string {
  const made = madeOf(text);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return `${lines
    .filter((_, at) => at + 1 !== made?.line)
    .join('\n')
    .trimEnd()}\n`;
}

/** Why a file of ours is not as it would be made now. */
export type Stale = 'edited' | 'tool' | 'project' | 'answers';

/** What has changed between how a file was made and how it would be made now. */
export function staleOf(was: Made, now: Made): readonly Stale[] {
  const stale: Stale[] = was.holds ? [] : ['edited'];
  if (was.checksum !== now.checksum) {
    if (was.version !== now.version) stale.push('tool');
    // the same release makes the same text of the same project and answers
    else if (was.words === now.words) stale.push('project');
  }
  return was.words === now.words ? stale : [...stale, 'answers'];
}

/** Files with their first line, but for one that holds lines of somebody else. */
export function allSigned(
  files: readonly File[],
  project: Project,
  version: string,
  words: string,
): readonly File[] {
  return files.map((file) => {
    if (file.unsigned === true) return file;
    const own = file.additive === true ? ownLines(project.context.read(file.path)) : '';
    return own === '' ? signedFile(file, version, words) : file;
  });
}

/** What stands in a file that is added to, where it is not all of our making. */
export function ownLines(text = ''): string {
  return text.trim() === '' || madeOf(text)?.holds === true ? '' : text;
}

/** How a text came to be; undefined: it is not ours. */
export function madeOf(text: string): Made | undefined {
  const lines = linesOf(text);
  for (const [index, line] of lines.slice(0, HIGHEST).entries()) {
    const [, version, words = '', checksum] = LINE.exec(line) ?? [];
    if (version !== undefined && checksum !== undefined) {
      const around = lines.filter((_, at) => at !== index).join('\n');
      const holds = checksumOf(around) === checksum;
      return { line: index + 1, version, words: words.trim(), checksum, holds };
    }
    if (line !== '' && !line.startsWith('#')) return undefined;
  }
  return undefined;
}

/**
 * CRC-32, for the hashes of Node.js take longer to load than all else here. What editors and git change by themselves does
 * not count: line ends, and white space behind a line or the text; nor do digests, which bots move.
 */
export function checksumOf(text: string): string {
  return (crc32.str(withoutDigests(linesOf(text).join('\n').trim())) >>> 0).toString(16).padStart(8, '0');
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd());
}

const MARKER = /^(?:<{7} |={7}$|>{7} )/;

/** The line of a conflict that nobody has resolved yet, counted from 1. */
export function unresolved(text: string): number | undefined {
  const lines = linesOf(text);
  const at = lines.findIndex((line) => line.startsWith('<<<<<<< '));
  return at >= 0 && lines.slice(at).filter((line) => MARKER.test(line)).length >= 3 ? at + 1 : undefined;
}
