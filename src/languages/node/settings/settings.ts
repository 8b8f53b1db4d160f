import { UserError } from '../../../errors.ts';
import type { Context, Found, Settings } from '../../../facts/language.ts';
import { healthBy } from '../../../kit/health-paths.ts';
import type { Port } from '../../../kit/port.ts';
import { HEALTH, INCLUDE, INIT, PORT, value } from '../../../kit/settings.ts';
import { exact, preferred, releaseOf } from '../../../plan/version.ts';
import { findBeside } from '../evidence/beside.ts';
import { readBuild } from '../evidence/build/builds.ts';
import { findBuild } from '../evidence/build/script.ts';
import { splitScript } from '../evidence/commands.ts';
import { findHealth } from '../evidence/health.ts';
import { notAProgram } from '../evidence/kinds.ts';
import { declaredPackages, productionPackages } from '../evidence/lock/locked.ts';
import {
  findPackageManager,
  MANAGERS,
  type ManagerName,
  newest,
  type PackageManager,
} from '../evidence/lock/package-managers.ts';
import { manifestOf } from '../evidence/manifest.ts';
import { findPort } from '../evidence/port.ts';
import type { Program, Seen } from '../evidence/program.ts';
import { findRuntimeFiles } from '../evidence/runtime-files.ts';
import { findSignalHandler } from '../evidence/signals.ts';
import { parseStatic, withoutModules } from '../evidence/start/served.ts';
import { commandOf, findStart, fromText, type Start } from '../evidence/start/start.ts';
import { findUsage } from '../evidence/usage.ts';
import { mergedManifest } from '../evidence/workspace/workspaces.ts';
import { findNodeVersion } from './node-version.ts';

/** Every decision about a Node project, in the order in which they build on each other. */
export interface NodeSettings {
  readonly packageManager: PackageManager;
  readonly build: string;
  readonly start: Start;
  readonly runtimeVersion: string;
  readonly include: readonly string[];
  readonly port: Port;
  readonly health: string;
  readonly init: boolean;
}

type Known = Context<NodeSettings, Seen>;

function program(known: Known): Program {
  return known.seen.program(known.settings.start, known.settings.build);
}

