import { callsOf, type Sources } from './sources.ts';
import { codeOf } from './syntax.ts';

/** How programs of a language end themselves on SIGTERM. */
export interface Handles {
  /** The last words of calls that install a handler: `on`, `signal`, `Notify`. */
  readonly calls: readonly string[];
  /** What is called, as a whole. */
  readonly of: RegExp;
  /** The signal, as the call's file writes it, in code or as a text. */
  readonly signal: RegExp;
  /** Packages that install a handler and end the process after it. */
  readonly packages: readonly string[];
}

/** Where the program ends itself on SIGTERM: the kernel gives process 1 no default for it. */
export function handlerOf(sources: Sources, { calls, of, signal, packages }: Handles): string | undefined {
  for (const name of calls)
    for (const call of callsOf(sources, name)) {
      if (!of.test(call.name)) continue;
      const { source, args } = call;
      const [from, to] = [args[0]?.from ?? call.from, args[args.length - 1]?.to ?? call.to];
      const said = source.strings.some((one) => one.from >= from && one.to <= to && signal.test(one.text));
      if (said || signal.test(codeOf(source, { from, to }))) return call.at;
      // names in a list, one handler for all of them
      const first = args[0];
      const named = first !== undefined && source.texts.get(first.from) === undefined;
      const listed = named ? source.strings.find((one) => signal.test(one.text)) : undefined;
      if (listed !== undefined) return call.at;
    }
  return packages.find((name) => sources.packages.has(name));
}
