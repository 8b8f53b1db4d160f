import { BROUGHT, NO_WHEEL, RENAMED } from '../../../catalog/python/conda.ts';
import { listOf, recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { normalized, parseRequirement, type Requirement, type Requirements } from './requirements.ts';

/** What an environment of conda says: https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html */
export interface Conda {
  readonly file: string;
  /** `3.12`, as conda writes it. */
  readonly python: string | undefined;
  readonly requirements: Requirements;
  /** What pip cannot install, and why. */
  readonly refused: { readonly at: string; readonly name: string; readonly because: string } | undefined;
}

const FILES = ['environment.yml', 'environment.yaml'];

export function condaFile(project: Project): string | undefined {
  return FILES.find((name) => project.isFile(name));
}

export function readConda(project: Project, file: string): Conda {
  const text = project.read(file) ?? '';
  const at = (entry: string) => {
    const line = text.split('\n').findIndex((one) => one.includes(entry));
    return line < 0 ? file : `${file}:${line + 1}`;
  };
  const entries = listOf(recordOf(project.parse(file)).dependencies);
  const own = entries.filter((one): one is string => typeof one === 'string');
  const inner = entries.flatMap((one) => listOf(recordOf(one).pip).map(String));
  const named = own.map((entry) => ({ ...specOf(entry), at: at(entry) }));
  const wanted = named.filter(({ name }) => !BROUGHT.some((pattern) => pattern.test(name)));
  const refused = wanted.flatMap(({ name, at: place }) => {
    const row = NO_WHEEL.find((one) => one.name.test(name));
    return row === undefined ? [] : { at: place, name, because: row.because };
  })[0];
  const all: readonly Requirement[] = [
    ...wanted.flatMap(
      ({ name, version, at: place }) => parseRequirement(`${RENAMED[name] ?? name}${version}`, place) ?? [],
    ),
    ...inner.flatMap((line) => parseRequirement(line, at(line)) ?? []),
  ];
  const unique = new Map(all.map((one) => [normalized(one.name), one]));
  return {
    file,
    python: named.find(({ name }) => name === 'python')?.version,
    requirements: { files: [], all: [...unique.values()], indexes: [] },
    refused,
  };
}

/** `conda-forge::numpy=1.26.4=py312_0`, `flask>=3`, `pandas 2.2.*` → a name, and a version as PEP 440 has it. */
function specOf(entry: string): { readonly name: string; readonly version: string } {
  const [bare = ''] = entry.replace(/^[\w./-]+::/, '').split('[');
  const [, name = '', rest = ''] = /^([\w.-]+)\s*(.*)$/.exec(bare.trim()) ?? [];
  return { name: name.toLowerCase(), version: versionOf(rest.trim()) };
}

function versionOf(text: string): string {
  if (text === '' || text === '*') return '';
  if (/^(?:[<>!~]|==)/.test(text)) return text.replace(/\s+/g, '').replace(/^==([^=,]+)=.*$/, '==$1');
  const [version = '', build] = text.replace(/^=/, '').split(/[=\s]+/);
  // one sign is any patch of it, with a build it is that one alone
  const exact = build !== undefined || version.includes('*') || version.split('.').length > 3;
  return exact ? `==${version}` : `==${version}.*`;
}
