import { lineNumber } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { withoutComments } from '../comments.ts';

/** A file that checks the variables of the environment as soon as it is loaded, which a build does too. */
export interface Validation {
  /** Where it does: `src/env.js:5`. */
  readonly at: string;
  /** The variable that leaves the check out; undefined: none does. */
  readonly skips: string | undefined;
}

const FILES =
  '{,src/,app/,lib/,config/,src/lib/,src/config/}{env,environment,env.server,env.mjs}{,.js,.mjs,.ts,/index.ts}';
/** https://env.t3.gg/docs/customization#skipping-validation */
const SKIPS = /\bskipValidation\s*:\s*(?:!!|Boolean\()?\s{0,200}process\.env(?:\.(\w+)|\[['"](\w+)['"]\])/;
/** A schema that is held against the environment where the file is loaded: `schema.parse(process.env)`. */
const CHECKS =
  /\bcreateEnv\s*\(|^(?:export\s+)?(?:const|let)\b(?:(?!=>)[^\n])*\.parse\(\s*process\.env\s*\)|\bcleanEnv\(\s*process\.env/m;

/** What checks the environment while it builds. */
export function validationOf(project: Project): Validation | undefined {
  for (const path of project.find(FILES)) {
    const text = withoutComments(project.read(path, LIMIT) ?? '');
    const checks = CHECKS.exec(text);
    if (checks === null) continue;
    const [, plain, quoted] = SKIPS.exec(text) ?? [];
    return { at: `${path}:${lineNumber(text, checks.index)}`, skips: plain ?? quoted };
  }
  return undefined;
}

const LIMIT = 256 * 1024;
