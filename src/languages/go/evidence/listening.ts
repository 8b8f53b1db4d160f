import { addressOf } from '../../../kit/address.ts';
import { memberBindings } from '../../../kit/classes.ts';
import type { FunctionAt, Range } from '../../../kit/dialect.ts';
import { callersOf } from '../../../kit/functions.ts';
import type { Listen } from '../../../kit/listens.ts';
import { portOf } from '../../../kit/port.ts';
import { blockAt, codeOf, functionAt, member, textOf } from '../../../kit/syntax.ts';
import { isUnknown, type Value } from '../../../kit/value.ts';
import { verbatim } from '../../../project/data.ts';
import { callsOf, type GoCall, type Match, type Source, type Sources, search, worthIn } from './sources.ts';

/** Calls of servers: which argument is the address, and what is listened on without one. */
interface Row {
  readonly call: RegExp;
  /** The package whose function it is; else the import without which a method of that name is no server's. */
  readonly of: RegExp;
  /** A function of the package, not a method. */
  readonly plain?: true;
  readonly argument: number;
  /** The argument that says the network: `"tcp"`, `"udp"`. */
  readonly network?: number;
  /** The address when no argument is given. */
  readonly otherwise?: Value;
  readonly opaque?: true;
  readonly udp?: true;
  /** The name is a common word: only an address for an argument makes it this call. */
  readonly common?: true;
}

const ROWS: readonly Row[] = [
  { call: /^ListenAndServe$/, of: /^net\/http$|fasthttp/, plain: true, argument: 0 },
  { call: /^ListenAndServeTLS$/, of: /^net\/http$/, plain: true, argument: 0, opaque: true },
  // https://pkg.go.dev/github.com/miekg/dns#ListenAndServe
  { call: /^ListenAndServe$/, of: /miekg\/dns$/, plain: true, argument: 0, network: 1, opaque: true },
  { call: /^Listen$/, of: /^net$|reuseport$/, plain: true, argument: 1, network: 0, opaque: true },
  { call: /^Listen$/, of: /^crypto\/tls$/, plain: true, argument: 1, network: 0, opaque: true },
  { call: /^ListenPacket$/, of: /^net$/, plain: true, argument: 1, network: 0, opaque: true },
  // https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Run: PORT, else :8080
  {
    call: /^Run$/,
    argument: 0,
    of: /gin-gonic\/gin$/,
    otherwise: { text: ':8080', variable: 'PORT' },
    common: true,
  },
  { call: /^RunTLS$/, argument: 0, of: /gin-gonic\/gin$/, opaque: true, common: true },
  { call: /^Start$/, argument: 0, of: /labstack\/echo/, common: true },
  { call: /^StartTLS$/, argument: 0, of: /labstack\/echo/, opaque: true, common: true },
  { call: /^Listen$/, argument: 0, of: /gofiber\/fiber|kataras\/iris/, common: true },
  { call: /^Addr$/, argument: 0, of: /kataras\/iris/, plain: true },
  { call: /^WithHostPorts$/, argument: 0, of: /cloudwego\/hertz/, plain: true },
  { call: /^Run$/, argument: 0, of: /beego/, plain: true, otherwise: { text: ':8080' } },
  { call: /^AddFlags$/, argument: 1, of: /exporter-toolkit/, plain: true },
  // a ListenConfig's: Listen(ctx, "tcp", addr)
  { call: /^Listen$/, argument: 2, network: 1, of: /^net$/, opaque: true, common: true },
  // wrappers of the project's own: server.Start(":8080")
  { call: /^(?:ListenAndServe|Listen|Run|Start|Serve)$/, argument: 0, of: /^net(\/http)?$/, common: true },
];

/** Literals whose member is an address. */
interface Literal {
  readonly type: RegExp;
  readonly of: RegExp;
  readonly member: readonly string[];
  readonly health?: string;
  readonly opaque?: true;
  /** It is served by a method without arguments: https://pkg.go.dev/net/http#Server.ListenAndServe. */
  readonly served?: true;
}

