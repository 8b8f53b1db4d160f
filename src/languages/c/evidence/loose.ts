import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import { BUILD, type BuildFacts } from './facts.ts';
import { hasMain, includesOf, type SourceFile, type Sources } from './sources.ts';

const COMPILES = /\.(c|cc|cpp|cxx)$/;

/** Sources without a build file: each `main` is a program, made of its file and of what it includes. */
export function readLoose(project: Project, { own }: Sources): BuildFacts {
  const compiled = own.filter((file) => COMPILES.test(file.path));
  const mains = compiled.filter(hasMain);
  const executables = mains.map((file) => {
    const name = nameOf(project, file.path, mains.length);
    const sources = mains.length === 1 ? compiled.map((f) => f.path) : closure(file, own, mains);
    return {
      name,
      at: file.path,
      installed: undefined,
      path: posix.join(BUILD, name),
      target: name,
      sources,
    };
  });
  return {
    executables,
    needs: [],
    files: [],
    installsMore: false,
    sharedLibraries: false,
    downloads: undefined,
    options: [],
  };
}

/** `main.c` says nothing, so the project's name does. */
function nameOf(project: Project, path: string, programs: number): string {
  const stem = posix.basename(path).replace(COMPILES, '');
  if (stem !== 'main' || programs > 1) return stem;
  return project.name.replace(/[^\w.-]+/g, '-').replace(/^[-.]+|-+$/g, '') || 'main';
}

/** The sources of one program among several: its own file, and those beside the headers that it includes. */
function closure(
  main: SourceFile,
  own: readonly SourceFile[],
  mains: readonly SourceFile[],
): readonly string[] {
  const reached = new Set([main]);
  for (const file of reached) {
    for (const { name } of includesOf([file])) {
      const stem = posix.basename(name).replace(/\.\w+$/, '');
      for (const other of own)
        if (!mains.includes(other) && posix.basename(other.path).replace(/\.\w+$/, '') === stem)
          reached.add(other);
    }
  }
  return [...reached].map((file) => file.path).filter((path) => COMPILES.test(path));
}

/** Headers by which a standard of C++ is known that the compiler does not speak unless told. */
const STANDARDS: readonly (readonly [flag: string, pattern: RegExp])[] = [
  [
    '-std=c++23',
    /#\s*include\s*<(print|expected|mdspan|flat_map|flat_set|generator|stacktrace)>|\bstd::print(ln)?\s*\(/,
  ],
  [
    '-std=c++20',
    /#\s*include\s*<(format|ranges|concepts|span|coroutine|source_location|numbers|bit|compare|semaphore|latch|barrier|stop_token)>|\bstd::(jthread|format)\b|\bco_(await|yield|return)\b/,
  ],
];

export function standardOf(files: readonly SourceFile[]): string | undefined {
  return STANDARDS.find(([, pattern]) => files.some((file) => pattern.test(file.text)))?.[0];
}

export function isCpp(paths: readonly string[]): boolean {
  return paths.some((path) => /\.(cc|cpp|cxx)$/.test(path));
}