export const SETTINGS: Settings<NodeSettings, Seen> = {
  packageManager: {
    detect({ project, catalog }) {
      const manifest = mergedManifest(project);
      const found = findPackageManager(project, catalog);
      const needs = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).length > 0;
      const npm: PackageManager = { name: 'npm', version: undefined };
      return found ?? (needs ? undefined : { value: npm, from: 'default, for nothing is installed' });
    },
    choices: () => MANAGERS.map((name) => ({ name, version: undefined })),
    assume: () => ({
      value: { name: 'npm', version: undefined },
      from: 'default, for there is no lock file',
    }),
    parse(text, { project, catalog }) {
      const [, name, version] = /^(npm|pnpm|yarn|bun)(?:@(\d.*))?$/.exec(text) ?? [];
      if (name === undefined) throw value('--package-manager', text, 'npm, pnpm, yarn or bun');
      const known = name as ManagerName;
      if (version !== undefined && exact(version) === undefined)
        throw value('--package-manager', text, `a full version, as in ${name}@1.2.3`);
      if (version !== undefined) return { name: known, version };
      const found = findPackageManager(project, catalog);
      const all = found === undefined || 'because' in found ? [] : 'tie' in found ? found.tie : [found];
      return (
        all.find((f) => f.value.name === known)?.value ?? { name: known, version: newest(catalog, known) }
      );
    },
    print: ({ name, version }) => (version === undefined ? name : `${name}@${version}`),
  },
  build: {
    detect: ({ project }) => findBuild(project, manifestOf(project)),
    assume: () => ({ value: 'none', from: 'no script builds anything' }),
    parse(text, { project }) {
      const { scripts } = manifestOf(project);
      const name = text.replace(/^(?:npm|pnpm|yarn|bun)\s+(?:run\s+)?/, '');
      if (name !== 'none' && !(name in scripts)) {
        throw value(
          '--build',
          text,
          `none or a script of package.json (${Object.keys(scripts).slice(0, 12).join(', ') || 'there is none'})`,
        );
      }
      return name;
    },
    print: (script) => script,
  },
  start: {
    detect: ({ project, settings, seen }) => {
      const manifest = manifestOf(project);
      const started = findStart({ project, manifest, build: buildOf({ project, settings }) });
      const found = withoutModules(project, settings.packageManager, started);
      const listens = (start: Start) => seen.program(start, settings.build).listens.length > 0;
      const because =
        found !== undefined && 'value' in found ? usageOf(found.value, settings.build, seen) : undefined;
      return notAProgram(project, manifest, found, listens) ?? (because === undefined ? found : { because });
    },
    assume: () => undefined,
    parse(text, { project, settings }) {
      const search = { project, manifest: manifestOf(project), build: buildOf({ project, settings }) };
      const split = splitScript(text);
      const [words = []] = 'commands' in split ? split.commands.map((command) => command.words) : [];
      if (words[0] === 'static') {
        const site = parseStatic(search, words);
        if ('want' in site) throw value('--start', text, site.want);
        return { argv: site.argv, env: {} };
      }
      // a file alone is what node starts
      const typed = /\.[mc]?[jt]sx?$/.test(words[0] ?? '') ? `node ${text}` : text;
      const found = fromText(search, typed, 'The command');
      if ('value' in found) return found.value;
      const file = words.slice(1).find((word) => !word.startsWith('-'));
      // what a build makes that cannot be read
      if (/^(node|bun)$/.test(words[0] ?? '') && file !== undefined && search.build !== undefined)
        return { argv: words, env: {} };
      throw new UserError({
        kind: 'value',
        flag: '--start',
        given: text,
        want: 'a command that starts a file that exists, or that --build makes',
        because: found.because,
      });
    },
    print: (start) =>
      [...(start.folder === undefined ? [] : ['cd', start.folder, '&&']), ...commandOf(start)].join(' '),
  },
  runtimeVersion: {
    detect(known) {
      const { project, catalog, today, settings } = known;
      if (settings.start?.argv[0] === 'bun') return undefined;
      const manifest = mergedManifest(project);
      const locked =
        (settings.packageManager && productionPackages(project, manifest, settings.packageManager)) ??
        declaredPackages(manifest);
      return findNodeVersion({ project, manifest, catalog, today, locked });
    },
    choices: (known) => preferred(releases(known), known.today).map((release) => release.version),
    assume(known) {
      const [first] = preferred(releases(known), known.today);
      return first && { value: first.version, from: 'default, the newest release line' };
    },
    parse(text, known) {
      const version = text.replace(/^v/, '');
      const list = releases(known);
      if (!/^\d+(\.\d+\.\d+)?$/.test(version) || releaseOf(list, version) === undefined) {
        throw value(
          '--runtime-version',
          text,
          `one of ${list.map((r) => r.version).join(', ')}, or a full version of them`,
        );
      }
      return version;
    },
    print: (version) => version,
  },
  include: {
    detect(known) {
      // what is not built ships as a whole
      if (program(known).build === undefined) return undefined;
      const found = findRuntimeFiles(known.project, program(known));
      const { start } = known.settings;
      const beside = start === undefined ? [] : findBeside(known.project, program(known), start);
      const paths = new Set([...(found?.paths ?? []), ...beside.map(({ source }) => source)]);
      const from = new Set([...(found?.from.split(', ') ?? []), ...beside.map((one) => one.from)]);
      return paths.size === 0 ? undefined : { value: [...paths].sort(), from: [...from].join(', ') };
    },
    assume: () => ({ value: [], from: 'nothing else is named by the sources' }),
    ...INCLUDE,
  },
  port: {
    detect(known) {
      const { start } = known.settings;
      if (start === undefined) return undefined;
      const { manifest, sources, listens, served } = program(known);
      if (served?.site !== undefined) return { value: 8080, from: 'the server of the files' };
      const set = served && start.env[served.server.variable ?? 'PORT'];
      if (served !== undefined && set === undefined)
        return { value: served.server.port, from: `default of ${served.framework.name}` };
      return findPort({
        project: known.project,
        manifest,
        sources,
        start,
        listens,
        from: 'its start command',
      });
    },
    assume: () => undefined,
    ...PORT,
  },
  health: {
    detect(known): Found<string> | undefined {
      const { sources, listens, served } = program(known);
      if (served?.site !== undefined) return { value: served.site.base, from: 'its first page' };
      if (known.settings.port === 'none') return { value: 'none', from: 'it is no server' };
      return healthBy(listens) ?? findHealth(sources);
    },
    assume: () => ({ value: '/', from: 'default; any answer below 500 is healthy' }),
    ...HEALTH,
  },
  init: {
    detect(known) {
      const { served, sources } = program(known);
      if (served?.site !== undefined) return { value: false, from: 'the server of the files ends itself' };
      if (served?.server.signals)
        return { value: false, from: `${served.framework.name} handles SIGTERM itself` };
      const at = findSignalHandler(sources);
      return at === undefined ? undefined : { value: false, from: `it handles SIGTERM itself, ${at}` };
    },
    assume: () => ({ value: true, from: 'no handler for SIGTERM was found' }),
    ...INIT,
  },
};

/** What runs to its end is given its words when it is run. */
function usageOf(start: Start, build: string | undefined, seen: Seen): string | undefined {
  const { listens, sources } = seen.program(start, build);
  return listens.length === 0 ? undefined : findUsage(sources, start);
}

function buildOf({ project, settings }: Pick<Known, 'project' | 'settings'>) {
  const { build } = settings;
  return build === undefined || build === 'none' ? undefined : readBuild(project, manifestOf(project), build);
}

function releases({ catalog, settings }: Pick<Known, 'catalog' | 'settings'>) {
  return settings.start?.argv[0] === 'bun' ? catalog.bun : catalog.node;
}
