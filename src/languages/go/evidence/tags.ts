import { posix } from 'node:path';
import type { Found } from '../../../facts/language.ts';
import { expanded, type MakeVariables, makeVariables } from '../../../kit/make-variables.ts';
import { listOf, recordOf, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

const RELEASERS = ['.goreleaser.yaml', '.goreleaser.yml', 'goreleaser.yaml', 'goreleaser.yml'];
const BUILDS = [
  'Makefile',
  'GNUmakefile',
  'Taskfile.y*ml',
  'justfile',
  'scripts/*.sh',
  '*.sh',
  '.github/workflows/*.y*ml',
];
/** Asked where no other file says it: the one that is written of this evidence is among them from then on. */
const IMAGES = ['Dockerfile', 'Dockerfile.*', '*.Dockerfile'];
const TAGS = /^[\w.]+(?:,[\w.]+)*$/;
/** A build by the go command, under its name or under the one that make gives it. */
const BUILD = /(?:\bgo|\$[({]GO(?:_?(?:CMD|BIN|EXE))?[)}])\s+(?:build|install)\b|\$[({]GOBUILD[)}]/;

/** The file of the project that tells GoReleaser what is built, and its builds. */
export function releasesOf(
  project: Project,
): { readonly file: string; readonly builds: readonly Readonly<Record<string, unknown>>[] } | undefined {
  const file = RELEASERS.find((path) => project.isFile(path));
  if (file === undefined) return undefined;
  return { file, builds: listOf(recordOf(project.parse(file)).builds).map(recordOf) };
}

/** Build tags that the project's own builds of a program say, where all of them say the same. */
export function findTags(project: Project, main: string): Found<readonly string[]> | undefined {
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
  const saidBy = (patterns: readonly string[]) =>
    project
      .find(patterns)
      .flatMap((from) => saidIn(project.read(from) ?? '', main).map((value) => ({ value, from })));
  const all = [...released.map((value) => ({ value, from: releases?.file ?? '' })), ...saidBy(BUILDS)];
  const found = all.length > 0 ? all : saidBy(IMAGES);
  const [first] = found;
  const same = new Set(found.map(({ value }) => value)).size === 1;
  return first !== undefined && same && TAGS.test(first.value)
    ? { value: first.value.split(','), from: `${first.from} → tags` }
    : undefined;
}

/** What a file of builds says: by their own flags, else by those that it gives to all. */
function saidIn(text: string, main: string): readonly string[] {
  const builds = buildsIn(text).filter((line) => isOf(line, main));
  const own = builds.flatMap((line) => tagsIn(line)).filter((value) => value !== '');
  if (own.length > 0 || builds.length === 0) return own;
  return (text.match(/\bGOFLAGS\b[^\n]{0,500}/g) ?? []).flatMap((line) => tagsIn(line));
}

/** The lines that build, with what their variables stand for. */
function buildsIn(text: string): readonly string[] {
  const lines = text.replace(/\\\n/g, ' ').split('\n');
  const builds = lines.filter((line) => BUILD.test(line));
  if (builds.length === 0) return [];
  const variables: MakeVariables = makeVariables(text);
  return builds.map((line) => expanded(line.replace(BUILD, 'go build'), variables));
}

/** Whether a line builds this program: not a tool that is fetched (`x/y@v1`), and no other package of the project. */
function isOf(line: string, main: string): boolean {
  const words = (line.split(/\bgo build\b/)[1] ?? '').split(/&&|\|\||[;|]/)[0]?.split(/\s+/) ?? [];
  if (words.some((word) => /^[^-'"$][^'"$]*@/.test(word))) return false;
  const places = words.filter((word) => /^\.{1,2}(\/|$)|^[\w-]+\/[\w./-]+$/.test(word));
  const named = places
    .filter((_, index) => words[words.indexOf(places[index] ?? '') - 1] !== '-o')
    .map((word) => posix.normalize(word.replace(/\/?[\w-]{1,200}\.go$/, '') || '.').replace(/(.)\/$/, '$1'));
  return named.length === 0 || named.some((path) => path === main || path.endsWith('...'));
}

/** `-tags a,b`, `-tags="a b"`. What a variable still stands in is not known. */
function tagsIn(text: string): readonly string[] {
  return [...text.matchAll(/--?tags[= ]\s*(?:"([^"]*)"|'([^']*)'|([\w.,$(){}]+))/g)].map(([, a, b, c]) =>
    (a ?? b ?? c ?? '').trim().replace(/[\s,]+/g, ','),
  );
}

export function isTags(text: string): boolean {
  return TAGS.test(text);
}
