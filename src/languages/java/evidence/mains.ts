import { posix } from 'node:path';
import type { Found } from '../../../facts/language.ts';
import type { Source } from '../../../kit/dialect.ts';
import { lineAt } from '../../../kit/syntax.ts';

/** How a language that runs on the JVM declares what is started, and how its class is called then. */
const ENTRIES: readonly {
  readonly files: RegExp;
  readonly main: RegExp;
  /** A function outside of classes: its class is named for the file. */
  readonly top?: true;
  /** Matched on the names of the class instead: `object Main extends App`. */
  readonly named?: true;
  /** The first version of Java that starts it. */
  readonly since?: number;
}[] = [
  {
    files: /\.java$/,
    main: /\b(?:public\s+static|static\s+public)\s+(?:final\s+)?void\s+main\s*\(\s*(?:final\s+)?String/g,
  },
  // https://openjdk.org/jeps/512: from 25 on it needs no argument, is no static, and stands outside of classes
  {
    files: /\.java$/,
    main: /(?:^|[;{}])\s{0,2000}(?:(?:public|protected|static|final)\s{1,40}){0,4}void\s+main\s*\(\s*(?:\)|(?:final\s+)?String)/g,
    top: true,
    since: 25,
  },
  { files: /\.groovy$/, main: /\bstatic\s+(?:void|def)\s+main\s*\(/g },
  { files: /\.kt$/, main: /(?:^|\n)[ \t]*(?:suspend[ \t]+)?fun[ \t]+main[ \t]*\(/g, top: true },
  { files: /\.scala$/, main: /\bobject\s+(\w+)\s+extends\s+(?:\w+\s+with\s+)*App\b/g, named: true },
  { files: /\.scala$/, main: /\bdef\s+main\s*\(/g },
];

/** Classes that can be started, in the sources of a module. */
export function mainsIn(sources: readonly Source[], release: number): readonly Found<string>[] {
  const all = sources.flatMap((source) =>
    ENTRIES.filter(({ files, since = 0 }) => files.test(source.path) && release >= since).flatMap((entry) =>
      [...source.code.matchAll(entry.main)].flatMap((match) => {
        const at = match.index + match[0].search(/\b(?:main|App)\b/);
        const owner = entry.named ? match[1] : classAt(source, at);
        const name = owner ?? (entry.top ? fileClass(source) : undefined);
        const own = packageOf(source);
        return name === undefined
          ? []
          : [{ value: own === undefined ? name : `${own}.${name}`, from: lineAt(source, at) }];
      }),
    ),
  );
  // a method that is found twice is of the first row
  const byName = new Map(all.map((one) => [one.value, one]).reverse() as [string, Found<string>][]);
  return all.filter((one) => byName.get(one.value) === one);
}

function packageOf({ code }: Source): string | undefined {
  return /^[^\S\n]*package\s+([\w.]+)/m.exec(code)?.[1];
}

/** The classes around a position, `Outer$Inner`; those of a companion belong to the class that has it. */
function classAt({ code, pairs }: Source, at: number): string | undefined {
  const names: string[] = [];
  for (const match of code.matchAll(
    /\b(?:class|interface|enum|record|object)\s+(\w{1,200})?[^{};]{0,400}\{/g,
  )) {
    const open = match.index + match[0].length - 1;
    if (open < at && (pairs.get(open) ?? code.length) > at && match[1] !== undefined) names.push(match[1]);
  }
  return names.length > 0 ? names.join('$') : undefined;
}

/** Kotlin: `Main.kt` is MainKt, unless the file says how it is called; a compact file of Java is called as it is. */
function fileClass({ path, text }: Source): string {
  if (path.endsWith('.java')) return posix.basename(path, '.java');
  const name = /@file:JvmName\("(\w+)"\)/.exec(text)?.[1];
  const file = (path.split('/').at(-1) ?? '').replace(/\.kt$/, '');
  return name ?? `${file.charAt(0).toUpperCase()}${file.slice(1).replace(/\W/g, '_')}Kt`;
}
