// Draws a real run as a picture for the README, and prints it: node scripts/picture.js > docs/run.svg
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = new URL('../', import.meta.url).pathname;
const CASE = 'node-npm-express-ts';
const COLUMNS = 100;
/** A character of the fonts below, and a line. */
const [WIDTH, HEIGHT, SIZE, MARGIN] = [8.4, 20, 14, 20];
/** Select graphic rendition, as the report uses it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const STYLE = /(\u001b\[\d+m)/;
const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 36: '#79c0ff' };

const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
cpSync(join(ROOT, 'test/cases', CASE, 'app'), join(folder, 'shop'), { recursive: true });
const { stderr } = spawnSync(process.execPath, [join(ROOT, 'dist/bin.js'), '--yes'], {
  cwd: join(folder, 'shop'),
  encoding: 'utf8',
  env: { PATH: process.env.PATH, FORCE_COLOR: '1' },
});
rmSync(folder, { recursive: true, force: true });
process.stdout.write(picture(['$ npx create-dockerfile --yes', ...stderr.trimEnd().split('\n')]));

function picture(lines) {
  const broken = lines.flatMap(fitted);
  const width = Math.ceil(COLUMNS * WIDTH + 2 * MARGIN);
  const height = broken.length * HEIGHT + 2 * MARGIN;
  const texts = broken.map(
    (line, row) =>
      `<text x="${MARGIN}" y="${MARGIN + SIZE + row * HEIGHT}" xml:space="preserve">${spans(line)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>create-dockerfile finds out what a project needs, writes two files, and says what to run next</title>
<rect width="100%" height="100%" rx="8" fill="#161b22"/>
<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="${SIZE}" fill="#c9d1d9">
${texts.join('\n')}
</g>
</svg>
`;
}

/** A line as a terminal of that width breaks it; escape sequences take no room. */
function fitted(line) {
  const parts = line.split(STYLE);
  const lines = [''];
  let room = COLUMNS;
  for (const part of parts) {
    if (part.startsWith('\u001b')) lines[lines.length - 1] += part;
    else
      for (const character of part) {
        if (room === 0) {
          lines.push('    ');
          room = COLUMNS - 4;
        }
        lines[lines.length - 1] += character;
        room--;
      }
  }
  return lines;
}

/** Text with escape sequences as spans with styles. */
function spans(line) {
  const style = { bold: false, dim: false, color: undefined };
  let out = '';
  for (const part of line.split(STYLE)) {
    if (part.startsWith('\u001b')) apply(style, Number.parseInt(part.slice(2), 10));
    else if (part !== '') out += span(part, style);
  }
  return out;
}

function apply(style, code) {
  if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 22) Object.assign(style, { bold: false, dim: false });
  else style.color = COLORS[code];
}

function span(part, { bold, dim, color }) {
  const text = part.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
  const styles = [
    bold ? ' font-weight="bold"' : '',
    dim ? ' fill-opacity="0.6"' : '',
    color === undefined ? '' : ` fill="${color}"`,
  ].join('');
  return styles === '' ? text : `<tspan${styles}>${text}</tspan>`;
}
