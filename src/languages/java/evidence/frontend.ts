import { posix } from 'node:path';
import type { Project } from '../../../project/project.ts';
import type { Frontend } from './build.ts';

/** Programs of Node.js that a build calls. */
export const CALLED = /^(?:\.\/)?(npm|npx|yarn|pnpm|bun|node)(?:\.cmd)?$/;

/** A front end at a folder, with what its own files say of Node.js where the build says nothing. */
export function frontendAt(
  project: Project,
  found: Pick<Frontend, 'at' | 'folder' | 'fetches' | 'version'> & { readonly calls?: readonly string[] },
): Frontend {
  const own = ['.nvmrc', '.node-version'].flatMap((name) => {
    const path = posix.join(found.folder, name);
    const text = project.read(path)?.trim();
    return text === undefined ? [] : [{ value: text, from: path }];
  });
  return {
    ...found,
    version: found.version ?? own[0],
    calls: (found.calls ?? []).filter((name) => /^(?:yarn|pnpm)$/.test(name)),
  };
}

/** Folders below the program that hold a front end which its build says nothing of. */
export function besideOf(project: Project, frontend: Frontend | undefined): readonly string[] {
  return project
    .find('{frontend,front-end,client,ui,web,webapp,web-ui,app-ui,dashboard}/package.json')
    .filter(
      (path) => posix.dirname(path) !== frontend?.folder && /"build"\s*:/.test(project.read(path) ?? ''),
    );
}
