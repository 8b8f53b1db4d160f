import type { Source } from '../../../kit/dialect.ts';
import { folderOf, hereReader, joinPaths, SIGNS } from '../../../kit/paths.ts';
import type { Given, Program, Reader, Target } from '../../../kit/program.ts';
import { enclosing } from '../../../kit/ranges.ts';
import { callsOf } from '../../../kit/sources.ts';
import { argument, textOf } from '../../../kit/syntax.ts';
import type { Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Modules } from './modules.ts';
import { type Subcommands, subcommandsOf } from './subcommands.ts';

/** A program, the words that it is started with, and what they ask for. */
export interface PythonProgram extends Program {
  readonly words: readonly string[];
  readonly subcommands: () => Subcommands;
}

/** Calls of libraries that read the environment, with the place of their default. */
const READERS: readonly Reader[] = [
  {
    // https://github.com/HBNetwork/python-decouple, https://django-environ.readthedocs.io, https://github.com/sloria/environs
    of: /^(?:config|env|environ)(?:\.(?:str|int|bool|list|url|path|port))?$/,
    read({ source, args, text, worth, at }) {
      const variable = text(args[0]);
      if (variable === undefined || !/^[A-Za-z_]\w*$/.test(variable)) return undefined;
      const otherwise = argument(source, { args }, 'default', 1);
      return { ...(otherwise === undefined ? {} : worth(otherwise)), variable, at };
    },
    docs: 'https://github.com/HBNetwork/python-decouple',
  },
  {
    // https://docs.python.org/3/library/argparse.html, https://www.tornadoweb.org/en/stable/options.html
    of: /^\w+\.\w+$/,
    read({ program, source, chain, path }) {
      const [head, tail] = chain;
      if (head === undefined || tail?.kind !== 'name' || path.length > 0) return undefined;
      const parsed = new RegExp(
        `(?<![\\w.])${verbatim(head.name)}\\s*(?::[^=\\n]+)?=\\s*[\\w.()]*\\.?parse_(?:known_)?args\\s*\\(`,
      );
      return parsed.test(source.code) ||
        /^(?:args|opts|options|arguments|parsed_args|cli_args)$/.test(head.name)
        ? argumentNamed(program as PythonProgram, tail.name)
        : undefined;
    },
  },
  {
    // https://typer.tiangolo.com/reference/parameters/
    of: /^(?:typer\.)?Option$/,
    read({ source, args, worth, text }) {
      const flag = args.slice(1).flatMap((arg) => /^--([\w-]+)$/.exec(text(arg) ?? '')?.[1] ?? [])[0];
      const variable = text(argument(source, { args }, 'envvar'));
      return {
        ...worth(argument(source, { args }, 'default', 0)),
        ...(flag && { flag }),
        ...(variable && { variable }),
      };
    },
  },
  // https://docs.python.org/3/library/pathlib.html, https://docs.python.org/3/library/os.path.html
  hereReader(/^__file__$/, 'file'),
  {
    of: /^(?:pathlib\.)?(?:Pure)?(?:Posix)?Path$|^(?:os\.path\.|path\.|op\.|osp\.)?join$/,
    read: ({ args, worth }) =>
      args.length === 0 ? undefined : homed(joinPaths(args.map((arg) => worth(arg)))),
  },
  {
    of: /\.joinpath$/,
    read: (given) => joinPaths([before(given, 2), ...given.args.map((arg) => given.worth(arg))]),
  },
  { of: /(?:^|\.)(?:getcwd|Path\.cwd)$/, read: ({ at }) => ({ text: SIGNS.cwd, at }) },
  { of: /(?:^|\.)Path\.home$/, read: ({ at }) => ({ text: SIGNS.home, at }) },
  { of: /(?:^|\.)gettempdir$/, read: ({ at }) => ({ text: '/tmp', at }) },
  {
    of: /^(?:os\.path\.|path\.|op\.|osp\.)?dirname$/,
    read: ({ args, worth }) => (args[0] === undefined ? undefined : folderOf(worth(args[0]))),
  },
  { of: /\.parent$/, read: (given) => (given.path.length > 0 ? undefined : folderOf(before(given, 1))) },
  {
    of: /\.parents\[\]$/,
    read(given) {
      const { source, chain, path } = given;
      const index = chain.at(-1)?.range;
      const count = index === undefined ? Number.NaN : Number(source.code.slice(index.from, index.to));
      if (path.length > 0 || !(count >= 0 && count < 20)) return undefined;
      let value = before(given, 2);
      for (let step = 0; step <= count; step++) value = folderOf(value);
      return value;
    },
  },
];

