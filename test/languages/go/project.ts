import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found } from '../../planned.ts';

/** A main package: what it imports, then what it does. */
export function main(body: string, ...imports: readonly string[]): string {
  const list = imports.map((path) => `\t"${path}"\n`).join('');
  return `package main\n\nimport (\n${list})\n\nfunc main() {\n\t${body}\n}\n`;
}

export const SERVER = main('log.Fatal(http.ListenAndServe(":8080", nil))', 'log', 'net/http');

/** A module that is complete, but for what a row adds. */
export function files(more: Files = {}, mod = 'module example.com/shop\n\ngo 1.26\n'): Files {
  return { 'go.mod': mod, 'main.go': SERVER, ...more };
}
/** A module that requires these, each with its sum. */
export function requiring(modules: readonly string[], more: Files = {}): Files {
  const sums = modules.map((line) => `${line.replace(/ \/\/.*/, '')}/go.mod h1:x=\n`).join('');
  return files(
    { 'go.sum': sums, ...more },
    `module example.com/shop\n\ngo 1.26\n\nrequire (\n${modules.map((line) => `\t${line}\n`).join('')})\n`,
  );
}
export const server = (listen: string, ...imports: readonly string[]) =>
  files({ 'main.go': main(listen, 'net/http', ...imports) });

export type Row =
  | readonly [title: string, files: Files, value: string, from: string]
  | readonly [string, Files, Error];

export function table(key: string, rows: readonly Row[]): void {
  describe(key, () => {
    test.each(rows.map((row) => [row[0], row] as const))('%s', async (_, [, project, value, from]) => {
      const of = await projectOf(project);
      if (value instanceof Error) await expect(found(key, of)).rejects.toThrow(value.message);
      else expect(await found(key, of)).toEqual([value, from]);
    });
  });
}
