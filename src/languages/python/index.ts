import type { Language, Signal } from '../../facts/language.ts';
import { recordOf } from '../../project/data.ts';
import type { Project } from '../../project/project.ts';
import { isRoot } from './evidence/workspace.ts';
import { FLAGS } from './flags.ts';
import type { PythonSettings } from './settings/settings.ts';

/** Manifests that make a project by themselves, in the order in which they are named. */
const MANIFESTS = ['Pipfile', 'setup.py', 'environment.yml', 'environment.yaml', 'pylock.toml'];
const REQUIREMENTS = /^requirements(?:[-_.][\w.-]*)?\.(txt|in)$/;

/** Folders whose Python serves the project's own development. */
const ASIDE = /^(?:\.github|docs?|scripts?|tests?|tools?)\//;

/** A pyproject.toml often holds the settings of linters alone. */
function declares(project: Project): boolean {
  const { tool, ...rest } = recordOf(project.parse('pyproject.toml'));
  return (
    rest.project !== undefined ||
    recordOf(tool).poetry !== undefined ||
    ['uv.lock', 'poetry.lock', 'pdm.lock'].some((file) => project.isFile(file))
  );
}

function detect(project: Project): Signal | undefined {
  const { entries } = project;
  const listed = entries.filter((name) => MANIFESTS.includes(name) || REQUIREMENTS.test(name));
  const configured = project.isFile('pyproject.toml');
  const sources = entries.filter((name) => /^(?!setup\.py$|conftest\.py$|test_|noxfile).+\.py$/.test(name));
  // a manifest, or a list of requirements, is often that of a documentation or of tests
  const declared = listed.length > 0 || (configured && declares(project));
  if (!declared && sources.length === 0) return undefined;
  const own = project.find('**/*.py').some((path) => !ASIDE.test(path));
  if (own && configured && declares(project)) return { strength: 'manifest', files: ['pyproject.toml'] };
  if (own && listed.length > 0) return { strength: 'manifest', files: listed.slice(0, 1) };
  if (sources.length > 0) return { strength: 'source', files: sources.slice(0, 3) };
  // settings of tools alone make no project
  return undefined;
}

export const python: Language<PythonSettings> = {
  id: 'python',
  name: 'Python',
  manifest: 'pyproject.toml or requirements.txt',
  detect,
  workspaces: {
    files: ['pyproject.toml'],
    isRoot,
    load: async () => (await import('./rules.ts')).workspaces,
  },
  flags: FLAGS,
  rules: async () => (await import('./rules.ts')).rules,
};
