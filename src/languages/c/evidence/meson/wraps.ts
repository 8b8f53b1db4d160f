import { posix } from 'node:path';
import type { Project } from '../../../../project/project.ts';

/** A project that Meson fetches where the system has it not. https://mesonbuild.com/Wrap-dependency-system-manual.html */
export interface Wrap {
  readonly name: string;
  /** Dependencies that it stands for. */
  readonly provides: readonly string[];
}

/** The wraps whose folder is not there. */
export function wrapsOf(project: Project): readonly Wrap[] {
  return project.find('subprojects/*.wrap').flatMap((path) => {
    const name = posix.basename(path, '.wrap');
    const text = project.read(path) ?? '';
    const folder = /^[^\S\n]*directory\s*=\s*([\w.+-]+)/m.exec(text)?.[1] ?? name;
    if (project.isFile(`subprojects/${folder}/meson.build`)) return [];
    const provide = /^[^\S\n]*\[provide\]([^[]*)/m.exec(text)?.[1] ?? '';
    const listed = /^[^\S\n]*dependency_names\s*=\s*(.+)$/m.exec(provide)?.[1]?.split(/(?<!\s)\s*,\s*/) ?? [];
    const keys = [...provide.matchAll(/^[^\S\n]*([\w.+-]+)\s*=/gm)].map(([, key = '']) => key);
    return [{ name, provides: [name, ...listed, ...keys] }];
  });
}
