import { compilerOption } from '../evidence/tsconfig.ts';
import type { Sight } from './framework.ts';

/** Where tsc writes, as tsconfig.json says. */
export function outDir({ project }: Sight, otherwise: string): string {
  return (project.isFile('tsconfig.json') && compilerOption(project, 'tsconfig.json', 'outDir')) || otherwise;
}

/** Databases that are files of the project. */
export const SQLITE: readonly string[] = ['better-sqlite3', 'sqlite3'];
