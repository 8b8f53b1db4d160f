import { printable } from '../printable.ts';
import { paints } from './terminal.ts';

/** Lines of a table; the last cell of a row is as long as it is. The first row is its head. */
export function tableOf(rows: readonly (readonly string[])[], color: boolean): readonly string[] {
  const paint = paints(color);
  const shown = rows.map((row) => row.map(printable));
  const [first = []] = shown;
  const widths = first.map((_, at) =>
    shown.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return shown.map((row, index) => {
    const cells = row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0)));
    const line = cells.join('  ').trimEnd();
    return index === 0 ? paint.dim(line) : line;
  });
}
