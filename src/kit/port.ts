/**
 * Which port is exposed, and how it gets into the program.
 *
 * One that is proven is taken; those that contradict each other are a tie, what cannot be read is asked. `bindOf` says it to
 * the program by the variable or the flag that it reads, and takes a bind to localhost back where one can.
 */
import type { Found, Tie, Unusable } from '../facts/language.ts';
import type { Project } from '../project/project.ts';
import { isLocal } from './address.ts';
import { exampleOf } from './env-file.ts';
import type { Listen } from './listens.ts';
import type { Candidate, Value } from './value.ts';

/** A port, or `none` for a program that listens on nothing. */
export type Port = number | 'none';

/** Whether anything at all is known of a value. */
function isKnown({ text, variable, flag }: Value): boolean {
  return (text ?? variable ?? flag) !== undefined;
}

/** A port that there is, out of a text of nothing else: 65536 is none, and neither are 0, -1, 1e3 and 0x1f90. */
export function portOf(text: string | undefined): number | undefined {
  const port = /^\d{1,5}$/.test(text ?? '') ? Number(text) : 0;
  return port > 0 && port < 65536 ? port : undefined;
}

/** A port, or an address that ends with one. */
const portIn = (text: string | undefined): number | undefined =>
  portOf(text?.slice(text.lastIndexOf(':') + 1));

/** What words that are typed say of the port: one that is none cannot be used. */
export function typedPort(text: string | undefined, from: string): Found<number> | Unusable | undefined {
  if (text === undefined || !/^-?\d/.test(text)) return undefined;
  const value = portOf(text);
  return value === undefined ? { because: `${from} names port ${text}, which is none.` } : { value, from };
}

/**
 * The listeners that decide: without what only operators reach (profiles on localhost, metrics), what is off unless it is
 * asked for, and what is no stream, where something else is there.
 */
export function serving(all: readonly Listen[]): readonly Listen[] {
  const rules: readonly ((listen: Listen) => boolean)[] = [
    ({ only, port }) => only === undefined || only === `${port.variable}=…` || only === `--${port.flag}`,
    ({ speaks }) => speaks !== 'udp',
    // a bind to localhost that can be taken back is the program's own
    ({ host }) => !isLocal(host.text ?? '') || (host.variable ?? host.flag) !== undefined,
    ({ aside }) => !aside,
  ];
  return rules.reduce((listens, rule) => {
    const kept = listens.filter(rule);
    return kept.length > 0 ? kept : listens;
  }, all);
}

/** The variable that the program takes its port from, or its whole address. */
export function portVariable(all: readonly Listen[]): string | undefined {
  const names = serving(all).flatMap(({ port }) => port.variable ?? []);
  return names.includes('PORT') ? 'PORT' : names[0];
}

/** The port that listeners say; undefined: nothing listens. `otherwise`: what people of the language give a variable. */
export function exposed(
  project: Project,
  all: readonly Listen[],
  otherwise: number,
): Found<number> | Tie<number> | Unusable | undefined {
  const listens = serving(all);
  if (listens.length === 0) return undefined;
  const variable = portVariable(listens);
  const chosen = listens.filter(({ port }) => variable === 'PORT' && port.variable === variable);
  const asked = chosen.length > 0 ? chosen : listens;
  const found = asked.flatMap(candidatesOf);
  const known = new Map(
    found.flatMap(({ text, from }) => (portIn(text) ? [[portIn(text), from] as const] : [])),
  );
  const unread = asked.find(({ port }) => !isKnown(port) && !port.several);
  const list = [...known].map(([value, from]) => ({ value: value ?? 0, from }));
  const [only] = list;
  if (list.length > 1) return { tie: list };
  if (unread !== undefined) return { because: cannotRead(unread, only) };
  if (only !== undefined) return only;
  if (variable !== undefined) {
    const example = exampleOf(project, variable);
    const value = portIn(example?.value);
    if (example !== undefined && value !== undefined) return { value, from: example.from };
  }
  const [first] = asked;
  const reads = asked.find(({ port }) => port.variable === variable && variable !== undefined) ?? first;
  if (reads === undefined || reads.port.text !== undefined || reads.port.several)
    return { because: `${reads?.at} listens on a port that cannot be read from the source.` };
  const name = reads.port.variable ?? `--${reads.port.flag}`;
  return { value: otherwise, from: `default, as ${name} that ${reads.at} reads` };
}

