import { printable } from '../printable.ts';
import { amountOf, FIGURES, type Figure, failures, measuredOnes, NONE } from './figures.ts';
import type { Measured } from './measure.ts';

const GAP = 2;
/** Where that spares a second table. */
const NARROW = 1;
/** A bar shorter than this tells nothing. */
const SHORTEST = 10;

/** Figures as rows and Dockerfiles as columns, broken into several tables where the terminal is too narrow. */
export function tableOf(all: readonly Measured[], columns: number): string {
  const shown = measuredOnes(all);
  const title = Math.max(...FIGURES.map(({ title }) => title.length));
  const width = Math.max(
    9,
    ...shown.flatMap((one) => [one.name.length, ...FIGURES.map((figure) => cell(one, figure).length)]),
  );
  const gap = title + shown.length * (width + GAP) > columns ? NARROW : GAP;
  const each = Math.max(1, Math.floor((columns - title) / (width + gap)));
  const blocks: string[] = [];
  for (let from = 0; from < shown.length; from += each) {
    const part = shown.slice(from, from + each);
    const line = (head: string, cells: readonly string[]) =>
      [head.padEnd(title), ...cells.map((text) => text.padStart(width))].join(' '.repeat(gap)).trimEnd();
    blocks.push(
      [
        line(
          '',
          part.map(({ name }) => name),
        ),
        ...FIGURES.map((figure) =>
          line(
            figure.title,
            part.map((one) => cell(one, figure)),
          ),
        ),
      ].join('\n'),
    );
  }
  return `${blocks.join('\n\n')}\n`;
}

/** A group of bars for each figure that has them: as wide as the terminal, and the longest is the most. */
export function barsOf(all: readonly Measured[], columns: number): string {
  const shown = measuredOnes(all);
  const name = Math.max(0, ...shown.map((one) => one.name.length));
  const groups = FIGURES.filter((figure) => figure.bars).flatMap((figure) => {
    const values = shown.flatMap((one) => amountOf(one, figure) ?? []);
    if (values.length === 0) return [];
    const most = Math.max(...values);
    const label = Math.max(...shown.map((one) => cell(one, figure).length));
    const room = Math.max(SHORTEST, columns - name - label - 2 * GAP);
    const lines = shown.flatMap((one) => {
      const value = amountOf(one, figure);
      if (value === undefined) return [];
      return [`${one.name.padEnd(name)}  ${bar(value / most, room)}  ${cell(one, figure)}`];
    });
    return [`${figure.title}\n${lines.join('\n')}`];
  });
  return `${groups.join('\n\n')}\n`;
}

/** Blocks, and of the last one as many eighths as it takes: U+2588 to U+258F. */
function bar(share: number, room: number): string {
  const eighths = Math.max(1, Math.round(share * room * 8));
  const rest = eighths % 8;
  return '█'.repeat(eighths >> 3) + (rest === 0 ? '' : String.fromCodePoint(0x2590 - rest));
}

/** For a pull request. */
export function markdownOf(all: readonly Measured[], advice: string | undefined): string {
  const shown = measuredOnes(all);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const lines = [
    line(['', ...shown.map(({ name }) => name)]),
    line(['---', ...shown.map(() => '---:')]),
    ...FIGURES.map((figure) => line([figure.title, ...shown.map((one) => quoted(cell(one, figure)))])),
  ];
  const left = failures(all).map(({ name, failed }) => `- **${name}**: ${quoted(printable(failed))}`);
  const parts = [
    lines.join('\n'),
    ...(left.length > 0 ? [left.join('\n')] : []),
    ...(advice === undefined ? [] : [advice]),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A text of a log or an image, none of whose signs is one of Markdown. */
function quoted(text: string): string {
  return text.replace(/[\\`*_<>|[\]&~]/g, '\\$&');
}

function cell(one: Measured, figure: Figure): string {
  return printable(figure.shown(one.measures) ?? NONE);
}
