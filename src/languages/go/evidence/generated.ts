import { posix } from 'node:path';
import { pathWord } from '../../../plan/quote.ts';
import { verbatim } from '../../../project/data.ts';
import { ENT, GENERATORS, type Generator, SWAG, WIRE } from './generators.ts';
import type { Main } from './mains.ts';
import { folderOf, foldersOf, rawLineAt, readSources, type Source } from './sources.ts';
import type { Tree } from './tree.ts';
import type { Module } from './workspace.ts';

/** Go files that are not in the project and that a tool writes. */
export interface Generated {
  /** What is missing, as a sentence. */
  readonly missing: string;
  /** What a person types to write them; undefined: no tool is known to. */
  readonly typed: string | undefined;
  /** The same as the build stage types it; undefined: the tool's version is not said, or it needs other programs. */
  readonly command: string | undefined;
  /** The module by which the project says the tool's version. */
  readonly module: string | undefined;
  /** Files that the tool reads beside Go's own. */
  readonly reads: readonly string[];
}

/** A tool's command for a program, what it lacks, and where it is typed. */
interface Lack {
  readonly generator: Generator;
  readonly missing: string;
  readonly folder?: string;
  readonly args?: string;
  readonly reads: readonly string[];
}

/** Everything that has to be generated before the program compiles, a tool once. */
export function findGenerated(tree: Tree, main: Main): readonly Generated[] {
  const { module } = main;
  if (module === undefined) return [];
  const { files } = readSources(tree, main.workspace, main.folder, true);
  const folders = [...new Set(files.map((file) => posix.dirname(file.path)))];
  const absent = absentOf(tree, main, files);
  const lacks = [
    ...besideOf(tree, [...folders, ...absent.map(({ folder }) => folder)]),
    ...folders.flatMap((folder) => wireOf(tree, module, folder)),
    ...entOf(tree, module, [...folders, ...absent.map(({ folder }) => folder)]),
  ];
  const made = (folder: string) =>
    lacks.some((lack) => (lack.folder ?? '') === folder || isIn(folder, lack.folder));
  const rest = absent.filter(({ folder }) => !made(folder));
  const found = [...lacks, ...rest.flatMap((one) => configured(tree, module, one))];
  const first = new Map(found.map((lack) => [lack.generator.name, lack] as const).reverse());
  const unknown = rest.filter((one) => configured(tree, module, one).length === 0);
  return [
    ...[...first.values()].map((lack) => generatedBy(tree, module, lack)),
    ...unknown.map((one) => byHand(tree, one)),
  ];
}

function isIn(folder: string, outer: string | undefined): boolean {
  return outer !== undefined && folder.startsWith(`${outer}/`);
}

/** A package of the project that is imported and has no Go file. */
interface Absent {
  readonly folder: string;
  readonly path: string;
  readonly at: string;
}

function absentOf(tree: Tree, main: Main, files: readonly Source[]): readonly Absent[] {
  const known = foldersOf(tree);
  const found = new Map<string, Absent>();
  for (const file of files) {
    for (const path of file.imports) {
      const folder = folderOf(main.workspace, path);
      if (folder === undefined || known.has(folder) || found.has(folder)) continue;
      found.set(folder, { folder, path, at: rawLineAt(file, Math.max(0, file.raw.indexOf(`"${path}"`))) });
    }
  }
  return [...found.values()];
}

/** Templates and the like beside which their Go file is missing. */
function besideOf(tree: Tree, folders: readonly string[]): readonly Lack[] {
  return GENERATORS.flatMap((generator) => {
    const { beside } = generator;
    if (beside === undefined) return [];
    const sources = tree.project
      .find([`*${beside.suffix}`, `**/*${beside.suffix}`])
      .filter((path) => folders.includes(posix.dirname(path)));
    const lacking = sources.filter(
      (path) => !tree.project.isFile(`${path.slice(0, -beside.suffix.length)}${beside.writes}`),
    );
    return lacking.map((path) => ({
      generator,
      folder: posix.dirname(path),
      missing: `${path} is there, and the Go file that ${generator.name} makes of it is not`,
      reads: sources,
    }));
  });
}

/** https://github.com/google/wire: a file for the tool alone, and no wire_gen.go beside it. */
function wireOf(tree: Tree, module: Module, folder: string): readonly Lack[] {
  const paths = foldersOf(tree).get(folder) ?? [];
  const injector = paths.find((path) =>
    /^\/\/(?:go:build| ?\+build) .*\bwireinject\b/m.test(tree.project.read(path) ?? ''),
  );
  if (injector === undefined || paths.some((path) => path.endsWith('wire_gen.go'))) return [];
  const missing = `${injector} is there, and wire_gen.go is not`;
  return [{ generator: WIRE, missing, args: `gen ${within(module, folder)}`, reads: [] }];
}

