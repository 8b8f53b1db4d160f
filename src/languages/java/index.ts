import type { Language } from '../../facts/language.ts';
import type { Project } from '../../project/project.ts';
import { FLAGS } from './flags.ts';
import type { JavaSettings } from './settings/settings.ts';

const MANIFESTS = /^(?:pom\.xml|(?:build|settings)\.gradle(?:\.kts)?)$/;

/** Build files of tools that are not read. */
const FOREIGN = /^(?:build\.(?:xml|sbt|mill|sc)|MODULE\.bazel|WORKSPACE(?:\.bazel)?)$/;

/** How a build calls what package.json names. */
const NODE =
  /frontend-maven-plugin|quarkus-quinoa|vaadin-maven-plugin|<executable>\s*(?:npm|npx|yarn|pnpm)\b|com\.(?:github\.node-gradle|moowork)\.node|org\.siouan\.frontend|\bcom\.vaadin\b|\b(?:commandLine|executable)\b.{0,40}["'](?:npm|npx|yarn|pnpm)\b/;

/** Whether a package.json beside the build files is the front end that they build. */
function buildsNode(project: Project, manifests: readonly string[]): boolean {
  if (!project.isFile('package.json')) return false;
  const scripts = [...manifests, ...project.find('gradle/*.gradle{,.kts}')];
  return scripts.some((file) => NODE.test(project.read(file, 1 << 20) ?? ''));
}

export const java: Language<JavaSettings> = {
  id: 'java',
  name: 'Java',
  manifest: 'pom.xml or build.gradle',
  detect(project) {
    const manifests = project.entries.filter((name) => MANIFESTS.test(name));
    if (manifests.length > 0)
      return {
        strength: 'manifest',
        files: manifests,
        builds: buildsNode(project, manifests) ? ['package.json'] : [],
      };
    // what another tool builds is refused by that tool's name
    if (project.entries.some((name) => FOREIGN.test(name))) return undefined;
    const own = project.entries.filter((name) => name.endsWith('.java'));
    const nested = () =>
      project.isFolder('src') ? project.find(['src/*.java', 'src/main/java/**/*.java']).slice(0, 1) : [];
    const files = own.length > 0 ? own : nested();
    return files.length > 0 ? { strength: 'source', files: files.slice(0, 3) } : undefined;
  },
  parts: MANIFESTS,
  flags: FLAGS,
  rules: async () => (await import('./rules.ts')).rules,
};
