import type { Plan } from './plan.ts';
import { templateOf } from './templates.ts';

/** One finished text, and where it goes below the build context. */
export interface File {
  readonly path: string;
  readonly text: string;
}

/** The Dockerfile and the .dockerignore that a plan says. */
export function render(plan: Plan): readonly [dockerfile: File, dockerignore: File] {
  assertWords(plan, 'plan');
  return [
    { path: 'Dockerfile', text: fill(`${plan.language}/${plan.shape}`, plan) },
    { path: '.dockerignore', text: fill('dockerignore', plan) },
  ];
}

function fill(template: string, plan: Plan): string {
  const text = templateOf(template)(plan);
  return `${text.trimEnd()}\n`;
}

/** Every character at which some reader of a Dockerfile, or of a terminal, begins a new line. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BREAKS = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/;

/** No printed value holds a line break, so that no text of a project can become an instruction. */
function assertWords(value: unknown, at: string): void {
  if (typeof value === 'string' && BREAKS.test(value)) throw new LineBreak(at);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    // what is only shown in the report is made safe there
    if (at === 'plan' && (key === 'notes' || key === 'choices')) continue;
    assertWords(inner, `${at}.${key}`);
  }
}

/** A value that would break its line reached the templates. */
class LineBreak extends Error {
  constructor(at: string) {
    super(`a line break in ${at}`);
    this.name = 'LineBreak';
  }
}
