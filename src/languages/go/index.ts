import type { Language } from '../../facts/language.ts';
import { FLAGS } from './flags.ts';
import type { GoSettings } from './settings/settings.ts';

export const go: Language<GoSettings> = {
  id: 'go',
  name: 'Go',
  manifest: 'go.mod',
  detect(project) {
    const manifests = ['go.work', 'go.mod'].filter((path) => project.isFile(path));
    // a go.mod without Go is one of Hugo's, or of some other tool's
    if (manifests.length > 0)
      return { strength: project.find('**/*.go').length > 0 ? 'manifest' : 'source', files: manifests };
    const sources = project.entries.filter((name) => /(?<!_test)\.go$/.test(name));
    const nested = project.entries.map((name) => `${name}/go.mod`).filter((path) => project.isFile(path));
    // modules side by side that name each other are built from here alone
    const joined = nested.some((path) => /=>\s*"?\.\.\//.test(project.read(path) ?? ''));
    if (joined) return { strength: 'manifest', files: nested };
    const files = sources.length > 0 ? sources : nested;
    return files.length > 0 ? { strength: 'source', files } : undefined;
  },
  parts: /go\.work$/,
  flags: FLAGS,
  rules: async () => (await import('./rules.ts')).rules,
};
