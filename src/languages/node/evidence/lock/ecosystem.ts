import type { Project } from '../../../../project/project.ts';

/**
 * The script that a file of pm2 starts, read as text; `several` when that is not exactly one, undefined for what is no
 * such file. https://pm2.keymetrics.io/docs/usage/application-declaration
 */
export function ecosystemScript(project: Project, path: string): string | 'several' | undefined {
  if (!/\.(json|ya?ml|config\.[cm]?js)$/.test(path)) return undefined;
  const found = [...(project.read(path) ?? '').matchAll(/\bscript["']?\s*:\s*["'`]?([\w./-]+)/g)];
  return found.length === 1 ? found[0]?.[1] : 'several';
}
