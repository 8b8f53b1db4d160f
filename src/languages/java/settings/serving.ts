import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { exampleOf } from '../../../kit/env-file.ts';
import { exposed, portOf } from '../../../kit/port.ts';
import type { Project } from '../../../project/project.ts';
import type { Module } from '../evidence/build.ts';
import { has } from '../evidence/build.ts';
import type { Config } from '../evidence/config.ts';
import {
  besideAt,
  configures,
  type Framework,
  healthOf,
  SERVERS,
  saysOf,
  tlsOf,
} from '../evidence/frameworks.ts';
import type { Seen } from '../evidence/seen.ts';
import { findUsage } from '../evidence/usage.ts';

/** The port: what the framework's configuration says, else the code, else the framework's own. */
export function findPort(
  project: Project,
  seen: Seen,
  module: Module,
  main: string | undefined,
): Found<number | 'none'> | Tie<number | 'none'> | Unusable {
  const { product } = module;
  if ('layout' in product && product.layout === 'war') return { value: 8080, from: 'the port of its server' };
  const framework = seen.framework(module);
  const serves = framework !== undefined && has(module, framework.server);
  const listens = seen.listens(module, main);
  if (framework !== undefined && configures(framework, module, listens)) {
    const said = configuredPort(project, framework, seen.config(module));
    if (said !== undefined) return said;
  }
  const coded = exposed(project, listens, 8080);
  if (coded !== undefined) return coded;
  if (serves) return { because: `${framework?.name} listens, but no port is named where it is looked for.` };
  if ('path' in product && product.path?.endsWith('.war'))
    return { because: `${product.from} brings a server of its own, whose port is not read.` };
  const server = module.dependencies.find(({ id, scope }) => scope !== 'test' && SERVERS.test(id));
  if (server !== undefined)
    return { because: `${server.id} serves, but nothing is seen to listen on a port.` };
  return { value: 'none', from: 'nothing in it listens' };
}

/** What the files of a framework say, else what it does without them. */
function configuredPort(
  project: Project,
  { name, keys, port: own }: Framework,
  config: Config,
): Found<number | 'none'> | Unusable | undefined {
  const off = config.get('spring.main.webapplicationtype');
  if (off?.text === 'none') return { value: 'none', from: off.at };
  const said = saysOf(config, keys.port);
  const port = portOf(said?.text);
  if (said === undefined)
    return own === ''
      ? undefined
      : { value: Number(own), from: `${name}, which listens there when nothing says otherwise` };
  if (port !== undefined) return { value: port, from: said.at };
  const example = said.variable === undefined ? undefined : exampleOf(project, said.variable);
  const shown = portOf(example?.value);
  if (example !== undefined && shown !== undefined) return { value: shown, from: example.from };
  return { because: `${said.at} sets the port of ${name} to what is not known before it runs.` };
}

/** What answers for its health, by the framework or by the code. */
export function findHealth(seen: Seen, module: Module, main: string | undefined): Found<string> | undefined {
  const framework = seen.framework(module);
  const tls = framework && tlsOf(framework, seen.config(module));
  if (tls !== undefined) return { value: 'tcp', from: `${tls.at} lets it speak TLS` };
  const found = framework && healthOf(framework, module, seen.config(module));
  if (found !== undefined) return found;
  const { sources } = seen.program(module);
  const listens = seen.listens(module, main);
  const coded = framework === undefined || !configures(framework, module, listens);
  if (coded && listens.length > 0 && listens.every(({ speaks }) => speaks !== 'http'))
    return { value: 'tcp', from: 'it does not speak plain HTTP' };
  const path = sources.flatMap((source) =>
    source.strings.flatMap(({ text, from }) =>
      /^\/(?:[\w-]+\/){0,2}(?:healthz?|health-?check|livez|liveness|_health|ping|readyz)$/.test(text)
        ? [{ value: text, from: `${source.path}:${source.lines.filter((line) => line <= from).length}` }]
        : [],
    ),
  )[0];
  return path;
}

/** Words that a framework is started with: Dropwizard's `server config.yml`. */
export function findArguments(
  project: Project,
  seen: Seen,
  module: Module,
): Found<readonly string[]> | Unusable | undefined {
  const framework = seen.framework(module);
  if (framework?.args === undefined) {
    const { listens, sources } = seen.program(module);
    // what runs to its end is given its words when it is run
    const because = listens.length === 0 ? undefined : findUsage(sources);
    return because === undefined ? undefined : { because };
  }
  const [file] = besideAt(project, framework, module);
  const words = framework.args.flatMap((word) =>
    word !== '{file}' ? [word] : file === undefined ? [] : [file],
  );
  return { value: words, from: `${framework.name} is started so` };
}
