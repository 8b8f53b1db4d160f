import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { TEMPLATES } from '../folder.ts';
import {
  HELPERS,
  OPTIONS,
  type Overrides,
  overriddenPartials,
  partialName,
  type Template,
} from './template-options.ts';

const text = (name: string) => readFileSync(join(TEMPLATES, `${name}.hbs`), 'utf8');

/**
 * A template by its path below `templates/`, without the ending. In the published package they are compiled already, a
 * language's own and those of all in one file.
 */
export async function templateOf(
  language: string,
  name: string,
  overrides: Overrides = {},
): Promise<Template> {
  const engine = Handlebars.create();
  engine.registerHelper(HELPERS);
  for (const path of readdirSync(TEMPLATES, { recursive: true, encoding: 'utf8' })) {
    const partial = partialName(path.replace(/\.hbs$/, ''));
    if (partial !== undefined)
      engine.registerPartial(partial, engine.compile(text(path.slice(0, -4)), OPTIONS));
  }
  for (const [partial, own] of overriddenPartials(language, overrides))
    engine.registerPartial(partial, engine.compile(own, OPTIONS));
  return engine.compile(overrides[name] ?? text(name), OPTIONS);
}
