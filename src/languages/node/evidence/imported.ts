import { posix } from 'node:path';
import { isRecord } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { isOutput, readBuild } from './build/builds.ts';
import { sourceOf } from './build/files.ts';
import { buildScriptOf } from './build/script.ts';
import { clean } from './tsconfig.ts';
import { workspaceOf } from './workspace/workspaces.ts';

/** Conditions under which Node, or a bundler for it, takes a file of `exports`. https://nodejs.org/api/packages.html#conditional-exports */
const CONDITIONS = new Set(['node', 'import', 'require', 'module', 'module-sync', 'production', 'default']);

/** Files that a package's importers get: of `exports`, else `main`. A pattern (`./*`) gives its folder. */
export function entriesOf(raw: Readonly<Record<string, unknown>>): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(clean(value.replace(/\/[^/]*\*.*/, '')));
    else if (Array.isArray(value)) value.forEach(visit);
    else if (isRecord(value))
      for (const [key, inner] of Object.entries(value))
        if (/^\./.test(key) || CONDITIONS.has(key)) visit(inner);
  };
  visit(raw.exports ?? raw.main ?? raw.module);
  return [...new Set(found)].filter(
    (path) => path !== 'package.json' && path !== '.' && !path.startsWith('..'),
  );
}

/** The source behind an import of a member's name (`@acme/db`, `@acme/db/client`), as the project sees its path. */
export function importedSource(project: Project, name: string): string | undefined {
  const workspace = workspaceOf(project.context);
  const packageName = name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
  const member = workspace?.byName.get(packageName);
  if (member === undefined || member.path === project.app) return undefined;
  const below = `.${name.slice(packageName.length)}`;
  const { exports, main } = member.manifest.raw;
  const said = isRecord(exports) ? (exports[below] ?? (below === '.' ? exports : undefined)) : exports;
  const [entry = below === '.' ? 'index.js' : clean(below)] = entriesOf({
    exports: said ?? (below === '.' ? main : undefined),
  });
  const script = buildScriptOf(member.project, member.manifest);
  const build = script === undefined ? undefined : readBuild(member.project, member.manifest, script);
  const outputs = build?.outputs ?? [];
  const made = {
    script: '',
    opaque: false,
    commands: [],
    outputs: outputs.length > 0 ? outputs : [entry.split('/')[0] ?? entry],
  };
  const ends = ['', '.ts', '.js', '/index.ts', '/index.js'].map((end) => entry + end);
  const file =
    ends.find((path) => member.project.isFile(path) && !isOutput(build, path)) ??
    sourceOf(member.project, made, entry);
  return file === undefined ? undefined : posix.join(posix.relative(project.app, member.path), file);
}
