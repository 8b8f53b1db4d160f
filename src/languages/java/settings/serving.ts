import { posix } from 'node:path';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { exampleOf } from '../../../kit/env-file.ts';
import { exposed, portOf } from '../../../kit/port.ts';
import type { Project } from '../../../project/project.ts';
import type { Module } from '../evidence/build.ts';
import { has } from '../evidence/build.ts';
import { healthOf, saysOf } from '../evidence/frameworks.ts';
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
    const shown = portOf(example?.value);
    if (example !== undefined && shown !== undefined) return { value: shown, from: example.from };
    if (said !== undefined)
      return {
        because: `${said.at} sets the port of ${framework.name} to what is not known before it runs.`,
      };
  }
  const coded = exposed(project, seen.program(module).listens, 8080);
  if (coded !== undefined) return coded;
  if (serves) return { because: `${framework?.name} listens, but no port is named where it is looked for.` };
  return { value: 'none', from: 'nothing in it listens' };
}

/** What answers for its health, by the framework or by the code. */
export function findHealth(seen: Seen, module: Module): Found<string> | undefined {
  const framework = seen.framework(module);
  const found = framework && healthOf(framework, module, seen.config(module));
  if (found !== undefined) return found;
  const { listens, sources } = seen.program(module);
  if (listens.length > 0 && listens.every(({ speaks }) => speaks !== 'http'))
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
