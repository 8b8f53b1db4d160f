import type { Found } from '../../../../facts/language.ts';
import { textOf } from '../../../../project/data.ts';
import { resolveFile, type Search } from '../build/files.ts';
import type { Result, Start } from './start.ts';

/** What `npm start` runs without a script is server.js; the others are what people call it, and are only candidates. */
const FILES = ['server', 'index', 'app', 'main', 'src/index', 'src/server', 'src/main', 'src/app'];

/** Without a start script: what package.json names as its entry, else the one file that is called like a server. */
export function fromFiles(search: Search): Result | { readonly tie: readonly Found<Start>[] } | undefined {
  const { manifest, project } = search;
  const named: readonly (readonly [string, string | undefined])[] = [
    // what a command has besides is for those who import it
    ['bin', manifest.bins.length === 1 ? manifest.bins[0] : undefined],
    ['main', manifest.main],
    ['exports', manifest.exported],
    // of a package that nobody imports it is what `bun init` begins with
    ['module', manifest.raw.private === true ? textOf(manifest.raw.module) : undefined],
  ];
  for (const [key, file] of named) {
    const real = file === undefined ? undefined : resolveFile(search, file);
    if (real !== undefined) return startFile(search, real, `package.json → ${key}`);
  }
  if (manifest.bins.length > 1) {
    const tie = manifest.bins.flatMap((bin) => {
      const real = resolveFile(search, bin);
      return real === undefined ? [] : [startFile(search, real, 'package.json → bin')];
    });
    if (tie.length > 0) return { tie };
  }
  const ends = ['.js', '.mjs', '.cjs', '.ts'];
  const present = FILES.flatMap((stem) => ends.map((end) => stem + end)).filter((path) => project.has(path));
  const [only] = present;
  if (only === undefined) return undefined;
  if (present.length > 1) return { tie: present.map((path) => startFile(search, path, path)) };
  return startFile(search, only, only);
}

function startFile(search: Search, file: string, from: string): Found<Start> {
  const bun = /\.tsx?$/.test(file) && (search.project.has('bun.lock') || search.project.has('bun.lockb'));
  return { value: { argv: [bun ? 'bun' : 'node', file], env: {} }, from };
}