function cannotRead(listen: Listen, known: Found<number> | undefined): string {
  const other = known === undefined ? '' : ` beside ${known.value} (${known.from})`;
  return `${listen.at} listens on a port that cannot be read from the source${other}.`;
}

/** The texts that a listener's port can have, each with where it stands. */
function candidatesOf({
  port,
  at,
}: Listen): readonly { readonly text: string | undefined; readonly from: string }[] {
  const places: readonly Candidate[] = port.several ? (port.places ?? []) : [port];
  return places.map(({ text, at: own }) => ({ text, from: port.several ? (own ?? at) : at }));
}

/** A port that is served beside the one that is asked for health. */
interface Also {
  readonly port: number;
  readonly udp: boolean;
  readonly at: string;
}

/** The other ports that are served whatever is said: metrics, a second protocol, UDP. */
function alsoServed(all: readonly Listen[], port: number | undefined): readonly Also[] {
  const found = new Map<string, Also>();
  for (const { port: said, speaks, host, only, at } of all) {
    const value = said.several ? undefined : portIn(said.text);
    const udp = speaks === 'udp';
    if (value === undefined || only !== undefined || isLocal(host.text ?? '') || (value === port && !udp))
      continue;
    found.set(`${value}${udp}`, { port: value, udp, at });
  }
  return [...found.values()].sort((a, b) => a.port - b.port);
}

/** What EXPOSE and `docker run` say beside the port. */
export function alsoExposed(all: readonly Listen[], port: number | undefined): readonly string[] {
  return alsoServed(all, port).map((one) => (one.udp ? `${one.port}/udp` : String(one.port)));
}

/** Whether nothing but UDP is served: its port takes no connection that could be asked for health. */
export function isDatagram(all: readonly Listen[]): boolean {
  return all.length > 0 && serving(all).every(({ speaks }) => speaks === 'udp');
}

/** What has to be said at the start so that the program listens on this port, for everybody. */
export interface Bind {
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** A bind to localhost that nothing can change, and where. */
  readonly local: string | undefined;
  /** A fixed port that is another one, and where. */
  readonly fixed: { readonly at: string; readonly port: number } | undefined;
}

const NOTHING: Bind = { env: {}, args: [], local: undefined, fixed: undefined };

export function bindOf(all: readonly Listen[], port: number): Bind {
  const listens = serving(all);
  const variable = portVariable(listens);
  const listen =
    listens.find((one) => one.port.variable === variable && variable !== undefined) ?? listens[0];
  // what nothing is known of may follow the convention
  if (listen === undefined) return { ...NOTHING, env: { PORT: String(port) } };
  const env: Record<string, string> = {};
  const args: string[] = [];
  const say = ({ variable: name, flag }: Value, value: string) => {
    if (name !== undefined) env[name] = value;
    else if (flag !== undefined) args.push(`--${flag}=${value}`);
    else return false;
    return true;
  };
  const local = isLocal(listen.host.text ?? '');
  const { several = false, text } = listen.port;
  const own = portIn(text);
  const other = text !== undefined && (several || own !== port);
  const fixed = listens.some((one) => portIn(one.port.text) === port);
  if (listen.whole) {
    const unsaid = text === undefined || local || other;
    if (unsaid) say(listen.port, `${local ? '0.0.0.0' : several ? '' : (listen.host.text ?? '')}:${port}`);
    return { ...NOTHING, env, args };
  }
  const heard = local ? say(listen.host, '0.0.0.0') : true;
  const settable = listen.port.variable !== undefined || other || text === undefined;
  const said = settable ? say(listen.port, String(port)) : false;
  if (!isKnown(listen.port) && !several) env.PORT = String(port);
  return {
    env,
    args,
    local: heard ? undefined : listen.at,
    fixed: other && !said && !fixed && own !== undefined ? { at: listen.at, port: own } : undefined,
  };
}
