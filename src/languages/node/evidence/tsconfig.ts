import { recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { flagValue } from './commands.ts';

/** tsc's outputs: outDir, else the sources' own folders, for it then writes beside them. */
export function tscOutputs(words: readonly string[], project: Project): readonly string[] {
  // a flag with `false` behind it takes back what the configuration says
  const emits = flagValue(words, '--noEmit') === 'false';
  if (words.includes('--noEmit') && !emits) return [];
  const rest = words.slice(1);
  const builds = rest.find((word) => ['-b', '--build'].includes(word));
  const given = flagValue(words, '-p', '--project') ?? (builds ? flagValue(words, builds) : undefined);
  const file =
    given === undefined ? 'tsconfig.json' : project.isFolder(given) ? `${given}/tsconfig.json` : given;
  const flag = flagValue(words, '--outDir');
  if (flag !== undefined) return [clean(flag)];
  if (!emits && compilerOption(project, file, 'noEmit') === 'true') return [];
  const outDir = compilerOption(project, file, 'outDir');
  if (outDir !== undefined) return [outDir];
  return [
    ...new Set(project.find(['**/*.ts', '!**/*.d.ts']).map((path) => path.split('/')[0] ?? path)),
  ].filter((top) => !/\.config\.ts$/.test(top));
}

/** An option of a tsconfig or of what it extends, as text; a path is relative to the project. */
export function compilerOption(
  project: Project,
  file: string,
  option: string,
  depth = 0,
): string | undefined {
  const config = recordOf(project.parse(file));
  const value = recordOf(config.compilerOptions)[option];
  const here = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : '';
  if (typeof value === 'string')
    return /dir$/i.test(option) ? clean(here + value.replace('${configDir}/', '')) : value;
  if (value !== undefined) return String(value);
  if (depth > 8) return undefined;
  const bases = (Array.isArray(config.extends) ? config.extends : [config.extends]).filter(
    (b) => typeof b === 'string',
  );
  for (const base of bases.reverse() as string[]) {
    if (!base.startsWith('.')) continue;
    const path = clean(here + base);
    const found = compilerOption(project, project.has(path) ? path : `${path}.json`, option, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Names under which sources import each other: `@/` → `src/`, from tsconfig.json → paths. */
export function aliasesOf(project: Project): readonly { readonly prefix: string; readonly folder: string }[] {
  if (!project.isFile('tsconfig.json')) return [];
  const options = recordOf(recordOf(project.parse('tsconfig.json')).compilerOptions);
  const base = typeof options.baseUrl === 'string' ? options.baseUrl : '.';
  return Object.entries(recordOf(options.paths)).flatMap(([pattern, targets]) => {
    const [first] = Array.isArray(targets) ? targets : [];
    if (typeof first !== 'string' || !pattern.endsWith('*') || !first.endsWith('*')) return [];
    return [{ prefix: pattern.slice(0, -1), folder: clean(`${base}/${first.slice(0, -1)}`) }];
  });
}

export function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/') || '.';
}
