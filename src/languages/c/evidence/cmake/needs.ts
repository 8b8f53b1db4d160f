import { table } from '../../../../project/data.ts';
import { inProject, SOURCE } from '../facts.ts';
import { sanitizersOf } from '../sanitizers.ts';
import { type Actions, absolute, type Followed, type Here } from './place.ts';

/** Packages that are many, each for a component: how CMake calls one. */
const PARTS: Readonly<Record<string, (part: string) => string>> = table({
  Boost: (part) => `boost_${part}`,
  Qt5: (part) => `Qt5${part}`,
  Qt6: (part) => `Qt6${part}`,
});

/** The components that find_package names, and whether it goes on without them. */
function componentsOf(
  rest: readonly string[],
): readonly { readonly part: string; readonly spare: boolean }[] {
  let open: 'none' | 'needed' | 'spare' = 'none';
  return rest.flatMap((word) => {
    if (/^[A-Z_]{4,}$/.test(word)) {
      open =
        word === 'OPTIONAL_COMPONENTS' ? 'spare' : /^(COMPONENTS|REQUIRED)$/.test(word) ? 'needed' : 'none';
      return [];
    }
    return open === 'none' ? [] : [{ part: word, spare: open === 'spare' }];
  });
}

/** Commands that say what is needed of the system, or is fetched. */
export const NEEDS: Actions = table({
  find_package(followed, [given = '', ...rest], { at, certain, variables }) {
    // find_package(QT NAMES Qt6 Qt5): the first that is there, and its version
    const name = rest.includes('NAMES') ? (rest[rest.indexOf('NAMES') + 1] ?? given) : given;
    const major = /(?<!\d)\d+$/.exec(name)?.[0];
    if (name !== given && major !== undefined) variables.set(`${given}_VERSION_MAJOR`, major);
    const optional = !certain || !rest.includes('REQUIRED');
    followed.needs.push({ by: 'cmake', name, at, optional });
    const called = PARTS[name];
    if (called === undefined) return;
    for (const { part, spare } of componentsOf(rest).filter((one) => /^[A-Za-z]\w*$/.test(one.part)))
      followed.needs.push({ by: 'cmake', name: called(part), at, optional: optional || spare });
  },
  find_program(followed, list, { at }) {
    const names = list.slice(1).filter((word) => /^[a-z][\w+-]*$/.test(word));
    for (const name of names)
      followed.needs.push({ by: 'tool', name, at, optional: !list.includes('REQUIRED') });
  },
  find_library(followed, [, ...rest], { at, certain }) {
    const names = rest[0] === 'NAMES' ? rest.slice(1) : rest.slice(0, 1);
    const [name] = names.filter((word) => /^[a-z][\w+.-]*$/i.test(word) && !/^[A-Z_]+$/.test(word));
    if (name !== undefined)
      followed.needs.push({
        by: 'link',
        name: name.replace(/^lib|\.(a|so)$/g, ''),
        at,
        optional: !certain || !rest.includes('REQUIRED'),
      });
  },
  check_library_exists(followed, [name = ''], { at }) {
    if (/^[a-z][\w+.-]*$/i.test(name)) followed.needs.push({ by: 'link', name, at, optional: true });
  },
  pkg_check_modules: modules,
  pkg_search_module: modules,
  target_link_libraries: linked,
  link_libraries: (followed, list, here) => linked(followed, ['', ...list], here),
  fetchcontent_declare: downloaded,
  externalproject_add: downloaded,
  cpmaddpackage(followed, list, { at }) {
    followed.downloads ??= at;
    // "gh:fmtlib/fmt#11.0.2", or NAME fmt
    const [, owner, short] = /^(?:\w+:)?([\w.-]+)\/([\w.-]+?)(?:[#@].*)?$/.exec(list[0] ?? '') ?? [];
    const name = list.includes('NAME') ? list[list.indexOf('NAME') + 1] : short;
    for (const one of [name, `${owner}_${name}`]) followed.brought.add((one ?? '').toLowerCase());
  },
  add_compile_options: compiled,
  add_link_options: compiled,
  add_definitions: compiled,
  target_compile_options: compiled,
  target_link_options: compiled,
  add_custom_command: called,
  add_custom_target: called,
});

/** A variable of flags for every file, or for those of a release. */
export function flagged(followed: Followed, [name = '', ...values]: readonly string[], here: Here): void {
  if (/^CMAKE_(C|CXX|EXE_LINKER)_FLAGS(_RELEASE)?$/.test(name)) compiled(followed, values, here);
}

function compiled(followed: Followed, list: readonly string[], { at, certain }: Here): void {
  // what is for another configuration, or under a condition, is not for a release
  const words = list.filter((word) => !word.startsWith('$<'));
  if (certain) followed.needs.push(...sanitizersOf(words.join(' '), at));
}

/** Programs that a command of the build calls. */
function called(followed: Followed, list: readonly string[], { at, certain }: Here): void {
  list.forEach((word, index) => {
    const name = list[index + 1];
    if (word === 'COMMAND' && name !== undefined && /^[a-z][\w+.-]*$/.test(name))
      followed.needs.push({ by: 'tool', name, at, optional: !certain });
  });
}

function modules(followed: Followed, [, ...list]: readonly string[], { at, certain }: Here): void {
  const optional = !certain || !list.includes('REQUIRED');
  const names = list.filter(
    (word) =>
      !/^(REQUIRED|QUIET|NO_CMAKE_PATH|NO_CMAKE_ENVIRONMENT_PATH|IMPORTED_TARGET|GLOBAL|STATIC_TARGET)$/.test(
        word,
      ),
  );
  for (const word of names) {
    const [name = ''] = word.split(/[<>=!]/);
    if (/^[A-Za-z][\w.+-]*$/.test(name)) followed.needs.push({ by: 'pkg-config', name, at, optional });
  }
}

function linked(followed: Followed, [target = '', ...list]: readonly string[], { at, certain }: Here): void {
  followed.targets.get(target)?.links.push(...list);
  for (const word of list) {
    const name = /^-l(.+)$/.exec(word)?.[1] ?? word;
    const keyword = /^(PUBLIC|PRIVATE|INTERFACE|LINK_\w+|debug|optimized|general)$/.test(word);
    if (keyword || !/^[A-Za-z][\w.+-]*$/.test(name) || followed.targets.has(name)) continue;
    followed.needs.push({ by: 'link', name, at, optional: !certain, ...(certain ? {} : { weak: true }) });
  }
}

/** What is fetched while it is configured; sources that lie in the project are not. */
function downloaded(
  followed: Followed,
  [name = '', ...rest]: readonly string[],
  { at, variables }: Here,
): void {
  followed.brought.add(name.toLowerCase());
  const git = rest.indexOf('GIT_REPOSITORY');
  const [owner = '', repository = ''] =
    git < 0
      ? []
      : (rest[git + 1]
          ?.replace(/\.git$/, '')
          .split('/')
          .slice(-2) ?? []);
  for (const one of [repository, `${owner}_${repository}`]) followed.brought.add(one.toLowerCase());
  const from = rest.indexOf('SOURCE_DIR');
  const remote = rest.some((word) => /^(GIT_REPOSITORY|URL|SVN_REPOSITORY|HG_REPOSITORY)$/.test(word));
  const url = rest[rest.indexOf('URL') + 1] ?? '';
  const local = rest.includes('URL')
    ? inProject(absolute(url, variables.get('CMAKE_CURRENT_SOURCE_DIR')))
    : undefined;
  if (remote && !(local !== undefined && followed.project.has(local))) followed.downloads ??= at;
  if (from >= 0)
    variables.set(
      `${name.toLowerCase()}_SOURCE_DIR`,
      absolute(rest[from + 1] ?? '', variables.get('CMAKE_CURRENT_SOURCE_DIR')),
    );
  else if (local !== undefined && followed.project.isFolder(local))
    variables.set(`${name.toLowerCase()}_SOURCE_DIR`, `${SOURCE}/${local}`);
}
