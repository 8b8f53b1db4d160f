import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Language } from '../facts/language.ts';
import { TEMPLATES } from '../folder.ts';

/** The name that a starter's manifest has in the template. */
const NAME = 'my-service';

/** The smallest real service of a language, as path → text, named for the folder that it goes to. */
export function starterOf(language: Language, folder: string): Readonly<Record<string, string>> {
  const from = join(TEMPLATES, language.id, 'starter');
  const name =
    folder
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .replace(/^-+|-+$/g, '') || NAME;
  try {
    const files = readdirSync(from, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    return Object.fromEntries(
      files.map((file) => {
        const path = join(file.parentPath, file.name);
        return [relative(from, path).split(sep).join('/'), readFileSync(path, 'utf8').replaceAll(NAME, name)];
      }),
    );
  } catch {
    throw new UserError({ kind: 'noStarter', language: language.name });
  }
}