const LITERALS: readonly Literal[] = [
  { type: /^Server$/, of: /^net\/http$|fasthttp|manners|graceful/, member: ['Addr'], served: true },
  { type: /^Server$/, of: /miekg\/dns$/, member: ['Addr'], opaque: true, served: true },
  { type: /^StartConfig$/, of: /labstack\/echo/, member: ['Address'] },
  // https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/manager#Options
  {
    type: /^Options$/,
    of: /sigs\.k8s\.io\/controller-runtime/,
    member: ['HealthProbeBindAddress'],
    health: '/healthz',
  },
];

const NAMES =
  /\.(?:ListenAndServe|ListenAndServeTLS|ListenPacket|Listen|Run|RunTLS|Start|StartTLS|Serve|Addr|WithHostPorts|AddFlags)\s*\(/g;

/** Everything that the program's own sources listen on. */
export function findListens(sources: Sources): readonly Listen[] {
  const calls = callsOf(sources, NAMES);
  const found = [
    ...calls.flatMap((call) => listenOf(sources, call) ?? []),
    ...LITERALS.flatMap((row) => literalsOf(sources, row, calls)),
  ];
  const seen = new Set<string>();
  if (found.length === 0)
    return startedServers(sources).filter(({ port }) => portOf(port.text) !== undefined);
  return found.filter(({ at }) => !seen.has(at) && seen.add(at));
}

/** What a package calls that serves; a clock or a queue is started too. */
const SERVING = /serv|http|rpc|gateway|proxy|web|daemon/i;

/**
 * Objects that a package of somebody else makes and that are started, `s := daprd.NewService(":6001")`, `s.Start()`: they
 * may listen, on the address that they are made with.
 */
export function startedServers(sources: Sources): readonly Listen[] {
  const started = callsOf(sources, /\.(?:Start|Run|Serve|Listen|ListenAndServe|ListenAndServeTLS)\s*\(/g);
  return started.flatMap((call): readonly Listen[] => {
    const { file, name } = call;
    const receiver = /^(\w+)\.\w+$/.exec(name)?.[1];
    if (call.of !== undefined || receiver === undefined) return [];
    const made = callsOf({ files: [file] }, /(?<![\w.])\w{1,100}\.(?:New|Make|Default)\w{0,100}\s*\(/g).find(
      (one) => assigns(file.lexed().code.slice(Math.max(0, one.from - 120), one.from), receiver),
    );
    // a package of the language itself has no dot in its first name, and one of the project is read
    const { of = '', args = [] } = made ?? {};
    if (made === undefined || !/^[\w-]+\.[\w.-]+\//.test(of) || !sources.imports.has(of)) return [];
    if (!/^(?:Serve|Listen)/.test(call.last) && !SERVING.test(`${of} ${made.last}`)) return [];
    const values = args.map((arg) => worthIn(sources, file, arg)).filter(isHostAndPort);
    return [{ at: made.at, ...addressOf(values[0] ?? {}), speaks: 'http', only: undefined }];
  });
}

/** Whether what stands before a call puts its result into a name: `s, err := `. */
function assigns(before: string, name: string): boolean {
  return new RegExp(`(?<![\\w.])${verbatim(name)}(?:\\s*,\\s*\\w+)?\\s*:?=\\s*$`).test(before);
}

function isHostAndPort({ text, parts }: Value): boolean {
  return /^[\w.]*:\d{1,5}$/.test(text ?? '') || parts?.[0]?.text === ':';
}

/** The first row that a call is of. */
function listenOf(sources: Sources, call: GoCall): Listen | undefined {
  for (const row of ROWS) {
    if (!row.call.test(call.last)) continue;
    if (row.plain ? !row.of.test(call.of ?? '') : call.of !== undefined || !imported(sources, row.of))
      continue;
    const listen = listenBy(sources, row, call);
    if (listen !== undefined) return listen;
  }
  return undefined;
}

function imported(sources: Sources, pattern: RegExp): boolean {
  return [...sources.imports].some((path) => pattern.test(path));
}

function listenBy(sources: Sources, row: Row, call: GoCall): Listen | undefined {
  const { file, args } = call;
  const only = onlyWith(sources, file, call.from);
  const arg = args[row.argument];
  if (arg === undefined) {
    const engine = /\bgin\.(?:Default|New)\(|\*gin\.Engine/.test(file.lexed().code) || !row.common;
    if (row.otherwise === undefined || args.length > 0 || !engine) return undefined;
    return { at: call.at, ...addressOf(row.otherwise), whole: false, speaks: 'http', only };
  }
  const network = row.network === undefined ? undefined : worthIn(sources, file, args[row.network]).text;
  if (network?.startsWith('unix')) return undefined;
  if (row.common && row.network !== undefined && network === undefined) return undefined;
  const plain = row.opaque !== true || (row.argument > 0 && servesHttp(sources));
  const speaks = network?.startsWith('udp') ? 'udp' : plain ? 'http' : 'tcp';
  const listen: Listen = { at: call.at, ...addressOf(worthIn(sources, file, arg)), speaks, only };
  const known = !row.common || row.network !== undefined || isEngine(row, call);
  return known || isAddress(listen, codeWith(file, arg)) ? listen : undefined;
}

/** Whether what a method is called on was made by the row's package in that file: `router := gin.New()`. */
function isEngine({ of }: Row, { file, name }: GoCall): boolean {
  const receiver = /^(\w+)\.\w+$/.exec(name)?.[1];
  if (receiver === undefined) return false;
  const made = new RegExp(`\\b${verbatim(receiver)}\\s*:?=\\s*(\\w+)\\.(?:New|Default)\\w*\\s*\\(`, 'g');
  return [...file.lexed().code.matchAll(made)].some(([, head = '']) => of.test(file.names.get(head) ?? ''));
}

/** The code of a range with its texts. */
function codeWith(file: Source, { from, to }: Range): string {
  return file.raw.slice(from, to);
}

/** Whether an argument of a common word is an address at all. */
function isAddress({ port, whole }: Pick<Listen, 'port' | 'whole'>, text: string): boolean {
  const named = port.variable ?? port.flag ?? '';
  if (port.several) return (port.places ?? []).some((one) => /:\d{1,5}$/.test(one.text ?? ''));
  if (/^\d{1,5}$/.test(port.text ?? '')) return whole || /[":]|port|addr/i.test(text);
  return port.text === undefined && /port|addr|listen|bind/i.test(named);
}

/** Servers that are written as literals: `http.Server{ Addr: … }`. */
function literalsOf(sources: Sources, row: Literal, calls: readonly GoCall[]): readonly Listen[] {
  if (!imported(sources, row.of)) return [];
  const serving = calls.filter((call) => /^ListenAndServe/.test(call.last) && call.args.length !== 1);
  if (row.served && serving.length === 0) return [];
  return search(sources, /(?<![\w.])(\w+)\.(\w+)\s*\{/g).flatMap(
    ({ file, index, at, groups: [head = '', type = ''] }) => {
      if (!row.type.test(type) || !row.of.test(file.names.get(head) ?? '')) return [];
      const source = file.lexed();
      const open = source.code.indexOf('{', index);
      const range = { from: index, to: (source.pairs.get(open) ?? open) + 1 };
      const said = member(source, range, row.member);
      const value =
        typeof said === 'string'
          ? laterOf(sources, row, servedAs({ file, index }, serving))
          : worthIn(sources, file, said);
      if (value === undefined) return [];
      const opaque = row.opaque ?? (row.served && serving.every(({ last }) => last === 'ListenAndServeTLS'));
      const speaks = isUdp(file, range) ? 'udp' : opaque ? 'tcp' : 'http';
      const only = onlyWith(sources, file, index);
      const listen: Listen = { at, ...addressOf(value), speaks, only };
      return [row.health === undefined ? listen : { ...listen, health: row.health }];
    },
  );
}

/** The calls that start a server: those of the variable that it is put into, where that stays in its function. */
function servedAs({ file, index }: Pick<Match, 'file' | 'index'>, serving: readonly GoCall[]) {
  const source = file.lexed();
  const [, name] =
    /(?<![\w.])(\w{1,100})[^\S\n]{0,20}:?=[^\S\n]{0,20}&?[^\S\n]{0,20}$/.exec(
      source.code.slice(Math.max(0, index - 200), index),
    ) ?? [];
  if (name === undefined) return serving;
  const fn = functionAt(source, index);
  const own = serving.filter((call) => call.file === file && call.name.startsWith(`${name}.`));
  const here = own.filter((call) => call.from > index && functionAt(source, call.from) === fn);
  // one that is handed a listener is opened elsewhere
  const handed = new RegExp(`(?<![\\w.])${verbatim(name)}\\.Serve(?:TLS)?\\s*\\(`);
  const body = source.code.slice(index, fn?.body.to);
  return here.length > 0 || handed.test(body) ? here : serving;
}

/** The address that is set on a server after it is made: `srv.Addr = addr`. Undefined: nothing starts it, or nothing sets one. */
function laterOf(sources: Sources, row: Literal, serving: readonly GoCall[]): Value | undefined {
  const values = serving.map(({ file, from, name }) =>
    worthIn(sources, file, { from, to: from + name.lastIndexOf('.') }, row.member),
  );
  return values.find((value) => !isUnknown(value) && !value.empty) ?? values.find(({ empty }) => !empty);
}

/** https://pkg.go.dev/github.com/miekg/dns#Server: `Net: "udp"`. */
function isUdp(file: Source, range: Range): boolean {
  const net = member(file.lexed(), range, ['Net']);
  return typeof net !== 'string' && (textOf(file.lexed(), net)?.startsWith('udp') ?? false);
}

/** Whether a listener that was opened by hand is given to a server of HTTP. */
function servesHttp(sources: Sources): boolean {
  const http = search(sources, /\bhttp\.(?:Serve\(|Server\s*\{)|\be\.Listener\b/g);
  return http.length > 0 && search(sources, /\bgrpc\.NewServer\(/g).length === 0;
}

/** Callers of a function are followed this far. */
const DEPTH = 3;

/** What has to be given so that a place is reached: a flag or a variable that is off by default. */
function onlyWith(sources: Sources, file: Source, at: number, depth = 0): string | undefined {
  const source = file.lexed();
  let own: FunctionAt | undefined;
  for (let block = blockAt(source, at); block.in !== undefined; block = block.in) {
    // a function without a name runs where it stands: `go func() { … }()`
    own = block.fn;
    if (own !== undefined && own.name !== '') break;
    const head = source.code.slice(source.code.lastIndexOf('\n', block.from) + 1, block.from);
    const start = block.from - head.length;
    const condition = /^\s*if\s+(?:[^;]*;\s*)?/.exec(head);
    if (condition === null) continue;
    const off = offOf(sources, file, { from: start + condition[0].length, to: block.from }, depth);
    if (off !== undefined) return off;
  }
  if (own === undefined || own.name === '' || own.name === 'main' || depth >= DEPTH) return undefined;
  const callers = callersOf(sources.program, { source, fn: own });
  const off = callers.map(({ source: other, call }) => {
    const from = sources.files.find(({ path }) => path === other.path);
    return from && onlyWith(sources, from, call.from, depth + 1);
  });
  return off.length > 0 && off.every((one) => one !== undefined) ? off[0] : undefined;
}

/** Whether a condition is false unless something is given: `*api`, `cfg.Enabled`, `*addr != ""`. */
function offOf(sources: Sources, file: Source, condition: Range, depth: number): string | undefined {
  const code = codeOf(file.lexed(), condition);
  const [match, name] = /^\s*([*\w.]+(?:\(\s*"\s*"\s*\))?)\s*(?:!=\s*(?:"\s*"|0|nil)\s*)?$/.exec(code) ?? [];
  if (match === undefined || name === undefined) return undefined;
  const from = condition.from + code.indexOf(name);
  const { text, variable, flag, several } = worthIn(sources, file, { from, to: from + name.length });
  const asked = flag !== undefined || variable !== undefined;
  if (!asked) return switchedOn(sources, /\.(\w+)$/.exec(name)?.[1], depth);
  if (several || !/^(|false|0)$/.test(text ?? '')) return undefined;
  return flag === undefined ? `${variable}=…` : `--${flag}`;
}

/** What has to be given so that a field of a structure is true, which nothing else makes it: `func WithDebug() Option`. */
function switchedOn(sources: Sources, field: string | undefined, depth: number): string | undefined {
  if (field === undefined || depth >= DEPTH) return undefined;
  const places = sources.files.flatMap((file) =>
    (memberBindings(file.lexed()).get(field) ?? []).map(({ at, value }) => ({ file, at, value })),
  );
  const off = places.map(({ file, at, value }) =>
    value !== undefined && codeOf(file.lexed(), value) === 'true'
      ? onlyWith(sources, file, at, depth + 1)
      : undefined,
  );
  const [first] = off;
  return off.every((one) => one !== undefined) ? first : undefined;
}