/** A package as the go command takes it in its module's folder. */
function within({ folder }: Module, path: string): string {
  const inner = posix.relative(folder, path);
  return inner === '' ? '.' : `./${pathWord(inner, 'the package')}`;
}

/** A folder of ent's whose client was not generated. */
function entOf(tree: Tree, module: Module, folders: readonly string[]): readonly Lack[] {
  const outer = new Set(folders.flatMap((folder) => [folder, posix.dirname(folder)]));
  return [...outer].flatMap((folder) => {
    const schema = posix.join(folder, 'schema');
    const paths = foldersOf(tree).get(schema) ?? [];
    const isEnt = paths.some((path) => /"entgo\.io\/ent"/.test(tree.project.read(path) ?? ''));
    if (!isEnt || tree.project.isFile(posix.join(folder, 'client.go'))) return [];
    const missing = `${schema} is there, and what ent makes of it is not`;
    return [{ generator: ENT, folder, missing, args: `generate ${within(module, schema)}`, reads: [] }];
  });
}

/** The tool whose configuration says that it writes a folder. */
function configured(tree: Tree, module: Module, { folder, path, at }: Absent): readonly Lack[] {
  const missing = `${at} imports ${path}, which has no Go file here`;
  for (const generator of GENERATORS) {
    for (const file of generator.config === undefined ? [] : tree.project.find(generator.config.files)) {
      const text = tree.project.read(file) ?? '';
      const outs = [...text.matchAll(generator.config?.out ?? /$^/g)].map(([, out = '']) =>
        posix.join(posix.dirname(file), out),
      );
      if (
        outs.some(
          (out) => out === '.' || folder === out || isIn(folder, out) || posix.dirname(out) === folder,
        )
      )
        return [{ generator, missing, folder: posix.dirname(file), reads: [file] }];
    }
  }
  const swag =
    posix.basename(folder) === 'docs' &&
    module.requires.some((one) => one.path.startsWith(SWAG.module.replace(/swag$/, '')));
  return swag ? [{ generator: SWAG, missing, reads: [] }] : [];
}

function generatedBy(tree: Tree, module: Module, lack: Lack): Generated {
  const { generator, missing, reads } = lack;
  const args = lack.args ?? generator.args;
  const version = generator.apart ? undefined : versionOf(tree, module, generator.module);
  const at = pathWord(module.folder, 'the module');
  const go = at === '.' ? 'go' : `go -C ${at}`;
  return {
    missing: `${missing}.`,
    typed: `${generator.name} ${args}`.trim(),
    command:
      version === undefined
        ? undefined
        : [`${go} run ${generator.module}${generator.program}@${version}`, args].join(' ').trim(),
    module: generator.apart ? undefined : generator.module,
    reads,
  };
}

/** The version of a tool that the project says: in go.mod, else where it is run. */
function versionOf(tree: Tree, { requires }: Module, path: string): string | undefined {
  const plain = (one: string) => one.replace(/\/v\d+$/, '');
  const required = requires.find((one) => plain(one.path) === path);
  if (required !== undefined) return required.version;
  const run = new RegExp(`${verbatim(path)}[\\w/.-]*@(v\\d+[\\w.+-]*)`);
  const places = ['Makefile', 'Taskfile.y*ml', 'justfile', '*.sh', 'scripts/*.sh', 'mise.toml', '**/*.go'];
  for (const file of tree.project.find([...places, '.github/workflows/*.y*ml', 'Dockerfile*'])) {
    const version = run.exec(tree.project.read(file) ?? '')?.[1];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** A package that nothing of the table writes: protoc's by what its files say, else what go generate says. */
function byHand(tree: Tree, { folder, path, at }: Absent): Generated {
  const missing = `${at} imports ${path}, which has no Go file here.`;
  const nothing = { missing, command: undefined, module: undefined, reads: [] };
  const protos = tree.project.find(['*.proto', '**/*.proto']);
  const proto = protos.find((one) => {
    const goes = /option\s+go_package\s*=\s*"([^";]*)/.exec(tree.project.read(one) ?? '')?.[1] ?? '';
    return goes === path || posix.join(posix.dirname(one), goes) === folder || posix.dirname(one) === folder;
  });
  if (proto !== undefined) return { ...nothing, typed: `protoc on ${proto}` };
  const lines = [...foldersOf(tree).values()]
    .flat()
    .some((file) => /^\/\/go:generate /m.test(tree.project.read(file) ?? ''));
  return { ...nothing, typed: lines ? 'go generate ./...' : undefined };
}
