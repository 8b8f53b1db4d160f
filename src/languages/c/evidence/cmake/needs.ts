import { inProject, SOURCE } from '../facts.ts';
import type { Followed } from './cmake.ts';
import { type Actions, absolute, type Here } from './place.ts';

/** Commands that say what is needed of the system, or is fetched. */
export const NEEDS: Actions = {
  find_package(followed, [name = '', ...rest], { at, certain }) {
    const optional = !certain || !rest.includes('REQUIRED');
    const from = rest.findIndex((word) => /^(OPTIONAL_)?COMPONENTS$/.test(word));
    const parts =
      from < 0
        ? rest.includes('REQUIRED')
          ? rest.slice(rest.indexOf('REQUIRED') + 1)
          : []
        : rest.slice(from + 1);
    followed.needs.push({ by: 'cmake', name, at, optional });
    // Boost is many packages, each a component
    if (name === 'Boost')
      for (const part of parts.filter((p) => /^[a-z]\w*$/.test(p)))
        followed.needs.push({ by: 'cmake', name: `boost_${part}`, at, optional });
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
  cpmaddpackage(followed, _, { at }) {
    followed.downloads ??= at;
  },
};

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

function linked(followed: Followed, [, ...list]: readonly string[], { at, certain }: Here): void {
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
