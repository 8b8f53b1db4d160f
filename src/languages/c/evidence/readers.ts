import type { Program, Reader } from '../../../kit/program.ts';
import { calls, literalAt } from '../../../kit/syntax.ts';
import { joined, type Value } from '../../../kit/value.ts';
import { worth } from '../../../kit/worth.ts';

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

/** What one directive of printf makes of a value; undefined: there are more. */
function printed(format: string | undefined, value: Value): Value | undefined {
  const [before, after, ...more] = format?.split(/%(?:h{0,2}|l{0,2})[dius]/) ?? [];
  if (before === undefined || after === undefined || more.length > 0) return undefined;
  return before === '' && after === '' ? value : joined([{ text: before }, value, { text: after }]);
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
  // the argument behind an option in ARGBEGIN: https://9fans.github.io/plan9port/man/man3/arg.html
  { of: /^E?ARGF$/, read: ({ at }) => ({ argument: true, at }) },
  // snprintf(service, sizeof service, "%u", port)
  {
    of: /^snprintf$/,
    fills: 0,
    read: ({ args, text, worth: value }) => printed(text(args[2]), value(args[3])),
  },
  {
    of: /^sprintf$/,
    fills: 0,
    read: ({ args, text, worth: value }) => printed(text(args[1]), value(args[2])),
  },
  // a copy of a text, or a text that is kept once: xstrdup("127.0.0.1"), internAtom("127.0.0.1")->string
  {
    of: /^\w*(?:dup|[iI]ntern|[aA]tom|sdsnew)\w*$/,
    read: ({ args, text, at }) => {
      const [only, ...more] = args.flatMap((arg) => text(arg) ?? []);
      return only === undefined || more.length > 0 ? undefined : { text: only, at };
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
