import { posix } from 'node:path';
import { isBefore } from '../../frameworks/config.ts';
import type { Search } from '../build/files.ts';
import { compilerOption } from '../tsconfig.ts';
import { LOADERS } from './start-commands.ts';

/** Where the build puts a source: src/a.ts → dist/a.js, by tsconfig's rootDir or without it. */
export function builtFrom(search: Search, source: string): readonly string[] {
  const file = posix.normalize(source).replace(/\.([mc]?)tsx?$/, '.$1js');
  const root = compilerOption(search.project, 'tsconfig.json', 'rootDir') ?? file.split('/')[0] ?? '';
  const below = file.startsWith(`${root}/`) ? file.slice(root.length + 1) : file;
  return (search.build?.outputs ?? []).map((output) =>
    /\.\w+$/.test(output) ? output : `${output}/${below}`,
  );
}

/** How node itself loads what a runner compiles while it runs, where that is shipped: it stands in dependencies. */
export function loaderOf({ manifest }: Search, program: string): readonly string[] | undefined {
  const name = program.split('/')[0] ?? program;
  const row = LOADERS[name];
  const ships = [name, ...(row?.with ?? [])].every((one) => one in manifest.dependencies);
  return row !== undefined && ships && !isBefore(manifest, name, row.since) ? row.words : undefined;
}
