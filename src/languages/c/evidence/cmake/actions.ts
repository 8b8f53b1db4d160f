import { posix } from 'node:path';
import { BUILD, inProject, SOURCE } from '../facts.ts';
import { run, runFile } from './cmake.ts';
import { NEEDS } from './needs.ts';
import { type Actions, absolute } from './place.ts';
import { TARGETS } from './targets.ts';

/** What each command of CMake means for what is asked here; others mean nothing. */
export const ACTIONS: Actions = {
  ...TARGETS,
  ...NEEDS,
  cmake_minimum_required(followed, list) {
    followed.minimum ??= list[1];
  },
  project(_, [name = ''], { variables }) {
    const top = variables.has('CMAKE_PROJECT_NAME') ? 'OFF' : 'ON';
    if (top === 'ON') variables.set('CMAKE_PROJECT_NAME', name);
    variables.set('PROJECT_IS_TOP_LEVEL', top).set(`${name}_IS_TOP_LEVEL`, top);
    variables.set('PROJECT_NAME', name);
    for (const prefix of ['PROJECT', name]) {
      variables.set(`${prefix}_SOURCE_DIR`, variables.get('CMAKE_CURRENT_SOURCE_DIR') ?? SOURCE);
      variables.set(`${prefix}_BINARY_DIR`, variables.get('CMAKE_CURRENT_BINARY_DIR') ?? BUILD);
    }
  },
  set(_, [name = '', ...values], { variables, certain }) {
    const cache = values.indexOf('CACHE');
    const list = (cache < 0 ? values : values.slice(0, cache)).filter((word) => word !== 'PARENT_SCOPE');
    if (cache >= 0 && variables.has(name)) return;
    // a switch that may be turned is not known; a list of sources that may grow is
    if (!certain && SWITCH.test(list.join(';')) && variables.get(name) !== list[0]) variables.delete(name);
    else if (list.length > 0) variables.set(name, list.join(';'));
    else variables.delete(name);
  },
  unset(_, [name = ''], { variables }) {
    variables.delete(name);
  },
  option(followed, [name = '', , value = ''], { variables, raw }) {
    if (variables.has(name)) return;
    // no value is off, one that is not known may be on
    const off = ASIDE.test(name) && raw.length > 2 && !/^(OFF|FALSE|NO|0)$/i.test(value);
    if (off) followed.off.add(name);
    if (off || raw.length < 3) variables.set(name, 'OFF');
    else if (value !== '') variables.set(name, value);
  },
  cmake_dependent_option(followed, [name = '', , value = 'OFF', conditions = '', otherwise = 'OFF'], here) {
    const { variables } = here;
    if (variables.has(name)) return;
    // a value that is not known may be on
    const off = ASIDE.test(name) && !/^(OFF|FALSE|NO|0)$/i.test(value);
    if (off) followed.off.add(name);
    const falls = conditions
      .split(';')
      .some((one) => /^(OFF|FALSE|NO|0)$/i.test(variables.get(one.trim()) ?? ''));
    variables.set(name, off ? 'OFF' : falls ? otherwise : value);
  },
  list(_, [verb, name = '', ...values], { variables }) {
    const held = variables.get(name)?.split(';') ?? [];
    if (verb === 'APPEND') variables.set(name, [...held, ...values].join(';'));
    if (verb === 'PREPEND') variables.set(name, [...values, ...held].join(';'));
    if (verb === 'REMOVE_ITEM') variables.set(name, held.filter((item) => !values.includes(item)).join(';'));
  },
  string(_, [verb, ...rest], { variables }) {
    const [text = '', name = ''] = rest;
    if (verb === 'TOLOWER') variables.set(name, text.toLowerCase());
    if (verb === 'TOUPPER') variables.set(name, text.toUpperCase());
    if (verb === 'CONCAT') variables.set(text, rest.slice(1).join(''));
  },
  get_filename_component(_, [name = '', path = '', mode], { variables }) {
    const made = {
      NAME: posix.basename(path),
      NAME_WE: posix.basename(path).replace(/\..*$/, ''),
      ABSOLUTE: absolute(path, variables.get('CMAKE_CURRENT_SOURCE_DIR')),
    };
    variables.set(name, made[mode as keyof typeof made] ?? posix.dirname(path));
  },
  file(followed, [verb, name = '', ...rest], { variables }) {
    if (verb !== 'GLOB' && verb !== 'GLOB_RECURSE') return;
    const skip = rest[0] === 'RELATIVE' ? 2 : 0;
    const found = rest.slice(skip).flatMap((pattern) => {
      const inside = inProject(absolute(pattern, variables.get('CMAKE_CURRENT_SOURCE_DIR')));
      if (inside === undefined) return [];
      const deep =
        verb === 'GLOB_RECURSE' ? posix.join(posix.dirname(inside), '**', posix.basename(inside)) : inside;
      return followed.project.find(deep).map((path) => `${SOURCE}/${path}`);
    });
    variables.set(name, [...new Set(found)].join(';'));
  },
  include(followed, [name = ''], here) {
    if (name === 'CTest') followed.testing = true;
    if (name === 'GNUInstallDirs')
      for (const [key, value] of Object.entries(GNU)) here.variables.set(`CMAKE_INSTALL_${key}`, value);
    const folders = [
      here.variables.get('CMAKE_CURRENT_SOURCE_DIR') ?? SOURCE,
      ...(here.variables.get('CMAKE_MODULE_PATH') ?? '').split(';'),
    ];
    for (const folder of folders)
      for (const ending of ['', '.cmake']) {
        const path = inProject(absolute(`${name}${ending}`, folder));
        if (
          path !== undefined &&
          /\.(cmake|txt|in)$/.test(path) &&
          runFile(followed, path, { ...here, depth: here.depth + 1 })
        )
          return;
      }
  },
  add_subdirectory(followed, [folder = '', binary], here) {
    const source = absolute(folder, here.variables.get('CMAKE_CURRENT_SOURCE_DIR'));
    const inside = inProject(source);
    if (inside === undefined) return;
    const parent = here.variables.get('CMAKE_CURRENT_BINARY_DIR') ?? BUILD;
    const own =
      binary === undefined || binary === 'EXCLUDE_FROM_ALL'
        ? posix.join(parent, folder)
        : absolute(binary, parent);
    const variables = new Map(here.variables)
      .set('CMAKE_CURRENT_SOURCE_DIR', source)
      .set('CMAKE_CURRENT_BINARY_DIR', own);
    runFile(followed, posix.join(inside, 'CMakeLists.txt'), { ...here, variables, depth: here.depth + 1 });
  },
  fetchcontent_makeavailable(followed, names, here) {
    for (const name of names) {
      const folder = here.variables.get(`${name.toLowerCase()}_SOURCE_DIR`);
      if (folder === undefined) continue;
      const variables = new Map(here.variables)
        .set('CMAKE_CURRENT_SOURCE_DIR', folder)
        .set('CMAKE_CURRENT_BINARY_DIR', posix.join(BUILD, '_deps', `${name.toLowerCase()}-build`));
      const inside = inProject(folder);
      // what a dependency installs or tests is not the project's own
      const own = new Set(followed.targets.keys());
      if (inside !== undefined)
        runFile(followed, posix.join(inside, 'CMakeLists.txt'), {
          ...here,
          variables,
          depth: here.depth + 1,
        });
      for (const [target, row] of followed.targets)
        if (!own.has(target) && row.kind === 'executable') followed.targets.delete(target);
    }
  },
  cmake_language(followed, [verb, name = '', ...rest], here) {
    if (verb === 'CALL')
      run(
        followed,
        [{ name: name.toLowerCase(), args: rest.map((text) => ({ text, quoted: false })), line: 0 }],
        here,
      );
  },
};

/** Options for what is no part of an image: it is turned off, for it costs time and needs tools. */
const ASIDE =
  /^(\w+_)?(TESTS?|TESTING|UNIT_?TESTS?|EXAMPLES?|SAMPLES?|DEMOS?|BENCHMARKS?|FUZZ(ING|ERS?)?|DOCS?|DOCUMENTATION|MAN_?PAGES?)$/i;

/** A value that turns something on or off. */
const SWITCH = /^(ON|TRUE|YES|1|OFF|FALSE|NO|0)$/i;

/** GNUInstallDirs below /usr/local. */
const GNU = {
  BINDIR: 'bin',
  SBINDIR: 'sbin',
  LIBDIR: 'lib',
  LIBEXECDIR: 'libexec',
  INCLUDEDIR: 'include',
  DATADIR: 'share',
  DATAROOTDIR: 'share',
  SYSCONFDIR: 'etc',
  MANDIR: 'share/man',
  DOCDIR: 'share/doc',
};
