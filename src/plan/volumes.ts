import { posix } from 'node:path';

/** The volumes of an image by names that no two share: the last part of the path, the whole where two end alike. */
export function volumesOf(
  name: string,
  paths: readonly string[],
): readonly { readonly name: string; readonly path: string }[] {
  const last = (path: string) => posix.basename(path);
  return paths.map((path) => {
    const alike = paths.filter((other) => last(other) === last(path)).length > 1;
    const part = (alike ? path.slice(1) : last(path)).replaceAll('/', '-').replace(/[^\w-]/g, '');
    return { name: `${name}-${part}`, path };
  });
}
