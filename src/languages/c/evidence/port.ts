import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import type { Listen } from './listening.ts';
import { SERVERS } from './listening.ts';
import { type SourceFile, search } from './sources.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

/** A port among the arguments: `--port 8080`, `-p 8080`. */
function typedPort(args: readonly string[]): number | undefined {
  const at = args.findIndex((word) => /^(--port|-p|--listen|-l)$/.test(word));
  const text = at >= 0 ? args[at + 1] : args.find((word) => /^--port=/.test(word))?.slice(7);
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

export function findPort(
  files: readonly SourceFile[],
  listens: readonly Listen[],
  args: readonly string[],
  from: string,
): Found<Port> | Tie<Port> | Unusable | undefined {
  const typed = typedPort(args);
  if (typed !== undefined) return { value: typed, from: '--args' };
  const known = new Map<number, Found<Port>>();
  for (const { port, at } of listens)
    if (port !== undefined && !known.has(Number(port)))
      known.set(Number(port), { value: Number(port), from: at });
  const variable = portVariable(listens);
  const chosen = listens.find((listen) => listen.variable === variable && listen.port !== undefined);
  if (variable !== undefined && chosen?.port !== undefined)
    return { value: Number(chosen.port), from: chosen.at };
  if (known.size > 1) return { tie: [...known.values()] };
  const [only] = known.values();
  if (only !== undefined) return only;
  if (variable !== undefined)
    return { value: 8080, from: `default, as ${variable} that ${listens.find((l) => l.variable)?.at} reads` };
  if (listens.length > 0)
    return { because: `${listens[0]?.at} listens on a port that cannot be read from the source.` };
  const [server] = search(files, new RegExp(SERVERS, 'g'));
  if (server !== undefined)
    return { because: `${server.at} begins a server, but no port is seen in the source.` };
  return files.length === 0 ? undefined : { value: 'none', from: `${from} listens on nothing` };
}

/** The variable that the program takes its port from. */
export function portVariable(listens: readonly Listen[]): string | undefined {
  const names = listens.flatMap((listen) => listen.variable ?? []);
  return names.includes('PORT') ? 'PORT' : names[0];
}

const LOCAL = /^(localhost|127(\.\d+){3}|::1)$/;

/** A bind that nobody outside the container reaches: by a variable that can say otherwise, or fixed at a line. */
export function findLocalBind(
  listens: readonly Listen[],
): { readonly variable: string } | { readonly at: string } | undefined {
  for (const { host, hostVariable, at } of listens) {
    if (host === undefined || !LOCAL.test(host)) continue;
    return hostVariable === undefined ? { at } : { variable: hostVariable };
  }
  return undefined;
}
