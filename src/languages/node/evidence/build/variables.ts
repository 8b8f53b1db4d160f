import { parseEnv } from 'node:util';
import { EXAMPLES } from '../../../../kit/env-file.ts';
import { envValue } from '../../../../plan/quote.ts';
import { lineNumber, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import type { Framework } from '../../frameworks/framework.ts';
import { withoutComments } from '../comments.ts';

/** A variable that is put into the pages when they are built. */
export interface BuildVariable {
  readonly name: string;
  /** Where it is read or named: `src/api.ts:3`, `.env.example`. */
  readonly at: string;
  /** What the project's own file for production says, quoted for a Dockerfile. */
  readonly value: string | undefined;
  /** Its name is that of a secret: it is never an argument, which the image's history keeps. */
  readonly secret: boolean;
}

const SOURCES = '**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,astro,mdx,html}';
const NO_SOURCE =
  /(^|\/)(test|tests|__tests__|e2e|cypress|dist|build|coverage)\/|\.(test|spec|stories|d)\.\w+$/;
/** Only a file that reads variables at all is searched for their names. */
const READS = /import\.meta\.env|process\.env|\$env\/|%\w+%/;
/** What BuildKit's own check takes for a secret in a name, and what people call one. */
const SECRET =
  /(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)|SECRET|TOKEN|PASSW|PRIVATE|CREDENTIAL/i;

/** The variables that the code reads, and those that the example names, by the prefixes of the framework. */
export function findBuildVariables(
  project: Project,
  framework: Framework | undefined,
): readonly BuildVariable[] {
  const prefixes = framework?.variables ?? [];
  if (prefixes.length === 0) return [];
  const pattern = new RegExp(`\\b(?:${prefixes.map(verbatim).join('|')})[A-Z0-9_]+\\b`, 'g');
  const found = new Map<string, string>();
  const take = (name: string, at: string) => {
    if (!found.has(name)) found.set(name, at);
  };
  for (const path of project.find(SOURCES).filter((p) => !NO_SOURCE.test(p))) {
    const text = withoutComments(project.read(path, LIMIT) ?? '');
    if (!READS.test(text)) continue;
    for (const { 0: name, index } of text.matchAll(pattern)) take(name, `${path}:${lineNumber(text, index)}`);
  }
  for (const path of EXAMPLES) {
    for (const name of Object.keys(parseEnv(project.read(path) ?? '')))
      if (new RegExp(`^(?:${prefixes.map(verbatim).join('|')})[A-Z0-9_]+$`).test(name)) take(name, path);
  }
  // it stays out of the build like every file of variables, and what it says of these is public by its nature
  const production = parseEnv(project.read('.env.production') ?? '');
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, at]) => {
      const value = production[name];
      const secret = SECRET.test(name);
      const plain = value !== undefined && !secret && !/[\n\r]/.test(value);
      return { name, at, value: plain ? envValue(value) : undefined, secret };
    });
}

/** A generated or bundled file is no source that a person wrote. */
const LIMIT = 1024 * 1024;
