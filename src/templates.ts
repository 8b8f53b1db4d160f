import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { HELPERS, OPTIONS, type Template } from './template-options.ts';

const FOLDER = fileURLToPath(new URL('../templates/', import.meta.url));

/** A template by its path below `templates/`, without the ending. The published package has them compiled beforehand. */
export function templateOf(name: string): Template {
  const engine = Handlebars.create();
  engine.registerHelper(HELPERS);
  for (const file of readdirSync(join(FOLDER, 'partials'))) {
    engine.registerPartial(basename(file, '.hbs'), engine.compile(readFileSync(join(FOLDER, 'partials', file), 'utf8'), OPTIONS));
  }
  return engine.compile(readFileSync(join(FOLDER, `${name}.hbs`), 'utf8'), OPTIONS);
}
