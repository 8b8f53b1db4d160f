import type { Language } from '../../facts/language.ts';
import { declaredPatterns } from './evidence/manifest.ts';
import { toolingOf } from './evidence/tooling.ts';
import { FLAGS } from './flags.ts';
import type { NodeSettings } from './settings/settings.ts';

export const node: Language<NodeSettings> = {
  id: 'node',
  name: 'Node.js',
  manifest: 'package.json',
  detect(project) {
    if (project.isFile('package.json')) {
      const holds = toolingOf(project);
      const files = ['package.json'];
      return holds === undefined ? { strength: 'manifest', files } : { strength: 'tooling', files, holds };
    }
    const files = project.find(['{server,index,app,main}.{js,mjs,cjs,ts}']);
    return files.length > 0 ? { strength: 'source', files } : undefined;
  },
  workspaces: {
    files: ['package.json', 'pnpm-workspace.yaml'],
    isRoot: (project) => declaredPatterns(project) !== undefined,
    load: async () => (await import('./rules.ts')).workspaces,
  },
  flags: FLAGS,
  rules: async () => (await import('./rules.ts')).rules,
};
