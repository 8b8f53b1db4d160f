import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Handlebars from 'handlebars';
import { HELPERS, OPTIONS, type Template } from './template-options.ts';

const FOLDER = fileURLToPath(new URL('../templates/', import.meta.url));
const text = (name: string) => readFileSync(join(FOLDER, `${name}.hbs`), 'utf8');

/** A template by its path below `templates/`, without the ending. In the published package they are compiled already. */
export async function templateOf(name: string): Promise<Template> {
  const engine = Handlebars.create();
  engine.registerHelper(HELPERS);
  for (const file of readdirSync(join(FOLDER, 'partials'))) {
    const partial = basename(file, '.hbs');
    engine.registerPartial(partial, engine.compile(text(`partials/${partial}`), OPTIONS));
  }
  return engine.compile(text(name), OPTIONS);
}
