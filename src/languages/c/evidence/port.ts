import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { EXAMPLES } from '../../../kit/env-file.ts';
import { typedPort } from '../../../kit/port.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { defaultPorts, shippedPorts } from './configuration.ts';
import { type Listen, portIn } from './listening.ts';
import type { SeenProgram } from './seen.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

/** A port among the arguments: `--port 8080`, `-p 8080`. */
function portWord(args: readonly string[]): string | undefined {
  const at = args.findIndex((word) => /^(--port|-p|--listen|-l)$/.test(word));
  const text = at >= 0 ? args[at + 1] : args.find((word) => /^--port=/.test(word))?.slice(7);
  return /^-?\d+$/.test(text ?? '') ? text : undefined;
}

export function findPort(
  project: Project,
  { files, listens: { all, server } }: SeenProgram,
  args: readonly string[],
  from: string,
): Found<Port> | Tie<Port> | Unusable | undefined {
  const typed = typedPort(portWord(args), '--args');
  if (typed !== undefined) return typed;
  // `./app 8080`: the one number is the word that the source takes its port from
  const numbers = args.flatMap((word) => (/^\d+$/.test(word) ? (portIn(word) ?? []) : []));
  if (numbers.length === 1 && numbers[0] !== undefined && all.some(({ value }) => value.argument))
    return { value: numbers[0], from: '--args' };
  const tcp = all.filter(({ udp }) => !udp);
  const variable = portVariable(tcp);
  const told = variable === undefined ? undefined : environmentPort(project, variable, ['.env']);
  if (told !== undefined) return told;
  const known = portsOf(tcp.filter((listen) => variable === undefined || listen.value.variable === variable));
  if (known.length > 1) return { tie: known };
  if (known[0] !== undefined) return known[0];
  if (variable !== undefined)
    return (
      environmentPort(project, variable, EXAMPLES) ?? {
        value: 8080,
        from: `default, as ${variable} that ${tcp.find(({ value }) => value.variable)?.at} reads`,
      }
    );
  const at = tcp[0]?.at ?? server;
  // what it is told says more than what it falls back to
  for (const found of at === undefined ? [] : [shippedPorts(project, files, from), defaultPorts(files)])
    if (found.length > 0) return found.length > 1 ? { tie: found } : found[0];
  if (tcp[0] !== undefined)
    return { because: `${tcp[0].at} listens on a port that cannot be read from the source.` };
  if (all[0] !== undefined && all[0].port !== undefined)
    return { value: 'none', from: `${all[0].at} listens on UDP alone, port ${all[0].port}` };
  if (server !== undefined)
    return { because: `${server} begins a server, but no port is seen in the source.` };
  return files.length === 0 ? undefined : { value: 'none', from: `${from} listens on nothing` };
}

/** Every port that could be, once. */
function portsOf(listens: readonly Listen[]): readonly Found<Port>[] {
  const known = new Map<number, Found<Port>>();
  for (const { port, at, value } of listens) {
    const places = value.several ? (value.places ?? []) : [{ text: String(port), at }];
    for (const place of places) {
      const one = portIn(place.text);
      if (one !== undefined && !known.has(one)) known.set(one, { value: one, from: place.at ?? at });
    }
  }
  return [...known.values()];
}

function environmentPort(
  project: Project,
  variable: string,
  files: readonly string[],
): Found<Port> | undefined {
  for (const file of files) {
    const text = project.isFile(file) ? (project.read(file) ?? '') : '';
    const port = portIn(
      new RegExp(
        `^[ \\t]*(?:export[ \\t]+)?${verbatim(variable)}[ \\t]*=[ \\t]*["']?(\\d+)["']?[ \\t]*(?:#.*)?$`,
        'm',
      ).exec(text)?.[1],
    );
    if (port !== undefined) return { value: port, from: `${file} → ${variable}` };
  }
  return undefined;
}

/** The variable that the program takes its port from. */
export function portVariable(listens: readonly Listen[]): string | undefined {
  const names = listens.flatMap(({ value }) => (value.variable === undefined ? [] : [value.variable]));
  return names.includes('PORT') ? 'PORT' : names[0];
}

const LOCAL = /^(localhost|127(\.\d+){3}|::1|\[::1\])$/;

/** A bind that nobody outside the container reaches: by a variable that can say otherwise, or fixed at a line. */
export function findLocalBind(
  listens: readonly Listen[],
): { readonly variable: string } | { readonly at: string } | undefined {
  const local = listens.filter(({ host }) => host !== undefined && LOCAL.test(host));
  // beside others that listen elsewhere it is for the program itself
  const [first] =
    local.length < listens.length && local.every(({ hostVariable }) => !hostVariable) ? [] : local;
  if (first === undefined) return undefined;
  return first.hostVariable === undefined ? { at: first.at } : { variable: first.hostVariable };
}

/** A fixed port that is another one than was said, and where. */
export function findFixed(
  listens: readonly Listen[],
  port: number,
): { readonly at: string; readonly port: number } | undefined {
  const open = ({ value }: Listen) =>
    value.variable ?? value.flag ?? value.argument ?? value.partly ?? value.several;
  if (listens.some((listen) => open(listen) || listen.port === port || listen.port === undefined))
    return undefined;
  const [first] = listens;
  return first?.port === undefined ? undefined : { at: first.at, port: first.port };
}
