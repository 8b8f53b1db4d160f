import type { Found } from '../../../facts/language.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { ASIDE } from './facts.ts';
import { portIn } from './listening.ts';

const FILES = [
  '*.{conf,cfg,ini,json,toml,yaml,yml}',
  '{etc,conf,config,configs,data}/**/*.{conf,cfg,ini,json,toml,yaml,yml}',
  '{etc,conf,config}/*.conf.in',
];
/** Files of those names that no program reads. */
const TOOLS =
  /(^|\/)(package(-lock)?|vcpkg|CMakePresets|CMakeUserPresets|compile_commands|conanfile|\.?clang-\w+|meson|mkdocs|codecov|appveyor|docker-compose\S*|compose|library|idf_component)\.\w+$|Doxyfile/i;
/** `Port 8888`, `port = 8888`, `"port": 8888`, `listen_port: 8888`, `listen 0.0.0.0:8888`. */
const PORT =
  /^[ \t]*["']?(?:server[_.-]?)?(?:listen(?:ing|er)?[_.-]?)?(?:http[_.-]?)?(?:port|listen)["']?[ \t]*[=: \t][ \t]*["']?(?:[\w.*[\]]*:)?(\d{2,5})\b/gim;

/** The port of a configuration that ships with the project: where only one is said. */
export function shippedPort(project: Project): Found<number> | undefined {
  const found = new Map<number, string>();
  for (const path of project
    .find(FILES)
    .filter((one) => !TOOLS.test(one) && !ASIDE.test(one))
    .slice(0, 40)) {
    const text = project.read(path, 2 ** 18) ?? '';
    for (const match of text.matchAll(PORT)) {
      const port = portIn(match[1]);
      if (port !== undefined && !found.has(port)) found.set(port, `${path}:${lineNumber(text, match.index)}`);
    }
  }
  const [first, ...more] = found;
  return first === undefined || more.length > 0 ? undefined : { value: first[0], from: first[1] };
}
