import type { Plan } from '../../../plan/plan.ts';
import { listOf, recordOf, textOf } from '../../../project/data.ts';
import type { Seen } from '../evidence/evidence.ts';

/** What private package indexes need at build time. Nothing of it is ever in a layer. */
export interface Indexes {
  readonly secrets: Plan['secrets'];
  readonly mounts: readonly string[];
}

/** Indexes that anybody may read. */
const PUBLIC =
  /^https?:\/\/((test\.)?pypi\.org|files\.pythonhosted\.org|download\.pytorch\.org|pypi\.nvidia\.com|pypi\.ngc\.nvidia\.com|pypi\.anaconda\.org|wheels\.vllm\.ai|data\.pyg\.org|storage\.googleapis\.com|github\.com|[\w.-]+\.github\.io|www\.piwheels\.org|mirrors?\.)/;
const VARIABLE = /\$\{?([A-Za-z_]\w*)\}?/g;

/** https://docs.astral.sh/uv/concepts/indexes/#providing-credentials and the like of the others. */
export function indexesOf({ manifest, project, requirements }: Seen, manager: string): Indexes {
  const { tool } = manifest;
  const named = (key: string, table: string, make: (name: string) => readonly string[]) =>
    listOf(recordOf(tool[key])[table]).flatMap((entry) => {
      const { name, url } = recordOf(entry);
      const address = textOf(url) ?? '';
      const text = textOf(name);
      return text === undefined || address === '' || PUBLIC.test(address)
        ? []
        : make(text.toUpperCase().replace(/\W/g, '_'));
    });
  const variables =
    manager === 'uv'
      ? named('uv', 'index', (name) => [`UV_INDEX_${name}_USERNAME`, `UV_INDEX_${name}_PASSWORD`])
      : manager === 'poetry'
        ? named('poetry', 'source', (name) => [
            `POETRY_HTTP_BASIC_${name}_USERNAME`,
            `POETRY_HTTP_BASIC_${name}_PASSWORD`,
          ])
        : [];
  const urls =
    manager === 'pipenv'
      ? listOf(recordOf(project.parse('Pipfile')).source).map((one) => textOf(recordOf(one).url) ?? '')
      : manager === 'pdm'
        ? listOf(recordOf(tool.pdm).source).map((one) => textOf(recordOf(one).url) ?? '')
        : manager === 'pip'
          ? requirements.indexes.map(({ url }) => url)
          : [];
  const inside = urls.flatMap((url) => [...url.matchAll(VARIABLE)].map(([, name = '']) => name));
  const all = [...new Set([...variables, ...inside])];
  const closed = urls.some((url) => /^https?:/.test(url) && !PUBLIC.test(url) && url.search(VARIABLE) < 0);
  return {
    secrets: [
      ...all.map((id) => ({ id, from: 'env' as const, source: id })),
      ...(closed ? [{ id: 'netrc', from: 'file' as const, source: '~/.netrc' }] : []),
    ],
    mounts: [
      ...all.map((id) => `type=secret,id=${id},env=${id}`),
      ...(closed ? ['type=secret,id=netrc,target=/root/.netrc'] : []),
    ],
  };
}
