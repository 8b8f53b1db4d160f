import { posix } from 'node:path';
import { pathWord } from '../../../../plan/quote.ts';
import * as semver from '../../../../plan/semver.ts';
import { recordOf, textOf, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { scriptRun, splitScript, withoutFinder } from '../../evidence/commands.ts';
import type { Locked } from '../../evidence/lock/locked.ts';
import type { ManagerName } from '../../evidence/lock/package-managers.ts';
import type { Manifest } from '../../evidence/manifest.ts';

/** A Prisma client, which is generated from a schema before anything can use it. */
export interface Prisma {
  readonly generate: string;
  /** What generates it anyway: a script that every installation runs, or the one that builds. */
  readonly by: 'install' | 'build' | undefined;
  /** Paths that generating reads. */
  readonly files: readonly string[];
  /** Folder of the project that it is generated into; undefined: node_modules. */
  readonly output: string | undefined;
  /** It is TypeScript, which a build compiles. */
  readonly typescript: boolean;
  /** It loads an engine written in Rust, which is chosen by libc, architecture and version of OpenSSL. */
  readonly engine: boolean;
  /** The program that generates is for development only. */
  readonly needsDev: boolean;
  /** Variables that its configuration refuses to be without, though generating uses none of them. */
  readonly env: Readonly<Record<string, string>>;
}

/** https://www.prisma.io/docs/orm/reference/prisma-cli-reference#generate, by package manager. */
const RUN: { readonly [Name in ManagerName]: string } = {
  npm: 'npx prisma generate',
  pnpm: 'pnpm exec prisma generate',
  yarn: 'yarn prisma generate',
  bun: 'bunx --bun prisma generate',
};

const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare'];

/** @param build the script that builds, or none. */
export function prismaOf(
  project: Project,
  manifest: Manifest,
  to: { manager: ManagerName; build: string | undefined; locked: readonly Locked[] | undefined },
): Prisma | undefined {
  const range = manifest.dependencies['@prisma/client'];
  const cli = 'prisma' in manifest.dependencies || 'prisma' in manifest.devDependencies;
  if (range === undefined || !cli) return undefined;
  const config = project.find(['prisma.config.{ts,mts,js,mjs,cjs}', '.config/prisma.{ts,mts,js,mjs}'])[0];
  const settings = config === undefined ? '' : (project.read(config) ?? '');
  const found = schemaOf(project, manifest, settings);
  if (found === undefined) return undefined;
  const { path: schema, named } = found;
  const version =
    to.locked?.find(({ name }) => name === '@prisma/client')?.version ??
    semver.minVersion(semver.validRange(range) === null ? '*' : range)?.version;
  const text = project.isFile(schema)
    ? (project.read(schema) ?? '')
    : project
        .find(`${schema}/**/*.prisma`)
        .map((path) => project.read(path) ?? '')
        .join('\n');
  const block =
    /generator\s+\w+\s*\{[^{}]*provider\s*=\s*"prisma-client(?:-js)?"[^{}]*\}/.exec(text)?.[0] ?? '';
  const option = (name: string) => new RegExp(`\\b${verbatim(name)}\\s*=\\s*"([^"]+)"`).exec(block)?.[1];
  const output = option('output');
  const base = project.isFile(schema) ? posix.dirname(schema) : schema;
  const folder = output === undefined ? undefined : posix.join(base, output);
  const install = INSTALL_SCRIPTS.some((name) => generates(manifest, name, 0));
  const built = to.build !== undefined && generates(manifest, to.build, 0);
  return {
    generate: RUN[to.manager] + (named ? '' : ` --schema ${pathWord(schema, 'package.json → scripts')}`),
    by: install ? 'install' : built ? 'build' : undefined,
    files: [schema.startsWith('prisma/') ? 'prisma' : schema, ...(config === undefined ? [] : [config])],
    output:
      folder === undefined || folder.startsWith('node_modules/') || folder.startsWith('..')
        ? undefined
        : pathWord(folder, `${schema} → output`),
    typescript: option('provider') === 'prisma-client',
    engine:
      version !== undefined &&
      semver.lt(version, '7.0.0') &&
      !/engineType\s*=\s*"client"|"queryCompiler"/.test(block),
    needsDev: !('prisma' in manifest.dependencies),
    env: Object.fromEntries(
      [...settings.matchAll(/(?<![.\w])env\(\s*['"](\w+)['"]\s*\)/g)].map(([, name = '']) => [
        name,
        'unused',
      ]),
    ),
  };
}

/**
 * Where the schema is: https://www.prisma.io/docs/orm/prisma-schema/overview/location. `named`: Prisma knows it too,
 * from its configuration or by convention; else the scripts alone tell.
 */
function schemaOf(
  project: Project,
  manifest: Manifest,
  settings: string,
): { readonly path: string; readonly named: boolean } | undefined {
  const configured = /\bschema\s*:\s*(?:path\.join\()?['"`]([^'"`]+)['"`](?:\s*,\s*['"`]([^'"`]+)['"`])?/
    .exec(settings)
    ?.slice(1)
    .filter((part) => part !== undefined)
    .join('/');
  const scripts = Object.values(manifest.scripts).join('\n');
  const flag = /\bprisma\b[^\n]*--schema[= ]['"]?([\w./-]{1,200})/.exec(scripts)?.[1];
  const named = [textOf(recordOf(manifest.raw.prisma).schema), configured];
  for (const path of [...named, 'prisma/schema.prisma', 'schema.prisma', 'prisma/schema', flag]) {
    const clean = path === undefined ? undefined : posix.normalize(path).replace(/\/$/, '');
    if (clean !== undefined && !clean.startsWith('..') && project.has(clean))
      return { path: clean, named: path !== flag };
  }
  return undefined;
}

/** Whether a script, or one that it runs, generates the client. */
function generates(manifest: Manifest, name: string, depth: number): boolean {
  const own = [`pre${name}`, name, `post${name}`].flatMap((script) => manifest.scripts[script] ?? []);
  return own.some((text) => {
    const split = splitScript(text.replace(/(?<!\s)\s*\|\|.*/, ''));
    if ('shell' in split) return /\bprisma\s+generate\b/.test(text);
    return split.commands.some(({ words }) => {
      const plain = withoutFinder(words);
      const run = scriptRun(plain, manifest.scripts);
      if (run !== undefined) return depth < 8 && run !== name && generates(manifest, run, depth + 1);
      const at = plain.indexOf('prisma');
      return at >= 0 && plain[at + 1] === 'generate';
    });
  });
}
