import type { Program, Reader } from '../../../kit/program.ts';
import { calls, literalAt } from '../../../kit/syntax.ts';
import { type Value, worth } from '../../../kit/worth.ts';

/** The default of an option that a library of the command line declares: the call that names it, and the number of its default. */
function declared(
  program: Program,
  pattern: RegExp,
  name: string,
  place: number,
  named = 0,
): Value | undefined {
  for (const source of program.sources)
    for (const call of calls(source, pattern)) {
      const word = call.args[named];
      if (word === undefined) continue;
      const text = literalAt(source, word)?.text ?? source.code.slice(word.from, word.to).trim();
      if (text.split(',').some((one) => one.trim() === name)) return worth(program, source, call.args[place]);
    }
  return undefined;
}

/** `("p,port", "…", cxxopts::value<int>()->default_value("8080"))`, and Boost's `value<int>()->default_value(8080)`. */
function byDefaultValue(program: Program, name: string): Value | undefined {
  for (const source of program.sources)
    for (const word of source.strings) {
      if (!word.text.split(',').includes(name)) continue;
      const end = source.code.indexOf(')(', word.to);
      const [call] = calls(source, /\bdefault_value\s*\(/g).filter(
        ({ from }) => from > word.to && from < word.to + 400 && (end < 0 || from < end),
      );
      if (call !== undefined) return worth(program, source, call.args[0]);
    }
  return undefined;
}

/** Libraries of the command line, as far as they have defaults of their own. */
export const READERS: readonly Reader[] = [
  // DEFINE_int32(port, 8080, "…"): https://gflags.github.io/gflags/
  {
    of: /^FLAGS_\w+$/,
    read: ({ program, name, at }) => {
      const flag = name.slice(6);
      const value =
        declared(program, /\bDEFINE_\w+\s*\(/g, flag, 1) ??
        declared(program, /\bABSL_FLAG\s*\(/g, flag, 2, 1);
      return value === undefined ? undefined : { ...value, flag, at };
    },
  },
  // absl::GetFlag(FLAGS_port): https://abseil.io/docs/cpp/guides/flags
  { of: /^(?:absl\.)?GetFlag$/, read: ({ worth: value, args }) => value(args[0]) },
  // result["port"].as<int>(): https://github.com/jarro2783/cxxopts, Boost.Program_options
  {
    of: /^\w+\[\]\.as(?:\(\))?$/,
    read: ({ program, source, chain, at }) => {
      const index = chain.find((link) => link.kind === 'index');
      const name = index === undefined ? undefined : literalAt(source, index.range)?.text;
      const value = name === undefined ? undefined : byDefaultValue(program, name);
      return value === undefined ? undefined : { ...value, flag: name, at };
    },
  },
  // a conversion of its own: xstr_to_num(argv[i])
  {
    of: /^\w+$/,
    read: ({ args, worth: value }) =>
      args.some((arg) => value(arg).argument && value(arg).text === undefined)
        ? { argument: true }
        : undefined,
  },
];
