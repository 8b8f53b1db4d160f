import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { plainName } from './companions.ts';
import { dockerfilePath } from './dockerfile.ts';
import type { File } from './render.ts';

/**
 * A docker-bake.hcl: one target for this machine, and one to release for all platforms, with the cache, the labels of the
 * OCI image specification, and attestations, which not every builder of a workstation can make.
 * https://docs.docker.com/build/bake/reference/
 */
export function bakeOf(plan: Plan, project: Project): File {
  const name = plainName(project);
  const text = `# docker buildx bake --file docker-bake.hcl, and release --push behind it
variable "IMAGE" {
  default = ${hcl(name)}
}

variable "TAG" {
  default = "latest"
}

variable "REVISION" {
  default = ""
}

# where the cache is kept: type=gha, or type=registry,ref=…
variable "CACHE" {
  default = ""
}

group "default" {
  targets = [${hcl(name)}]
}

target ${hcl(name)} {
  context    = "."
  dockerfile = ${hcl(dockerfilePath(project))}
  tags       = ["\${IMAGE}:\${TAG}"]
${args(plan)}${secretsOf(plan)}  labels = {
    "org.opencontainers.image.title"    = ${hcl(name)}
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.revision" = REVISION
  }
  cache-from = CACHE == "" ? [] : [CACHE]
  cache-to   = CACHE == "" ? [] : ["\${CACHE},mode=max"]
}

target "release" {
  inherits  = [${hcl(name)}]
  platforms = [${plan.platforms.map(hcl).join(', ')}]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}
`;
  return { path: 'docker-bake.hcl', text };
}

/** A service among others, and its folders as seen from the one that holds them all. */
export interface Baked {
  readonly plan: Plan;
  readonly project: Project;
  readonly path: string;
  readonly context: string;
}

/**
 * One docker-bake.hcl for many services: a target for each, a group for each folder that holds some, and `release` for all
 * platforms of all of them. Its builder builds what it can at once.
 */
export function bakeAll(services: readonly Baked[]): string {
  const names = namesOf(services);
  const all = services.map((service) => ({ service, name: names.get(service.path) ?? '' }));
  const groups = groupsOf(services, names);
  const group = (name: string, targets: readonly string[]) =>
    `group ${hcl(name)} {\n  targets = [${targets.map(hcl).join(', ')}]\n}\n`;
  return [
    '# docker buildx bake, and for one folder or service alone: docker buildx bake NAME; release --push behind it\n',
    variable('REGISTRY', '', 'before the name of each image: registry.example.com/shop/'),
    variable('TAG', 'latest'),
    variable('REVISION', ''),
    variable(
      'CACHE',
      '',
      'a repository that keeps the cache, a tag for each service: registry.example.com/cache',
    ),
    group(
      'default',
      all.map(({ name }) => name),
    ),
    group(
      'release',
      all.map(({ name }) => `${name}-release`),
    ),
    ...groups.map(([name, targets]) => group(name, targets)),
    ...all.map(({ service, name }) => targetOf(service, name)),
  ].join('\n');
}

function variable(name: string, value: string, about?: string): string {
  return `${about === undefined ? '' : `# ${about}\n`}variable ${hcl(name)} {\n  default = ${hcl(value)}\n}\n`;
}

function targetOf({ plan, project, context }: Baked, name: string): string {
  return `target ${hcl(name)} {
  context    = ${hcl(context)}
  dockerfile = ${hcl(dockerfilePath(project))}
  tags       = ["\${REGISTRY}${name}:\${TAG}"]
${args(plan)}${secretsOf(plan)}  labels = {
    "org.opencontainers.image.title"    = ${hcl(name)}
    "org.opencontainers.image.version"  = TAG
    "org.opencontainers.image.revision" = REVISION
  }
  cache-from = CACHE == "" ? [] : ["type=registry,ref=\${CACHE}:${name}"]
  cache-to   = CACHE == "" ? [] : ["type=registry,ref=\${CACHE}:${name},mode=max"]
}

target ${hcl(`${name}-release`)} {
  inherits  = [${hcl(name)}]
  platforms = [${plan.platforms.map(hcl).join(', ')}]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}
`;
}

/** Names by path: a target and a group never share one. */
function namesOf(services: readonly Baked[]): ReadonlyMap<string, string> {
  const taken = new Set(['default', 'release']);
  return new Map(
    services.map(({ path, project }) => {
      const name = free(path === '.' ? plainName(project) : plain(path), taken);
      taken.add(`${name}-release`);
      return [path, name];
    }),
  );
}

/** Each folder that holds services, with all that are below it. */
function groupsOf(
  services: readonly Baked[],
  names: ReadonlyMap<string, string>,
): readonly (readonly [name: string, targets: readonly string[]])[] {
  const folders = new Map<string, string[]>();
  for (const { path } of services) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth++) {
      const folder = parts.slice(0, depth).join('/');
      const targets = folders.get(folder) ?? [];
      targets.push(names.get(path) ?? '');
      folders.set(folder, targets);
    }
  }
  const taken = new Set([
    'default',
    'release',
    ...[...names.values()].flatMap((name) => [name, `${name}-release`]),
  ]);
  return [...folders].map(([folder, targets]) => [free(plain(folder), taken), targets]);
}

function plain(path: string): string {
  return (
    path
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'app'
  );
}

function free(name: string, taken: Set<string>): string {
  let one = name;
  for (let count = 2; taken.has(one); count++) one = `${name}-${count}`;
  taken.add(one);
  return one;
}

function secretsOf({ secrets }: Plan): string {
  const those = secrets.flatMap(({ id, from, source }) =>
    from === 'ssh' ? [] : [`id=${id},${from === 'env' ? 'env' : 'src'}=${source}`],
  );
  const ssh = secrets.some(({ from }) => from === 'ssh') ? '  ssh        = ["default"]\n' : '';
  return `${list('secret', those)}${ssh}`;
}

function args({ standard }: Plan): string {
  const lines = (standard?.proxies ?? []).map(({ name, value }) => `    ${name} = ${hcl(value)}\n`);
  return lines.length === 0 ? '' : `  args = {\n${lines.join('')}  }\n`;
}

function list(name: string, values: readonly string[]): string {
  return values.length === 0 ? '' : `  ${name.padEnd(10)} = [${values.map(hcl).join(', ')}]\n`;
}

/** A text of HCL: what would be a template in it is none. */
function hcl(text: string): string {
  return JSON.stringify(text)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{');
}
