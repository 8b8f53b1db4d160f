import type { Source } from '../../../kit/dialect.ts';
import type { Program, Reader, Target } from '../../../kit/program.ts';
import { argument } from '../../../kit/syntax.ts';
import type { Project } from '../../../project/project.ts';
import type { Modules } from './modules.ts';

/** Calls of libraries that read the environment, with the place of their default. */
const READERS: readonly Reader[] = [
  {
    // https://github.com/HBNetwork/python-decouple, https://django-environ.readthedocs.io, https://github.com/sloria/environs
    of: /^(?:config|env|environ)(?:\.(?:str|int|bool|list|url|path|port))?$/,
    read({ source, args, text, worth, at }) {
      const variable = text(args[0]);
      if (variable === undefined || !/^[A-Za-z_]\w*$/.test(variable)) return undefined;
      const otherwise = argument(source, { args }, 'default', 1);
      return { ...(otherwise === undefined ? {} : worth(otherwise)), variable, at };
    },
    docs: 'https://github.com/HBNetwork/python-decouple',
  },
];

/** The files that are reached from an entry, as the kit reads what an expression is worth. */
export function programOf(
  project: Project,
  modules: Modules,
  entries: readonly string[],
  roots: readonly string[],
): Program {
  const paths = modules.reached(
    entries.filter((path) => project.isFile(path)),
    roots,
  );
  const sources = paths.map((path) => modules.source(path));
  const target = (path: string | undefined, name: string): readonly Target[] =>
    path?.endsWith('.py') ? [{ source: modules.source(path), name }] : [];
  return {
    sources,
    memo: new Map(),
    readers: READERS,
    resolve(source: Source, name: string) {
      return modules.imports(source.path).flatMap((one) => {
        if (one.names.length === 0) {
          if (one.as !== name) return [];
          return target(modules.resolve(source.path, one, undefined, roots), '*');
        }
        return one.names.flatMap(({ name: taken, as }) => {
          if (as !== name && taken !== '*') return [];
          const inner = taken === '*' ? undefined : modules.resolve(source.path, one, taken, roots);
          if (inner !== undefined) return target(inner, '*');
          return target(modules.resolve(source.path, one, undefined, roots), taken === '*' ? name : taken);
        });
      });
    },
  };
}
