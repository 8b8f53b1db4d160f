import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { TEMPLATES } from '../folder.ts';
import { HELPERS, OPTIONS, partialName, type Template } from './template-options.ts';

const text = (name: string) => readFileSync(join(TEMPLATES, `${name}.hbs`), 'utf8');

/**
 * A template by its path below `templates/`, without the ending. In the published package they are compiled already, a
 * language's own and those of all in one file.
 */
export async function templateOf(_language: string, name: string): Promise<Template> {
  const engine = Handlebars.create();
  engine.registerHelper(HELPERS);
  for (const path of readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })) {
    const partial = partialName(path.replace(/\.hbs$/, ''));
    if (partial !== undefined)
      engine.registerPartial(partial, engine.compile(text(path.slice(0, -4)), OPTIONS));
  }
  return engine.compile(text(name), OPTIONS);
}
