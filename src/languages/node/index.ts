import type { Language } from '../language.ts';
import { offersOf } from './offers.ts';
import { planNode } from './plan.ts';
import { type NodeSettings, SETTINGS } from './settings.ts';

export const node: Language<NodeSettings> = {
  id: 'node',
  name: 'Node.js',
  detect(project) {
    if (project.isFile('package.json')) return { strength: 'manifest', files: ['package.json'] };
    const files = project.find(['{server,index,app,main}.{js,mjs,cjs,ts}']);
    return files.length > 0 ? { strength: 'source', files } : undefined;
  },
  settings: SETTINGS,
  plan: planNode,
  offers: offersOf,
};
