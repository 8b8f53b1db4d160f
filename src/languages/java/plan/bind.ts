import type { Found } from '../../../facts/language.ts';
import { isLocal } from '../../../kit/address.ts';
import { type Bind, bindOf } from '../../../kit/port.ts';
import type { Module } from '../evidence/build.ts';
import { configures, saysOf } from '../evidence/frameworks.ts';
import type { Seen } from '../evidence/seen.ts';

/** What makes it listen where it is looked for: by the framework's configuration, else by the code. */
export function bindTo(seen: Seen, module: Module, main: string, said: Found<number | 'none'>): Bind {
  const none: Bind = { env: {}, args: [], local: undefined, fixed: undefined };
  if (said.value === 'none') return none;
  const port = String(said.value);
  const framework = seen.framework(module);
  const config = seen.config(module);
  const listens = seen.listens(module, main);
  if (framework !== undefined && configures(framework, module, listens)) {
    const [own, host] = [saysOf(config, framework.keys.port), saysOf(config, framework.keys.host)];
    const env: Record<string, string> = {};
    const alone = isLocal(host?.text ?? (host === undefined && framework.local ? 'localhost' : ''));
    const hostVariable = host?.variable ?? framework.variables.host;
    if (alone && hostVariable !== undefined) env[hostVariable] = '0.0.0.0';
    // what a variable decides is said, so that the port that is exposed is the one that it listens on
    const variable =
      own?.variable ?? ((own?.text ?? framework.port) === port ? undefined : framework.variables.port);
    if (variable !== undefined) env[variable] = port;
    const fixed =
      variable === undefined && own?.text !== undefined && own.text !== port
        ? { at: own.at, port: Number(own.text) }
        : undefined;
    return { env, args: [], local: alone && hostVariable === undefined ? host?.at : undefined, fixed };
  }
  return listens.length === 0 ? none : bindOf(listens, said.value);
}
