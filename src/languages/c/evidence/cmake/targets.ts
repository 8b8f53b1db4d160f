import { BUILD } from '../facts.ts';
import type { CmakeTarget, Followed } from './cmake.ts';
import { type Actions, absolute } from './place.ts';

/** Commands that say what is made, and which of it is installed or only tested. */
export const TARGETS: Actions = {
  add_executable(followed, [name = '', ...rest], { at, variables }) {
    if (name === '' || /^(IMPORTED|ALIAS)$/.test(rest[0] ?? '')) return;
    followed.targets.set(name, {
      kind: 'executable',
      at,
      sources: sourcesOf(rest, variables.get('CMAKE_CURRENT_SOURCE_DIR')),
      folder:
        variables.get('CMAKE_RUNTIME_OUTPUT_DIRECTORY') ||
        variables.get('EXECUTABLE_OUTPUT_PATH') ||
        (variables.get('CMAKE_CURRENT_BINARY_DIR') ?? BUILD),
      excluded: rest.includes('EXCLUDE_FROM_ALL'),
      output: name,
      installed: undefined,
    });
  },
  add_library(followed, [name = '', ...rest], { at, variables }) {
    if (name === '' || /^(IMPORTED|ALIAS|INTERFACE)$/.test(rest[0] ?? '') || rest.includes('IMPORTED'))
      return;
    const kind = /^(SHARED|MODULE)$/.test(rest[0] ?? '') ? 'shared' : 'library';
    const sources = sourcesOf(rest, variables.get('CMAKE_CURRENT_SOURCE_DIR'));
    followed.targets.set(name, {
      kind,
      at,
      sources,
      folder: '',
      excluded: false,
      output: name,
      installed: undefined,
    });
  },
  target_sources(followed, [name = '', ...rest], { variables }) {
    const target = followed.targets.get(name);
    if (target !== undefined)
      (target.sources as string[]).push(...sourcesOf(rest, variables.get('CMAKE_CURRENT_SOURCE_DIR')));
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
    if (verb !== 'TARGETS') followed.installsMore = true;
    if (verb !== 'TARGETS') return;
    const runtime = rest.indexOf('RUNTIME');
    const where = rest.indexOf('DESTINATION', Math.max(0, runtime));
    for (const name of rest) {
      const target = followed.targets.get(name);
      if (target !== undefined && target.kind !== 'executable') followed.installsMore = true;
      if (target !== undefined) target.installed = (where < 0 ? undefined : rest[where + 1]) || 'bin';
    }
  },
  add_test(followed, list) {
    const from = list.indexOf('COMMAND');
    followed.tested.add(list[from < 0 ? 1 : from + 1] ?? '');
  },
  gtest_discover_tests: (followed, [name = '']) => void followed.tested.add(name),
  catch_discover_tests: (followed, [name = '']) => void followed.tested.add(name),
};

function sourcesOf(list: readonly string[], folder: string | undefined): readonly string[] {
  return list
    .filter((word) => /\.(c|cc|cpp|cxx|c\+\+|C|h|hh|hpp|hxx)$/.test(word))
    .map((word) => absolute(word, folder));
}

function properties(followed: Followed, names: readonly string[], pairs: readonly string[]): void {
  for (const name of names) {
    const target: CmakeTarget | undefined = followed.targets.get(name);
    const value = (key: string) => (pairs.indexOf(key) < 0 ? undefined : pairs[pairs.indexOf(key) + 1]);
    if (target === undefined) continue;
    target.output = value('OUTPUT_NAME') ?? value('RUNTIME_OUTPUT_NAME') ?? target.output;
    const folder = value('RUNTIME_OUTPUT_DIRECTORY');
    if (folder !== undefined) followed.targets.set(name, { ...target, folder: absolute(folder, BUILD) });
  }
}
