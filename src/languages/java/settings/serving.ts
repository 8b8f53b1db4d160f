import { posix } from 'node:path';
import { parseEnv } from 'node:util';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { EXAMPLES } from '../../../kit/env-file.ts';
import type { Project } from '../../../project/project.ts';
import type { Module } from '../evidence/build.ts';
import { has } from '../evidence/build.ts';
import { healthOf, saysOf } from '../evidence/frameworks.ts';
import type { Listen } from '../evidence/listening.ts';
import type { Seen } from '../evidence/seen.ts';

/** The port: what the framework's configuration says, else the code, else the framework's own. */
export function findPort(
  project: Project,
  seen: Seen,
  module: Module,
): Found<number | 'none'> | Tie<number | 'none'> | Unusable {
  const { product } = module;
  if ('layout' in product && product.layout === 'war') return { value: 8080, from: 'the port of its server' };
  const framework = seen.framework(module);
  const config = seen.config(module);
  const serves = framework !== undefined && has(module, framework.server);
  if (framework !== undefined && serves) {
    if (config.get('spring.main.webapplicationtype')?.text === 'none')
      return { value: 'none', from: config.get('spring.main.webapplicationtype')?.at ?? '' };
    const said = saysOf(config, framework.keys.port);
    const port = portOf(said?.text);
    if (said !== undefined && port !== undefined) return { value: port, from: said.at };
    if (said === undefined && framework.port !== '')
      return {
        value: Number(framework.port),
        from: `${framework.name}, which listens there when nothing says otherwise`,
      };
    const example = said?.variable === undefined ? undefined : exampleOf(project, said.variable);
    if (example !== undefined) return example;
    if (said !== undefined)
      return {
        because: `${said.at} sets the port of ${framework.name} to what is not known before it runs.`,
      };
  }
  const { listens } = seen.program(module);
  if (listens.length > 0) return portOfCode(project, listens);
  if (serves) return { because: `${framework?.name} listens, but no port is named where it is looked for.` };
  return { value: 'none', from: 'nothing in it listens' };
}

function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return text !== undefined && /^\d+$/.test(text) && port > 0 && port < 65536 ? port : undefined;
}

/** What a file that shows all variables says of one. */
function exampleOf(project: Project, variable: string): Found<number> | undefined {
  for (const file of EXAMPLES) {
    const port = portOf(parseEnv(project.read(file) ?? '')[variable]);
    if (port !== undefined) return { value: port, from: `${file} → ${variable}` };
  }
  return undefined;
}

function portOfCode(
  project: Project,
  listens: readonly Listen[],
): Found<number | 'none'> | Tie<number | 'none'> | Unusable {
  const found = listens.flatMap(({ port, at }) => {
    const places = port.several ? (port.places ?? []) : [port];
    return places.flatMap((place) => {
      const number = portOf(place.text);
      return number === undefined ? [] : [{ value: number, from: place.at ?? at }];
    });
  });
  const [first] = found;
  const variable = listens.map(({ port }) => port.variable).find((name) => name !== undefined);
  const example = first === undefined && variable !== undefined ? exampleOf(project, variable) : undefined;
  if (example !== undefined) return example;
  if (first === undefined)
    return { because: `${listens[0]?.at} listens on a port that is not known before it runs.` };
  return new Set(found.map(({ value }) => value)).size > 1 ? { tie: found } : first;
}

/** What answers for its health, by the framework or by the code. */
export function findHealth(seen: Seen, module: Module): Found<string> | undefined {
  const framework = seen.framework(module);
  const found = framework && healthOf(framework, module, seen.config(module));
  if (found !== undefined) return found;
  const { listens, sources } = seen.program(module);
  if (listens.length > 0 && listens.every(({ opaque }) => opaque))
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
): Found<readonly string[]> | undefined {
  const framework = seen.framework(module);
  if (framework?.args === undefined) return undefined;
  const file = (framework.beside ?? [])
    .flatMap((pattern) => project.find(posix.join(module.folder, pattern)))
    .find((path) => !/docker-compose|\.github|mkdocs/.test(path));
  const words = framework.args.flatMap((word) =>
    word !== '{file}' ? [word] : file === undefined ? [] : [file],
  );
  return { value: words, from: `${framework.name} is started so` };
}
