import { posix } from 'node:path';
import type { Found } from '../../../facts/language.ts';
import type { Project } from '../../../project/project.ts';
import { CGO_MODULES, type CgoModule } from './cgo-modules.ts';
import type { Main } from './mains.ts';
import { packageAt, rawLineAt, readSources, type Source } from './sources.ts';
import type { Tree } from './tree.ts';
import { isVendored, vendoredC } from './vendor.ts';

/** What the program's C code needs. */
export interface Cgo {
  /** Modules of the table, by their path. */
  readonly modules: readonly (CgoModule & { readonly path: string })[];
  /** System libraries as pkg-config or `-l` name them, and the line that does. */
  readonly libraries: readonly Found<string>[];
  readonly pkgConfig: boolean;
  readonly cxx: boolean;
}

/** Whether the program needs a C compiler, by evidence; undefined: nothing says so. */
export function findCgo(tree: Tree, main: Main): Found<boolean> | undefined {
  const { files, imports } = readSources(tree, main.workspace, main.folder, true);
  const [own] = files.filter((file) => file.imports.includes('C') && !hasFallback(tree, file));
  if (own !== undefined) return { value: true, from: `${importAt(own)} imports "C"` };
  for (const path of Object.keys(CGO_MODULES)) {
    const by = importer(path, imports);
    if (by !== undefined) return { value: true, from: by === path ? `${path} is C` : `${by} brings ${path}` };
  }
  const vendored = vendoredC(tree, main.workspace, imports);
  return vendored?.at === undefined ? undefined : { value: true, from: `${vendored.at} imports "C"` };
}

/** The import, of those given, by which a module of the table gets into the program. */
function importer(path: string, imports: ReadonlySet<string>): string | undefined {
  const names = [path, ...(CGO_MODULES[path]?.by ?? [])];
  return names.find((name) =>
    [...imports].some((one) => {
      const plain = withoutMajor(one);
      return plain === name || plain.startsWith(`${name}/`);
    }),
  );
}

function withoutMajor(path: string): string {
  return path.replace(/\/v\d+(?=\/|$)/, '');
}

/**
 * A module with C code that go.mod lists and no file of the program imports: some dependency may compile it, or the
 * tests alone, and go.mod does not say which.
 */
export function unexplainedC(tree: Tree, main: Main): string | undefined {
  const { files, imports } = readSources(tree, main.workspace, main.folder, true);
  const foreign = [...imports].some((path) => /^[^/]*\./.test(path));
  if (!foreign || files.length === 0 || isVendored(tree.project, main.workspace)) return undefined;
  const required = main.workspace.modules.flatMap((module) =>
    module.requires.map((one) => `${module.file} requires ${withoutMajor(one.path)}`),
  );
  return required.find((line) => (line.split(' ').at(-1) ?? '') in CGO_MODULES);
}

/** A package with a version of itself for builds without cgo does not need it. */
function hasFallback(tree: Tree, file: Source): boolean {
  const [here, without] = [true, false].map((cgo) => packageAt(tree, posix.dirname(file.path), cgo));
  const plain = (list: readonly Source[] = []) => list.filter((one) => !one.imports.includes('C'));
  return plain(without).some((one) => !plain(here).includes(one));
}

function importAt(file: Source): string {
  return rawLineAt(file, Math.max(0, file.raw.search(/^import\s+"C"|"C"/m)));
}

/** What the C code needs, once it is compiled. */
export function cgoOf(tree: Tree, main: Main): Cgo {
  const { files, imports } = readSources(tree, main.workspace, main.folder, true);
  const modules = Object.entries(CGO_MODULES).flatMap(([path, row]) => {
    const required = main.workspace.modules.some((m) =>
      m.requires.some((r) => !r.indirect && withoutMajor(r.path) === path),
    );
    return importer(path, imports) !== undefined || required ? [{ path, ...row }] : [];
  });
  const own = files.filter((file) => file.imports.includes('C'));
  const directives = own.flatMap((file) =>
    [
      ...file.raw.matchAll(
        /^(?:\/\/)?[^\S\n]*#cgo[^\S\n]+((?:[^\s:]+[^\S\n]+)*)(LDFLAGS|pkg-config):(.*)$/gm,
      ),
    ].map(([, conditions = '', kind, flags = ''], index) => ({ file, conditions, kind, flags, index })),
  );
  const libraries = directives
    .filter(({ conditions }) => conditions === '' || /(^|\s)(linux|amd64|arm64|cgo)\b/.test(conditions))
    .flatMap(({ file, kind, flags }) => {
      const words = flags.split(/\s+/);
      const names =
        kind === 'pkg-config'
          ? words.filter((word) => /^[\w.+-]+$/.test(word) && !word.startsWith('-'))
          : words.filter((word) => /^-l[\w.+-]+$/.test(word)).map((word) => word.slice(2));
      return names
        .filter((name) => !isInside(tree.project, file, name))
        .map((value) => ({ value, from: importAt(file) }));
    });
  const folders = new Set(own.map((file) => posix.dirname(file.path)));
  return {
    modules,
    libraries: [
      ...libraries,
      ...modules.flatMap(({ libraries: names = [], path }) => names.map((value) => ({ value, from: path }))),
    ],
    pkgConfig: directives.some(({ kind }) => kind === 'pkg-config') || modules.some((m) => m.libraries),
    cxx:
      modules.some((module) => module.cxx) ||
      tree.project
        .find(['*.{cc,cpp,cxx}', '**/*.{cc,cpp,cxx}'])
        .some((path) => folders.has(posix.dirname(path))),
  };
}

/** An archive that lies in the project itself, for `-L${SRCDIR}/lib -lfoo`. */
function isInside(project: Project, file: Source, name: string): boolean {
  const folder = posix.dirname(file.path);
  return project
    .find([`**/lib${name}.a`, `**/lib${name}.so`])
    .some((path) => folder === '.' || path.startsWith(`${folder}/`));
}
