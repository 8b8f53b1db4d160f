import type { Dockerfile } from 'dockerfile-ast';

/** A Dockerfile's text, taken apart. Bundled, the names of a CommonJS package are those of its default. */
export async function parsedDockerfile(text: string): Promise<Dockerfile> {
  const loaded: typeof import('dockerfile-ast') & { readonly default?: typeof import('dockerfile-ast') } =
    await import('dockerfile-ast');
  const { DockerfileParser } = loaded.default ?? loaded;
  return DockerfileParser.parse(text);
}
