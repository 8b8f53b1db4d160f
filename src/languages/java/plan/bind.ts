import type { Found } from '../../../facts/language.ts';
import type { Module } from '../evidence/build.ts';
import { saysOf } from '../evidence/frameworks.ts';
import type { Seen } from '../evidence/seen.ts';

/** What makes it listen where it is looked for. */
export interface Bind {
  readonly env: Readonly<Record<string, string>>;
  /** Where it listens on localhost alone, which nothing in the image can change. */
  readonly local: string | undefined;
  /** Where it listens on another port than was said, whatever is said. */
  readonly fixed: { readonly at: string; readonly port: string } | undefined;
}

const LOCAL = /^(?:localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/;

export function bindOf(seen: Seen, module: Module, said: Found<number | 'none'>): Bind {
  const none: Bind = { env: {}, local: undefined, fixed: undefined };
  if (said.value === 'none') return none;
  const port = String(said.value);
  const framework = seen.framework(module);
  const config = seen.config(module);
  const { listens } = seen.program(module);
  if (framework !== undefined && listens.length === 0) {
    const [own, host] = [saysOf(config, framework.keys.port), saysOf(config, framework.keys.host)];
    const env: Record<string, string> = {};
    const isLocal = LOCAL.test(host?.text ?? (host === undefined && framework.local ? 'localhost' : ''));
    const hostVariable = host?.variable ?? framework.variables.host;
    if (isLocal && hostVariable !== undefined) env[hostVariable] = '0.0.0.0';
    // what a variable decides is said, so that the port that is exposed is the one that it listens on
    const variable =
      own?.variable ?? ((own?.text ?? framework.port) === port ? undefined : framework.variables.port);
    if (variable !== undefined) env[variable] = port;
    const fixed =
      variable === undefined && own?.text !== undefined && own.text !== port
        ? { at: own.at, port: own.text }
        : undefined;
    return { env, local: isLocal && hostVariable === undefined ? host?.at : undefined, fixed };
  }
  const [listen] = listens;
  if (listen === undefined) return none;
  const { host, port: own } = listen;
  const isLocal = LOCAL.test(host.text ?? '');
  return {
    env: {
      ...(isLocal && host.variable !== undefined ? { [host.variable]: '0.0.0.0' } : {}),
      ...(own.variable === undefined ? {} : { [own.variable]: port }),
    },
    local: isLocal && host.variable === undefined ? listen.at : undefined,
    fixed:
      own.variable === undefined && own.text !== undefined && own.text !== port
        ? { at: listen.at, port: own.text }
        : undefined,
  };
}
