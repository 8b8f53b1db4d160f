import { parseEnv } from 'node:util';
import { table } from '../project/data.ts';
import type { Project } from '../project/project.ts';
import { isLocal } from './address.ts';
import type { Listen } from './listens.ts';

/** What people call the file that names all variables and is committed. */
export const EXAMPLES = [
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.defaults',
  'example.env',
];

/** Names of variables whose value is nobody's business. */
export const SECRET = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY/i;

/** The variables of a file of the project; the parser of Node 20 takes some comments for names. */
function variablesIn(project: Project, path: string): Readonly<Record<string, string>> {
  const text = project.isFile(path) ? project.read(path) : undefined;
  return table(
    Object.fromEntries(
      Object.entries(parseEnv(text ?? '')).flatMap(([name, value]) =>
        /^\w+$/.test(name) && value !== undefined ? [[name, value]] : [],
      ),
    ),
  );
}

/** What the example says of a variable, and where. */
export function exampleOf(
  project: Project,
  variable: string,
): { readonly value: string; readonly from: string } | undefined {
  for (const path of EXAMPLES) {
    const value = variablesIn(project, path)[variable];
    if (value !== undefined && value !== '') return { value, from: `${path} → ${variable}` };
  }
  return undefined;
}

/** A variable by which a file of the project makes a container listen to itself alone. */
export interface LocalBind {
  readonly file: string;
  readonly name: string;
  readonly value: string;
}

/** Where .env, or the file that is copied to it, says localhost for a variable that the program binds to. */
export function localBinds(
  project: Project,
  environment: Readonly<Record<string, string>>,
  listens: readonly Listen[],
): readonly LocalBind[] {
  const names = new Set([
    // what a framework reads is set to all addresses in the image
    ...Object.keys(environment).filter((name) => environment[name] === '0.0.0.0'),
    ...listens.flatMap(({ host }) => host.variable ?? []),
  ]);
  const files = ['.env', ...EXAMPLES].filter((path) => project.isFile(path)).slice(0, 1);
  return files.flatMap((file) =>
    Object.entries(variablesIn(project, file)).flatMap(([name, value]) =>
      names.has(name) && isLocal(value.replace(/^([\w.-]+):\d+$/, '$1')) ? [{ file, name, value }] : [],
    ),
  );
}
