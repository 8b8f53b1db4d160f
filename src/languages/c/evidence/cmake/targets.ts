import { table } from '../../../../project/data.ts';
import { BUILD } from '../facts.ts';
import { type Actions, absolute, type CmakeTarget, type Followed, type Here } from './place.ts';

/** What makes a program: CMake's own command, and those of others that are called with the same arguments. */
const EXECUTABLES = [
  'add_executable',
  // https://doc.qt.io/qt-6/qt-add-executable.html
  'qt_add_executable',
  'qt6_add_executable',
  // https://api.kde.org/ecm/module/ECMAddAppIcon.html, https://cmake.org/cmake/help/latest/module/FindCUDA.html
  'kde4_add_executable',
  'cuda_add_executable',
];

function addExecutable(followed: Followed, [name = '', ...rest]: readonly string[], here: Here): void {
  if (name === '' || /^(IMPORTED|ALIAS)$/.test(rest[0] ?? '')) return;
  const { variables } = here;
  const folder =
    variables.get('CMAKE_RUNTIME_OUTPUT_DIRECTORY') ||
    variables.get('EXECUTABLE_OUTPUT_PATH') ||
    (variables.get('CMAKE_CURRENT_BINARY_DIR') ?? BUILD);
  followed.targets.set(name, {
    ...targetOf('executable', rest, here),
    folder,
    output: name,
    excluded: rest.includes('EXCLUDE_FROM_ALL'),
  });
}

function targetOf(
  kind: CmakeTarget['kind'],
  rest: readonly string[],
  { at, variables, raw }: Here,
): CmakeTarget {
  return {
    kind,
    at,
    sources: [...sourcesOf(rest, variables.get('CMAKE_CURRENT_SOURCE_DIR'))],
    links: rest.flatMap((word) => /^\$<TARGET_OBJECTS:([^>]+)>$/.exec(word)?.[1] ?? []),
    partial: raw.includes(''),
    excluded: false,
    folder: '',
    output: '',
    installed: undefined,
    renamed: undefined,
  };
}

/** Commands that say what is made, and which of it is installed or only tested. */
export const TARGETS: Actions = table({
  ...Object.fromEntries(EXECUTABLES.map((name) => [name, addExecutable])),
  add_library(followed, [name = '', ...rest], here) {
    if (name === '' || /^(IMPORTED|ALIAS|INTERFACE)$/.test(rest[0] ?? '') || rest.includes('IMPORTED'))
      return;
    const kind = /^(SHARED|MODULE)$/.test(rest[0] ?? '') ? 'shared' : 'library';
    followed.targets.set(name, targetOf(kind, rest, here));
  },
  target_sources(followed, [name = '', ...rest], { variables }) {
    const folder = variables.get('CMAKE_CURRENT_SOURCE_DIR');
    followed.targets.get(name)?.sources.push(...sourcesOf(rest, folder));
  },
  set_target_properties(followed, list) {
    const from = list.indexOf('PROPERTIES');
    properties(followed, list.slice(0, from), list.slice(from + 1));
  },
  set_property(followed, [scope, ...list]) {
    const from = list.indexOf('PROPERTY');
    if (scope === 'TARGET') properties(followed, list.slice(0, from), list.slice(from + 1));
  },
  install(followed, [verb, ...rest]) {
    const runtime = verb === 'TARGETS' ? rest.indexOf('RUNTIME') : 0;
    const where = rest.indexOf('DESTINATION', Math.max(0, runtime));
    const folder = (where < 0 ? undefined : rest[where + 1]) || 'bin';
    if (verb !== 'TARGETS') followed.installsMore = true;
    for (const word of rest) {
      const name = verb === 'TARGETS' ? word : /^\$<TARGET_FILE:([^>]+)>$/.exec(word)?.[1];
      const target = followed.targets.get(name ?? '');
      if (target === undefined) continue;
      if (target.kind !== 'executable') followed.installsMore = true;
      target.installed = folder;
      if (rest.includes('RENAME')) target.renamed = rest[rest.indexOf('RENAME') + 1];
    }
  },
  add_test(followed, list) {
    const from = list.indexOf('COMMAND');
    followed.tested.add(list[from < 0 ? 1 : from + 1] ?? '');
  },
  gtest_discover_tests: (followed, [name = '']) => void followed.tested.add(name),
  catch_discover_tests: (followed, [name = '']) => void followed.tested.add(name),
});

function sourcesOf(list: readonly string[], folder: string | undefined): readonly string[] {
  return list
    .filter((word) => /\.(c|cc|cpp|cxx|c\+\+|C|h|hh|hpp|hxx)$/.test(word))
    .map((word) => absolute(word, folder));
}

function properties(followed: Followed, names: readonly string[], pairs: readonly string[]): void {
  for (const name of names) {
    const target = followed.targets.get(name);
    const value = (key: string) => (pairs.indexOf(key) < 0 ? undefined : pairs[pairs.indexOf(key) + 1]);
    if (target === undefined) continue;
    target.output = value('OUTPUT_NAME') ?? value('RUNTIME_OUTPUT_NAME') ?? target.output;
    const folder = value('RUNTIME_OUTPUT_DIRECTORY');
    if (folder !== undefined) target.folder = absolute(folder, BUILD);
  }
}
