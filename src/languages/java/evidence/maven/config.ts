import { posix } from 'node:path';
import { parse as splitShell } from 'shell-quote';
import type { Project } from '../../../../project/project.ts';

/** What .mvn says beside the POMs: https://maven.apache.org/configure.html. */
export interface MavenConfig {
  /** Where the repository is that everything is fetched into, if it is said: a folder of the image. */
  readonly cache: string | undefined;
  /** The project's own settings, which Maven reads instead of its user's. */
  readonly settings: string | undefined;
  /** Variables that the settings of the project read. */
  readonly variables: readonly string[];
  /** Extensions of the core, `group:artifact`. */
  readonly extensions: readonly string[];
}

export function readMavenConfig(project: Project): MavenConfig {
  const words = ['.mvn/maven.config', '.mvn/jvm.config'].flatMap((file) =>
    splitShell(project.read(file) ?? '').filter((word) => typeof word === 'string'),
  );
  const local = words.flatMap((word) => /^-Dmaven\.repo\.local=(.+)$/.exec(word)?.[1] ?? []).at(-1);
  const at = words.findIndex((word) => /^(?:-s|--settings)(?:=|$)/.test(word));
  const named = at < 0 ? undefined : (/=(.+)$/.exec(words[at] ?? '')?.[1] ?? words[at + 1]);
  const settings = named === undefined ? undefined : posix.normalize(named);
  const inside = settings !== undefined && project.isFile(settings) ? settings : undefined;
  const text = inside === undefined ? '' : (project.read(inside) ?? '');
  return {
    cache: local === undefined || !/^[\w./~-]+$/.test(local) ? undefined : posix.resolve('/src', local),
    settings: inside,
    variables: [...new Set([...text.matchAll(/\$\{env\.([A-Za-z_]\w*)\}/g)].map(([, name = '']) => name))],
    extensions: [
      ...(project.read('.mvn/extensions.xml') ?? '').matchAll(
        /<groupId>\s*([\w.-]+)\s*<\/groupId>\s*<artifactId>\s*([\w.-]+)\s*<\/artifactId>/g,
      ),
    ].map(([, group, artifact]) => `${group}:${artifact}`),
  };
}
