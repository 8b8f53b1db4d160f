import { UserError } from '../errors.ts';
import type { Project } from '../project/project.ts';
import { portOf } from './port.ts';

/** What is refused about a flag's text: what was given, and what it takes. */
export function value(flag: string, given: string, want: string): UserError {
  return new UserError({ kind: 'value', flag, given, want });
}

/** How the settings that several languages have are typed and printed. */
export const INCLUDE = {
  parse(text: string, { project }: { readonly project: Project }): readonly string[] {
    const paths = text === 'none' ? [] : text.split(',').map((path) => path.trim().replace(/\/$/, ''));
    const absent = paths.find((path) => !project.has(path));
    if (absent !== undefined) throw value('--include', absent, 'paths that exist in the project');
    return paths;
  },
  print: (paths: readonly string[]) => paths.join(',') || 'none',
};

export const PORT = {
  parse(text: string): number | 'none' {
    const port = text === 'none' ? text : portOf(text);
    if (port === undefined) throw value('--port', text, 'a number from 1 to 65535, or none');
    return port;
  },
  print: String,
};

export const HEALTH = {
  parse(text: string): string {
    if (!/^(none|tcp|\/[\w./~%-]*)$/.test(text))
      throw value('--health', text, 'a path as in /healthz, tcp, or none');
    return text;
  },
  print: (health: string) => health,
};

export const INIT = {
  parse(text: string): boolean {
    if (!/^(yes|no)$/.test(text)) throw value('--init', text, 'yes or no');
    return text === 'yes';
  },
  print: (init: boolean) => (init ? 'yes' : 'no'),
};
