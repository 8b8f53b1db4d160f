import type { Project } from '../project/project.ts';

/** Submodules whose files were not fetched, by the paths that .gitmodules names. */
export function emptySubmodules(project: Project): readonly string[] {
  return [
    ...(project.read('.gitmodules') ?? '').matchAll(/^[^\S\n]*path\s*=\s*([^\s#;][^\n#;]*?)\s{0,200}$/gm),
  ]
    .map(([, path = '']) => path)
    .filter(
      (path) =>
        /^[\w@+-][\w.@+-]*(\/[\w@+-][\w.@+-]*)*$/.test(path) && project.find(`${path}/**`).length === 0,
    );
}
