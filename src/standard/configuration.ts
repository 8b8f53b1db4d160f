import { relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Found } from '../facts/language.ts';
import { flagOf } from '../kit/flags.ts';
import type { Terminal } from '../output/terminal.ts';
import { requestOf } from '../request/cli.ts';
import type { Typed } from '../request/commands.ts';
import { FLAGS, SETTING_KEYS } from '../request/flags.ts';
import type { Request } from '../request/request.ts';
import { documentOf, type Layer, layerOf, serviceIn } from './document.ts';
import { extendedBy } from './extend.ts';
import { PREFIX, type Source } from './find.ts';
import { FLAG_NAMES } from './keys.ts';
import { NOTHING } from './standard.ts';
import { joinedStandards } from './words.ts';

/**
 * The request as its configurations complete it. What was typed is first, then the environment, what is said for the
 * service, its root's file, and what these extend.
 */
export async function configure(
  request: Request,
  terminal: Pick<Terminal, 'cwd' | 'environment'>,
  sources: readonly Source[],
  service: string,
): Promise<Request> {
  const documents = await Promise.all(sources.map((source) => documentOf(source, terminal.cwd)));
  const said: Layer[] = [environmentOf(terminal.environment)];
  for (const document of documents) {
    const below = relative(document.source.folder, service).split(sep).join('/') || '.';
    const share = serviceIn(document, below);
    if (share !== undefined) said.push(share);
    // a file that tells services apart speaks to all of them in the rest
    said.push(layerOf(document, below === '.' && !document.entries.has('services')));
  }
  // what is extended is behind all that the project says itself
  for (const document of documents) said.push(...(await extendedBy(document, request, terminal)));
  return completed(
    request,
    said,
    documents.map(({ shown }) => shown),
  );
}

function environmentOf(environment: Readonly<Record<string, string | undefined>>): Layer {
  const flags = new Map<string, Found<string | boolean>>();
  for (const name of FLAG_NAMES) {
    const from = PREFIX + name.toUpperCase().replaceAll('-', '_');
    const value = environment[from];
    if (value === undefined || value === '') continue;
    if (FLAGS[name]?.placeholder !== undefined) flags.set(name, { value, from });
    else if (/^(true|1|yes)$/i.test(value)) flags.set(name, { value: true, from });
    else if (!/^(false|0|no)$/i.test(value))
      throw new UserError({ kind: 'value', flag: from, given: value, want: 'true or false' });
  }
  return { flags, standard: NOTHING, own: false };
}

/** What was typed, and behind it what the layers say. */
function completed(request: Request, layers: readonly Layer[], files: readonly string[]): Request {
  const merged = new Map<string, Found<string | boolean>>();
  const general = new Set<string>();
  for (const { flags, own } of layers)
    for (const [name, found] of flags) {
      if (merged.has(name)) continue;
      merged.set(name, found);
      if (!own) general.add(name);
    }
  const sources = Object.fromEntries([...merged].map(([name, { from }]) => [name, from]));
  const typed: Record<string, unknown> = { _: [request.directory] };
  for (const [name, { value }] of merged) if (value !== false) typed[name] = value;
  const rest = placed(sources, () => requestOf(typed as Typed));
  return {
    ...joinedRequests(request, rest),
    configured: {
      sources: Object.fromEntries(Object.entries(sources).filter(([name]) => !isTyped(request, name))),
      general: SETTING_KEYS.filter((key) => general.has(flagOf(key).slice(2))),
      standard: joinedStandards(layers.map(({ standard }) => standard)),
      files,
    },
  };
}

/** What was typed wins; of two that exclude each other, the typed one is meant. */
function joinedRequests(request: Request, rest: Request): Request {
  const given = { ...rest.given, ...request.given };
  const either: Record<string, unknown> = { ...request };
  for (const [name, value] of Object.entries(rest)) {
    const said = either[name];
    const open =
      said === undefined || (said === false && value === true) || (Array.isArray(said) && said.length === 0);
    if (open && !['given', 'mode', 'recovered'].includes(name)) either[name] = value;
  }
  const mode =
    request.mode === 'write' && !(request.json && rest.mode === 'stdout') ? rest.mode : request.mode;
  return {
    ...(either as unknown as Request),
    given,
    mode,
    stages: (request.stages ?? []).length > 0 ? (request.stages ?? []) : (rest.stages ?? []),
    volumes: [...new Set([...(request.volumes ?? []), ...(rest.volumes ?? [])])],
    json: either.json === true && mode !== 'stdout',
    force: either.force === true && (mode === 'write' || mode === 'dry-run'),
  };
}

/** Whether a flag was typed, so that what a file says of it is not heard. */
function isTyped(request: Request, name: string): boolean {
  const key = SETTING_KEYS.find((one) => flagOf(one).slice(2) === name);
  if (key !== undefined) return key in request.given;
  const fields: Readonly<Record<string, unknown>> = {
    app: request.app,
    language: request.language,
    target: request.target,
    platform: request.platforms,
    pin: request.digests,
    stages: (request.stages ?? []).length > 0 ? request.stages : undefined,
  };
  return fields[name] !== undefined;
}

/** Runs something, and names the place of a value in its refusals in place of the flag that nobody typed. */
function placed<T>(sources: Readonly<Record<string, string>>, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw placedError(error, sources);
  }
}

export function placedError(error: unknown, sources: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof UserError)) return error;
  const { problem } = error;
  const at = (flag: string) => sources[flag.replace(/^--/, '')];
  switch (problem.kind) {
    case 'value': {
      const from = at(problem.flag);
      return from === undefined ? error : new UserError({ ...problem, flag: from, configured: true });
    }
    case 'target':
    case 'platform': {
      const from = at(`--${problem.kind}`);
      if (from === undefined) return error;
      return problem.kind === 'target'
        ? new UserError({ ...problem, reason: `${problem.reason} (${from})` })
        : new UserError({ ...problem, target: `${problem.target} (${from})` });
    }
    case 'foreignFlags': {
      const flags = problem.flags.map((flag) => at(flag) ?? flag);
      const typed = problem.flags.some((flag) => at(flag) === undefined);
      const named = new UserError({ ...problem, flags });
      return typed ? named : new UserError({ kind: 'refused', message: named.message, fix: '' });
    }
    case 'noMember': {
      const from = at('--app');
      return from === undefined
        ? error
        : new UserError({ kind: 'refused', message: `${from}: ${error.message}`, fix: '' });
    }
    default:
      return error;
  }
}
