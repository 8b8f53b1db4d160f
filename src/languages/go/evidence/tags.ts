import type { Found } from '../../../facts/language.ts';
import { listOf, recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

const RELEASERS = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];
const BUILDS = ['Makefile', 'GNUmakefile', 'Taskfile.y*ml', 'justfile', 'scripts/*.sh', '*.sh'];
const TAGS = /^[\w.]+(?:,[\w.]+)*$/;

/** The file of the project that tells GoReleaser what is built, and its builds. */
export function releasesOf(
  project: Project,
): { readonly file: string; readonly builds: readonly Readonly<Record<string, unknown>>[] } | undefined {
  const file = RELEASERS.find((path) => project.isFile(path));
  if (file === undefined) return undefined;
  return { file, builds: listOf(recordOf(project.parse(file)).builds).map(recordOf) };
}

/** Build tags that the project's own builds say, where all of them say the same. */
export function findTags(project: Project): Found<readonly string[]> | undefined {
  const releases = releasesOf(project);
  const released = (releases?.builds ?? []).map((build) => {
    const flags = listOf(build.flags).join(' ');
    return (
      listOf(build.tags)
        .flatMap((tag) => textOf(tag) ?? [])
        .join(',') ||
      tagsIn(flags)[0] ||
      ''
    );
  });
  const found = [
    ...released.map((value) => ({ value, from: releases?.file ?? '' })),
    ...project.find(BUILDS).flatMap((from) =>
      (project.read(from) ?? '')
        .split('\n')
        .filter((line) => /\bgo (?:build|install)\b/.test(line))
        .flatMap((line) => tagsIn(line))
        .map((value) => ({ value, from })),
    ),
  ];
  const [first] = found;
  const same = new Set(found.map(({ value }) => value)).size === 1;
  return first !== undefined && same && TAGS.test(first.value)
    ? { value: first.value.split(','), from: `${first.from} → tags` }
    : undefined;
}

/** `-tags a,b`, `-tags="a b"`. */
function tagsIn(text: string): readonly string[] {
  return [...text.matchAll(/--?tags[= ]\s*(?:"([^"]*)"|'([^']*)'|([\w.,]+))/g)].map(([, a, b, c]) =>
    (a ?? b ?? c ?? '').trim().replace(/[\s,]+/g, ','),
  );
}

export function isTags(text: string): boolean {
  return TAGS.test(text);
}
