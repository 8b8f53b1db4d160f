import { posix } from 'node:path';
import { table } from '../../../../project/data.ts';
import { BUILD, inProject, SOURCE } from '../facts.ts';
import { flagged, NEEDS } from './needs.ts';
import { type Actions, absolute, type Followed } from './place.ts';
import { run, runFile } from './run.ts';
import { TARGETS } from './targets.ts';
import { setList } from './variables.ts';

/** What each command of CMake means for what is asked here; others mean nothing. */
export const ACTIONS: Actions = table({
  ...TARGETS,
  ...NEEDS,
  cmake_minimum_required(followed, list) {
    followed.minimum ??= list[1];
  },
  project(followed, [name = ''], { variables }) {
    const top = variables.has('CMAKE_PROJECT_NAME') ? 'OFF' : 'ON';
    if (top === 'OFF') followed.brought.add(name.toLowerCase());
    else followed.name = name;
    if (top === 'ON') variables.set('CMAKE_PROJECT_NAME', name);
    variables.set('PROJECT_IS_TOP_LEVEL', top).set(`${name}_IS_TOP_LEVEL`, top);
    variables.set('PROJECT_NAME', name);
    for (const prefix of ['PROJECT', name]) {
      variables.set(`${prefix}_SOURCE_DIR`, variables.get('CMAKE_CURRENT_SOURCE_DIR') ?? SOURCE);
      variables.set(`${prefix}_BINARY_DIR`, variables.get('CMAKE_CURRENT_BINARY_DIR') ?? BUILD);
    }
  },
  set(followed, [name = '', ...values], here) {
    const { variables, certain } = here;
    flagged(followed, [name, ...values], here);
    const cache = values.indexOf('CACHE');
    const list = (cache < 0 ? values : values.slice(0, cache)).filter((word) => word !== 'PARENT_SCOPE');
    if (cache >= 0 && variables.has(name)) return;
    // a switch that may be turned is not known; a list of sources that may grow is
    if (!certain && SWITCH.test(list.join(';')) && variables.get(name) !== list[0]) variables.delete(name);
    else if (list.length > 0) setList(variables, name, list);
    else variables.delete(name);
  },
  unset(_, [name = ''], { variables }) {
    variables.delete(name);
  },
  option(followed, [name = '', , value = ''], { variables, raw }) {
    if (variables.has(name)) return;
    // no value is off, one that is not known may be on
    const off = isTurnedOff(followed, name, value) && raw.length > 2;
    if (off) followed.off.add(name);
    if (off || raw.length < 3) variables.set(name, 'OFF');
    else if (value !== '') variables.set(name, value);
  },
  cmake_dependent_option(followed, [name = '', , value = 'OFF', conditions = '', otherwise = 'OFF'], here) {
    const { variables } = here;
    if (variables.has(name)) return;
    // a value that is not known may be on
    const off = isTurnedOff(followed, name, value);
    if (off) followed.off.add(name);
    const falls = conditions
      .split(';')
      .some((one) => /^(OFF|FALSE|NO|0)$/i.test(variables.get(one.trim()) ?? ''));
    variables.set(name, off ? 'OFF' : falls ? otherwise : value);
  },
  list(followed, [verb, name = '', ...values], here) {
    const { variables } = here;
    flagged(followed, [name, ...values], here);
    const held = variables.get(name)?.split(';') ?? [];
    if (verb === 'APPEND') setList(variables, name, [...held, ...values]);
    if (verb === 'PREPEND') setList(variables, name, [...values, ...held]);
    if (verb === 'REMOVE_ITEM') variables.set(name, held.filter((item) => !values.includes(item)).join(';'));
  },
  string(followed, [verb, ...rest], here) {
    const { variables } = here;
    const [text = '', name = ''] = rest;
    flagged(followed, rest, here);
    if (verb === 'TOLOWER') variables.set(name, text.toLowerCase());
    if (verb === 'TOUPPER') variables.set(name, text.toUpperCase());
    if (verb === 'CONCAT') setList(variables, text, [rest.slice(1).join('')]);
    if (verb === 'APPEND') setList(variables, text, [(variables.get(text) ?? '') + rest.slice(1).join('')]);
  },
  get_filename_component(_, [name = '', path = '', mode], { variables }) {
    const made = {
      NAME: posix.basename(path),
      NAME_WE: posix.basename(path).replace(/\..*/, ''),
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
  cmake_parse_arguments(_, __, { variables, raw }) {
    const all = raw[0] === 'PARSE_ARGV' ? raw.slice(2) : raw;
    const [prefix = '', ...kinds] = all;
    const [flags = [], single = [], lists = []] = kinds.slice(0, 3).map((kind) => kind.split(';'));
    const rest =
      all === raw
        ? kinds.slice(3)
        : [variables.get('ARGV') ?? ''].map((list) => list.split(';').slice(Number(raw[1])).join(';'));
    for (const name of flags) variables.set(`${prefix}_${name}`, 'FALSE');
    for (const name of [...single, ...lists]) variables.delete(`${prefix}_${name}`);
    let open: string | undefined;
    for (const word of rest.flatMap((part) => part.split(';')).filter((part) => part !== '')) {
      if (flags.includes(word)) variables.set(`${prefix}_${word}`, 'TRUE');
      if ([...flags, ...single, ...lists].includes(word)) open = flags.includes(word) ? undefined : word;
      else {
        const name = `${prefix}_${open ?? 'UNPARSED_ARGUMENTS'}`;
        setList(variables, name, [...(variables.get(name)?.split(';') ?? []), word]);
        if (open !== undefined && single.includes(open)) open = undefined;
      }
    }
  },
  aux_source_directory({ project }, [folder = '', name = ''], { variables }) {
    const inside = inProject(absolute(folder, variables.get('CMAKE_CURRENT_SOURCE_DIR')));
    const found = inside === undefined ? [] : project.find(posix.join(inside, '*.{c,cc,cpp,cxx}'));
    setList(variables, name, [
      ...(variables.get(name)?.split(';') ?? []),
      ...found.map((path) => `${SOURCE}/${path}`),
    ]);
  },
  cmake_language(followed, [verb, name = '', ...rest], here) {
    if (verb === 'CALL')
      run(
        followed,
        [{ name: name.toLowerCase(), args: rest.map((text) => ({ text, quoted: false })), line: 0 }],
        here,
      );
  },
});

/** Options for what is no part of an image: it is turned off, for it costs time and needs tools. */
const ASIDE =
  /^(\w+_)?(TESTS?|TESTING|UNIT_?TESTS?|EXAMPLES?|SAMPLES?|DEMOS?|BENCHMARKS?|FUZZ(ING|ERS?)?|DOCS?|DOCUMENTATION|MAN_?PAGES?)$/i;

/** What is for those who look for mistakes: it needs libraries of its own, and slows down. */
const SANITIZERS = /(^|_)([AUT]|UB|MEM)?SAN$|SANITIZ/i;

function isTurnedOff({ aside }: Followed, name: string, value: string): boolean {
  return ((!aside && ASIDE.test(name)) || SANITIZERS.test(name)) && !/^(OFF|FALSE|NO|0)$/i.test(value);
}

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
