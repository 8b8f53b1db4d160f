import { printable } from '../printable.ts';
import { amountOf, FIGURES, type Figure, measuredOnes } from './figures.ts';
import type { Measured } from './measure.ts';

/** Panels beside each other, and how large one is. */
const ACROSS = 3;
const [PANEL, MARGIN, LINE, HEAD] = [272, 20, 22, 30];
/** Of a panel: the names, the bars, and the figure behind the longest. */
const [NAMES, FIGURE] = [78, 66];
const TITLE = 34;

/**
 * Bars as a picture. It has a ground of its own, and other colours where the reader's system is dark, so that it can be
 * read on any page: no colour alone tells what is what.
 */
export function chartOf(
  all: readonly Measured[],
  about: { readonly title: string; readonly taken: string | undefined },
): string {
  const shown = measuredOnes(all);
  const figures = FIGURES.filter(
    (figure) => figure.bars && shown.some((one) => amountOf(one, figure) !== undefined),
  );
  const high = HEAD + shown.length * LINE + 14;
  const rows = Math.ceil(figures.length / ACROSS);
  const width = 2 * MARGIN + ACROSS * PANEL + (ACROSS - 1) * MARGIN;
  const height = 2 * MARGIN + TITLE + rows * high - 28;
  const panels = figures.map((figure, at) => {
    const x = MARGIN + (at % ACROSS) * (PANEL + MARGIN);
    const y = MARGIN + TITLE + Math.floor(at / ACROSS) * high;
    return `<g transform="translate(${x} ${y})">${panelOf(figure, shown, about.taken)}</g>`;
  });
  const legend =
    about.taken === undefined
      ? ''
      : `<text class="quiet" x="${width - MARGIN}" y="${MARGIN + 12}" text-anchor="end">less is better; bold: recommended</text>\n`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(about.title)}</title>
<style>
.ground{fill:#fff;stroke:#d0d7de}.text{fill:#1f2328}.quiet{fill:#59636e}.track{fill:#eaeef2}
.target{fill:#54aeff}.taken{fill:#0969da}.naive,.existing{fill:#9aa4af}
@media (prefers-color-scheme:dark){.ground{fill:#0d1117;stroke:#30363d}.text{fill:#f0f6fc}.quiet{fill:#9198a1}.track{fill:#21262d}
.target{fill:#1f6feb}.taken{fill:#58a6ff}.naive,.existing{fill:#6e7681}}
</style>
<rect class="ground" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8"/>
<g font-family="ui-sans-serif,system-ui,-apple-system,'Segoe UI','Liberation Sans',Helvetica,Arial,sans-serif" font-size="12">
<text class="text" x="${MARGIN}" y="${MARGIN + 12}" font-size="15" font-weight="600">${escaped(about.title)}</text>
${legend}${panels.join('\n')}
</g></svg>
`;
}

function panelOf(figure: Figure, shown: readonly Measured[], taken: string | undefined): string {
  const most = Math.max(...shown.flatMap((one) => amountOf(one, figure) ?? []));
  const room = PANEL - NAMES - FIGURE;
  const lines = shown.map((one, at) => {
    const y = HEAD + at * LINE;
    const value = amountOf(one, figure);
    const long =
      value === undefined || most === 0 ? 0 : Math.max(1, Math.round((value / most) * room * 10) / 10);
    const own = one.name === taken;
    const bold = own ? ' font-weight="600"' : '';
    return [
      `<text class="${own ? 'text' : 'quiet'}" x="0" y="${y + 4}"${bold}>${escaped(one.name)}</text>`,
      `<rect class="track" x="${NAMES}" y="${y - 7}" width="${room}" height="14" rx="3"/>`,
      ...(long > 0
        ? [
            `<rect class="${own ? 'taken' : one.kind}" x="${NAMES}" y="${y - 7}" width="${long}" height="14" rx="3"/>`,
          ]
        : []),
      `<text class="text" x="${PANEL}" y="${y + 4}" text-anchor="end"${bold}>${escaped(figure.shown(one.measures) ?? '–')}</text>`,
    ].join('');
  });
  return `<text class="text" x="0" y="8" font-weight="600">${escaped(figure.title)}</text>\n${lines.join('\n')}`;
}

/** A text in XML, which holds neither controls nor what is no character: https://www.w3.org/TR/xml/#charsets */
function escaped(text: string): string {
  const plain = printable(text).replace(/[\ufffe\uffff]/g, '\ufffd');
  return plain.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
