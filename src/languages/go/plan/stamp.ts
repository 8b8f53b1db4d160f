import { posix } from 'node:path';
import { bindingsOf } from '../../../kit/bindings.ts';
import { textOf } from '../../../kit/syntax.ts';
import type { Project } from '../../../project/project.ts';
import type { Program } from '../evidence/program.ts';
import { lineAt, type Source } from '../evidence/sources.ts';
import { ownerOf } from '../evidence/workspace.ts';

/** A variable of the program that a build fills: `-X main.version=$VERSION`. */
export interface Stamp {
  /** As the linker calls it: `main.version`, `example.com/shop/internal/build.Version`. */
  readonly symbol: string;
  readonly argument: 'VERSION' | 'REVISION';
  /** What it says without an argument. */
  readonly otherwise: string;
  readonly at: string;
}

/** Names that such a variable has, and the argument that fills it. The date is left out: it would make each build another. */
const NAMES: readonly { readonly argument: Stamp['argument']; readonly name: RegExp }[] = [
  { argument: 'VERSION', name: /^(?:app|build)?version$/i },
  { argument: 'REVISION', name: /^(?:git|build)?(?:commit|revision)(?:sha|hash)?$/i },
];
/** What nobody gave a value yet: another text is a version that is kept by hand. */
const UNSET = /^(|dev|devel|development|unknown|none|n\/a|snapshot|latest|local|undefined|0\.0\.0(-\w+)?)$/i;

/** Package variables of type string that wait to be filled by the linker. */
export function findStamps(project: Project, program: Program): readonly Stamp[] {
  const { main, sources } = program;
  const asked = linked(project);
  const modules = [...main.workspace.modules, ...main.workspace.local];
  return NAMES.flatMap(({ argument, name }) => {
    for (const file of sources.files) {
      const own = file.package === 'main';
      const folder = posix.dirname(file.path);
      const owner = ownerOf(modules, folder);
      const path = own ? 'main' : owner && posix.join(owner.module, posix.relative(owner.folder, folder));
      if (path === undefined || !/^[\w./-]+$/.test(path)) continue;
      const told = own || /(^|\/)(version|buildinfo|build|info|meta)$/.test(folder);
      for (const { name: variable, text, at } of variablesOf(file, name)) {
        const symbol = `${path}.${variable}`;
        if (!asked.includes(symbol) && !(told && UNSET.test(text))) continue;
        return [{ symbol, argument, otherwise: /^[\w.+-]+$/.test(text) ? text : 'dev', at }];
      }
    }
    return [];
  });
}

/** Variables of a package by their names, those that a text or nothing is given: the linker fills no other. */
function variablesOf(file: Source, pattern: RegExp): readonly { name: string; text: string; at: string }[] {
  const source = file.lexed();
  return [...bindingsOf(source)].flatMap(([name, bindings]) => {
    const [only] = bindings.filter((one) => one.declares && one.scope.kind === 'file');
    if (only === undefined || !pattern.test(name) || !/^(string)?$/.test(only.type)) return [];
    const before = source.code.slice(0, only.at);
    if (before.lastIndexOf('\nconst') > before.lastIndexOf('\nvar')) return [];
    const text = only.value === undefined ? '' : textOf(source, only.value);
    return text === undefined ? [] : [{ name, text, at: lineAt(file, only.at) }];
  });
}

/** Symbols that the project's own build fills, wherever it says so. */
function linked(project: Project): readonly string[] {
  const files = project.find([
    'Makefile',
    'Taskfile.y*ml',
    'justfile',
    '.goreleaser.y*ml',
    'magefile.go',
    '*.sh',
  ]);
  return files.flatMap((path) =>
    [...(project.read(path) ?? '').matchAll(/-X\s+['"]?([\w./-]+)=/g)].map(([, symbol = '']) => symbol),
  );
}
