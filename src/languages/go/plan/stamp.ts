import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import type { Program } from '../evidence/program.ts';
import { lineAt } from '../evidence/sources.ts';
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
const NAMES: readonly { readonly argument: Stamp['argument']; readonly pattern: RegExp }[] = [
  {
    argument: 'VERSION',
    pattern: /^(?:var\s+|\t)((?:app|build)?[vV]ersion)(?:\s+string)?\s*(?:=\s*"([^"\n]*)")?\s*$/m,
  },
  {
    argument: 'REVISION',
    pattern:
      /^(?:var\s+|\t)((?:git|build)?(?:[cC]ommit|[rR]evision)(?:SHA|Sha|Hash)?)(?:\s+string)?\s*(?:=\s*"([^"\n]*)")?\s*$/m,
  },
];
/** What nobody gave a value yet: another text is a version that is kept by hand. */
const UNSET = /^(|dev|devel|development|unknown|none|n\/a|snapshot|latest|local|undefined|0\.0\.0(-\w+)?)$/i;

/** Package variables of type string that wait to be filled by the linker. */
export function findStamps(project: Project, program: Program): readonly Stamp[] {
  const { main, sources } = program;
  const asked = linked(project);
  return NAMES.flatMap(({ argument, pattern }) => {
    for (const file of sources.files) {
      const own = file.package === 'main';
      const folder = posix.dirname(file.path);
      const owner = ownerOf([...main.workspace.modules, ...main.workspace.local], folder);
      const module = owner && posix.join(owner.module, posix.relative(owner.folder, folder));
      const [text, name, value = ''] = outside(pattern.exec(file.text), file.text) ?? [];
      if (text === undefined || name === undefined) continue;
      if (!own && module === undefined) continue;
      const symbol = own ? `main.${name}` : `${module}.${name}`;
      if (!/^[\w./-]+$/.test(symbol)) continue;
      const named = asked.includes(symbol);
      if (
        !named &&
        !(UNSET.test(value) && (own || /(^|\/)(version|buildinfo|build|info|meta)$/.test(folder)))
      )
        continue;
      const otherwise = /^[\w.+-]+$/.test(value) ? value : 'dev';
      return [{ symbol, argument, otherwise, at: lineAt(file, file.text.indexOf(text)) }];
    }
    return [];
  });
}

/** A match inside of a function is a local variable. */
function outside(match: RegExpExecArray | null, text: string): RegExpExecArray | undefined {
  if (match === null) return undefined;
  if (match[0].startsWith('var')) return match;
  const block = text.lastIndexOf('\nvar (', match.index);
  return block >= 0 && !text.slice(block, match.index).includes('\n)') ? match : undefined;
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
