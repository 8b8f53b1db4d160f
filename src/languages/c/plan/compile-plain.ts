import { posix } from 'node:path';
import { pathWord, shellWord } from '../../../plan/quote.ts';
import { INSTALL, PREFIX } from '../evidence/facts.ts';
import { installedBy, programAt } from '../evidence/installed.ts';
import type { Library } from '../evidence/libraries.ts';
import { isCpp, standardOf } from '../evidence/loose.ts';
import { stagingOf } from '../evidence/make/make.ts';
import { readMakefile } from '../evidence/make/makefile.ts';
import { includesOf, search } from '../evidence/sources.ts';
import type { Compile, CompileTo } from './compile.ts';
import { TRIPLET } from './cross.ts';
import { environmentOf, flagsOf } from './hardening.ts';
import { makeVariables } from './make-variables.ts';

/** By a Makefile: it is told as much as it lets itself be told. */
export function makeOf(to: CompileTo): Compile {
  const { executable } = to;
  // variables of the command line reach the Makefiles below
  const makefile = readMakefile(to.project, posix.dirname(executable.at)) ?? readMakefile(to.project);
  if (makefile === undefined) throw new Error('make without a Makefile');
  const { words, environment, deaf } = makeVariables(makefile, flagsOf(to), to.speaks);
  const staging = stagingOf(makefile) ?? [];
  // the prefix is compiled in, so both calls hear the same one unless it is all that install hears
  const prefix = staging.some((word) => word.startsWith('DESTDIR'))
    ? staging.filter((word) => !word.startsWith('DESTDIR'))
    : [];
  const call = ['make', ...words, ...to.options.map(shellWord)];
  const target =
    executable.installed !== undefined || executable.target === undefined
      ? []
      : [shellWord(executable.target)];
  return {
    tools: [],
    environment: environmentOf(environment, to.speaks),
    step: {
      mounts: [],
      commands: [
        // not in parallel: a Makefile that is written by hand may not know all that depends on what
        [...call, ...prefix, ...target].join(' '),
        ...installedBy([...call, ...staging, 'install'].join(' '), to),
      ],
    },
    program: programAt(executable),
    deaf,
  };
}

/** By the compiler alone: one command with all sources of the program. */
export function sourcesAloneOf(to: CompileTo): Compile {
  const { executable, sources, project } = to;
  const files = executable.sources.map((path) => pathWord(path, 'the project'));
  const cpp = isCpp(files);
  const standard = cpp ? standardOf(sources) : undefined;
  const folders = ['include', 'inc', 'src'].filter(
    (folder) => project.find(`${folder}/**/*.{h,hh,hpp,hxx}`).length > 0,
  );
  const math = !cpp && includesOf(sources).some(({ name }) => /^(math|complex|tgmath)\.h$/.test(name));
  const threads =
    search(sources, /\bpthread_\w+\s*\(|\bstd::(?:j?thread|async)\b|#\s*include\s*<threads\.h>/g).length > 0;
  const openmp = search(sources, /#\s*pragma\s+omp\b/g).length > 0;
  const words = [
    to.cross ? `"$triplet-${cpp ? 'g++' : 'gcc'}"` : cpp ? 'g++' : 'gcc',
    ...(standard === undefined ? [] : [standard]),
    cpp ? '$CXXFLAGS' : '$CFLAGS',
    ...(threads ? ['-pthread'] : []),
    ...(openmp ? ['-fopenmp'] : []),
    ...folders.map((folder) => `-I${folder}`),
    '$LDFLAGS',
    '-o',
    shellWord(INSTALL + programAt(executable)),
    ...files,
    ...to.libraries.flatMap(linkNames).map((name) => `-l${name}`),
    ...(math ? ['-lm'] : []),
  ];
  return {
    tools: [],
    environment: environmentOf(flagsOf(to), { c: !cpp, cpp }),
    step: {
      mounts: [],
      commands: [`install -d ${INSTALL}${PREFIX}/bin`, ...(to.cross ? [TRIPLET] : []), words.join(' ')],
    },
    program: programAt(executable),
    deaf: undefined,
  };
}

/** Libraries that one name of theirs is not enough for. */
const WHOLE = new Set(['openssl', 'mbedtls']);

function linkNames(library: Library): readonly string[] {
  const names = library.link ?? [];
  return WHOLE.has(library.name) ? names : names.slice(0, 1);
}