/** What declares an option of the command line: argparse, optparse, click, tornado. */
const DECLARES = ['add_argument', 'add_option', 'option', 'define'];

/** An option by the name that the program reads it by; undefined: none declares it. */
function argumentNamed(program: PythonProgram, name: string): Value | undefined {
  for (const call of DECLARES.flatMap((word) => callsOf({ files: program.sources }, word))) {
    const { source, args, at } = call;
    const said = args.flatMap((arg) => textOf(source, arg) ?? []);
    const long = said
      .find((text) => text.startsWith('--'))
      ?.slice(2)
      .split('/')[0];
    const plain = call.name === 'define' || call.name.endsWith('.define') ? said[0] : undefined;
    const dest = textOf(source, argument(source, call, 'dest') ?? { from: 0, to: 0 });
    const own = dest ?? said.find((text) => /^[a-z_]\w*$/.test(text) && long !== undefined) ?? long ?? plain;
    if (own?.replaceAll('-', '_') !== name) continue;
    const otherwise = argument(source, call, 'default', plain === undefined ? undefined : 1);
    const variable = textOf(source, argument(source, call, 'envvar') ?? { from: 0, to: 0 });
    // an option of a command that is not started is none of the program's
    const owner = program.subcommands().ownerOf(source, call.to - 1);
    const taken = owner === undefined || owner.every((word) => program.words.includes(word));
    return {
      ...(otherwise === undefined ? {} : worth(program, source, otherwise)),
      flag: taken ? (long ?? plain) : undefined,
      ...(variable === undefined ? {} : { variable }),
      at,
    };
  }
  return undefined;
}

/** What a chain is worth without its last links. */
function before({ chain, worth }: Given, links: number): Value {
  const from = chain[0]?.range.from ?? 0;
  const start = chain[0]?.kind === 'group' ? from - 1 : from;
  return worth({ from: start, to: chain.at(-links - 1)?.end ?? start });
}

/** `~/shop` is below the home of the user. */
function homed(value: Value): Value {
  return value.text?.startsWith('~/') ? { ...value, text: SIGNS.home + value.text.slice(2) } : value;
}

/** The files that are reached from an entry, as the kit reads what an expression is worth. */
export function programOf(
  project: Project,
  modules: Modules,
  entries: readonly string[],
  roots: readonly string[],
  words: readonly string[] = [],
): PythonProgram {
  const paths = modules.reached(
    entries.filter((path) => project.isFile(path)),
    roots,
  );
  const sources = paths.map((path) => modules.source(path));
  const target = (path: string | undefined, name: string): readonly Target[] =>
    path?.endsWith('.py') ? [{ source: modules.source(path), name }] : [];
  let subcommands: Subcommands | undefined;
  const program: PythonProgram = {
    sources,
    words,
    subcommands() {
      subcommands ??= subcommandsOf(sources);
      return subcommands;
    },
    memo: new Map(),
    readers: READERS,
    // click hands its options over as parameters
    unnamed(source, keys) {
      const [name] = keys;
      if (keys.length !== 1 || name === undefined) return undefined;
      // what a file gives a value itself is no parameter
      const own = new RegExp(`^[^\\S\\n]*${verbatim(name)}[^\\S\\n]*(?::[^=\\n]{1,80})?=(?!=)`, 'gm');
      const given = [...source.code.matchAll(own)].some(
        ({ index }) => enclosing(source, index + 1) === undefined,
      );
      return given ? undefined : argumentNamed(program, name);
    },
    resolve(source: Source, name: string) {
      return modules.imports(source.path).flatMap((one) => {
        if (one.names.length === 0) {
          if (one.as !== name) return [];
          return target(modules.resolve(source.path, one, undefined, roots), '*');
        }
        return one.names.flatMap(({ name: taken, as }) => {
          if (as !== name && taken !== '*') return [];
          const inner = taken === '*' ? undefined : modules.resolve(source.path, one, taken, roots);
          if (inner !== undefined) return target(inner, '*');
          return target(modules.resolve(source.path, one, undefined, roots), taken === '*' ? name : taken);
        });
      });
    },
  };
  return program;
}
