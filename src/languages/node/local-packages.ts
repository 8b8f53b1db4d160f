import type { Project } from '../../project.ts';
import { pathWord } from '../../quote.ts';
import type { Manifest } from './manifest.ts';

/** Folders and archives of the project that package.json installs as packages: `file:./libs/x`. */
export function localPackages(project: Project, manifest: Manifest): readonly string[] {
  const all = Object.entries({ ...manifest.devDependencies, ...manifest.dependencies });
  return all.flatMap(([name, range]) => {
    const path = /^(?:file|link|portal):(.+)$/.exec(range)?.[1]?.replace(/^\.\//, '');
    return path !== undefined && project.has(path)
      ? [pathWord(path, `package.json → dependencies.${name}`)]
      : [];
  });
}
