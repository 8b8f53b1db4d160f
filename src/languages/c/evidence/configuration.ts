import { posix } from 'node:path';
import type { Found } from '../../../facts/language.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { ASIDE } from './facts.ts';
import { portIn } from './listening.ts';
import { type SourceFile, search } from './sources.ts';

const FILES = [
  '*.{conf,cfg,ini,json,toml,yaml,yml}',
  '{etc,conf,config,configs,data}/**/*.{conf,cfg,ini,json,toml,yaml,yml}',
  '{etc,conf,config}/*.conf.in',
];
/** Files of those names that no program reads. */
const TOOLS =
  /(^|\/)(package(-lock)?|vcpkg|CMakePresets|CMakeUserPresets|compile_commands|conanfile|\.?clang-\w+|meson|mkdocs|codecov|appveyor|docker-compose\S*|compose|library|idf_component)\.\w+$|Doxyfile|(?:^|[/_.-])tests?[_.-]/i;
/** `Port 8888`, `port = 8888`, `"port": 8888`, `listen_port: 8888`, `listen 0.0.0.0:8888`, `listener *:8888`. */
const PORT =
  /^[ \t]*["']?(?:server[_.-]?)?(?:listen(?:ing|er)?[_.-]?)?(?:http[_.-]?)?(?:port|listen(?:er)?)["']?[ \t]*[=: \t][ \t]{0,200}["']?(?:[\w.*[\]]*:)?(\d{2,5})\b/gim;

/** The ports of the configurations that ship with the project: of those that the program names, or that are named for it. */
export function shippedPorts(
  project: Project,
  files: readonly SourceFile[],
  main: string,
): readonly Found<number>[] {
  const all = project.find(FILES).filter((one) => !TOOLS.test(one) && !ASIDE.test(one));
  const named = all.filter((path) => {
    const name = posix.basename(path).replace(/\.in$/, '');
    return files.some(({ text }) => text.includes(`"${name}"`) || text.includes(`/${name}"`));
  });
  const own = all.filter((path) => main.startsWith(posix.basename(path).replace(/\..*/, '')));
  const found = new Map<number, string>();
  for (const path of (named.length > 0 ? named : own.length > 0 ? own : all).slice(0, 40)) {
    const text = project.read(path, 2 ** 18) ?? '';
    for (const match of text.matchAll(PORT)) {
      const port = portIn(match[1]);
      if (port !== undefined && !found.has(port)) found.set(port, `${path}:${lineNumber(text, match.index)}`);
    }
  }
  return [...found].map(([value, from]) => ({ value, from })).slice(0, 6);
}

/** `#define DEFAULT_PORT 2222`: what the program calls the port that it listens on when it is told none. */
export function defaultPorts(files: readonly SourceFile[]): readonly Found<number>[] {
  const all = search(
    files,
    /(?:^[ \t]*#[ \t]*define[ \t]+|\b(?:const|constexpr)\s+(?!\s)[\w:\s]{0,60})(?=\w{0,60}default)(?=\w{0,60}port)\w{1,80}\s{0,20}=?\s{0,20}\(?"?(\d{2,5})"?\)?/gim,
  ).flatMap(({ groups, at }): readonly Found<number>[] => {
    const value = portIn(groups[0]);
    return value === undefined ? [] : [{ value, from: at }];
  });
  return [...new Map(all.map((one) => [one.value, one] as const)).values()];
}

/** Files and folders of the project that a configuration names: `path = ./wwwroot`, `"website": "./html"`. */
export function namedByConfiguration(project: Project, path: string): readonly string[] {
  if (!/\.(?:conf|cfg|ini|json|toml|ya?ml)$/.test(path)) return [];
  const text = project.read(path, 2 ** 16) ?? '';
  const words = [
    ...text.matchAll(/^(?![^\S\n]*[#;])[^\n]{0,200}?[\s="':]\.\/(\w[\w.-]*(?:\/\w[\w.-]*){0,8})/gm),
  ];
  return words.flatMap(([, name = '']) => (project.isFile(name) || project.isFolder(name) ? [name] : []));
}
