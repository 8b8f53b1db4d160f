import { COMPANIONS, type Companion } from '../catalog/companions.ts';
import { EXAMPLES } from '../kit/env-file.ts';
import { verbatim } from '../project/data.ts';
import type { Project } from '../project/project.ts';

/** A database or broker that a manifest names, and where. */
export interface Beside {
  readonly companion: Companion;
  readonly from: string;
}

/** Where the dependencies of each language stand. */
const MANIFESTS =
  /^(?:package\.json|go\.mod|requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg)|pom\.xml|build\.gradle(?:\.kts)?|CMakeLists\.txt|meson\.build|vcpkg\.json)$/;

/** The databases and brokers that the libraries of a project speak to. */
export function companionsOf(project: Project): readonly Beside[] {
  const texts = project.entries
    .filter((name) => MANIFESTS.test(name) && project.isFile(name))
    .map((name) => ({ name, text: project.read(name) ?? '' }));
  return COMPANIONS.flatMap((companion) => {
    for (const { name, text } of texts) {
      const client = companion.clients.find((one) => names(text, one));
      if (client !== undefined) return [{ companion, from: `${name} → ${client}` }];
    }
    return [];
  });
}

/** Whether a manifest names a package: as a whole word, and with a version behind it as Go's paths have. */
function names(text: string, name: string): boolean {
  return new RegExp(`(?:^|["'\\s(<>:,])${verbatim(name)}(?:/v\\d+)?(?:["'\\s<>=~!;,\\[:)]|$)`, 'm').test(
    text,
  );
}

/** Variables that the project's own example names. */
export function exampleNames(project: Project): readonly string[] {
  const path = EXAMPLES.find((name) => project.has(name));
  return [...(project.read(path ?? '') ?? '').matchAll(/^[^\S\n]*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=/gm)].map(
    ([, name = '']) => name,
  );
}

/** The name of an image, of a service, of a target: what all of them take. */
export function plainName(project: Project): string {
  const plain = project.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain || 'app';
}

/** A file that describes services already: it is never written over. */
export function ownCompose(project: Project): string | undefined {
  return project.context.entries.find((name) => /^(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml$/.test(name));
}
