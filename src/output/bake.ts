import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { dockerfileOf, plainName } from './companions.ts';
import type { File } from './render.ts';

/**
 * A docker-bake.hcl: one target for this machine, and one to release for all platforms, with the cache, the labels of the
 * OCI image specification, and attestations, which not every builder of a workstation can make.
 * https://docs.docker.com/build/bake/reference/
 */
export function bakeOf(plan: Plan, project: Project): File {
  const name = plainName(project);
  const secrets = plan.secrets.flatMap(({ id, from, source }) =>
    from === 'ssh' ? [] : [`id=${id},${from === 'env' ? 'env' : 'src'}=${source}`],
  );
  const ssh = plan.secrets.some(({ from }) => from === 'ssh');
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
  dockerfile = ${hcl(dockerfileOf(project))}
  tags       = ["\${IMAGE}:\${TAG}"]
${args(plan)}${list('secret', secrets)}${ssh ? '  ssh        = ["default"]\n' : ''}  labels = {
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
