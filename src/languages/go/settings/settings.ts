import type { Context, Found, Settings } from '../../../facts/language.ts';
import type { Port } from '../../../kit/port.ts';
import { INCLUDE, PORT, value } from '../../../kit/settings.ts';
import { splitWords } from '../../../kit/words.ts';
import { preferred, releaseOf } from '../../../plan/version.ts';
import { findArguments } from '../evidence/arguments.ts';
import { assertBuildable } from '../evidence/buildable.ts';
import { findCgo } from '../evidence/cgo.ts';
import { frameworkOf } from '../evidence/frameworks.ts';
import { findHealth } from '../evidence/health.ts';
import { chosenMain, findMain, type Main, mainsOf } from '../evidence/mains.ts';
import { apartFrom, findPort } from '../evidence/port.ts';
import { findPrivate, isPattern } from '../evidence/private.ts';
import { type Program, programOf } from '../evidence/program.ts';
import { findRuntimeFiles } from '../evidence/runtime-files.ts';
import { findTags, isTags } from '../evidence/tags.ts';
import type { Tree } from '../evidence/tree.ts';
import { findGoVersion, leastVersion } from './go-version.ts';

/** Every decision about a Go project, in the order in which they build on each other. */
export interface GoSettings {
  /** Folder of the main package. */
  readonly main: string;
  readonly runtimeVersion: string;
  readonly cgo: boolean;
  /** Build tags. */
  readonly tags: readonly string[];
  /** Patterns of GOPRIVATE, `ssh://` before those that are fetched over SSH; `none`. */
  readonly private: string;
  readonly args: readonly string[];
  readonly include: readonly string[];
  readonly port: Port;
  readonly health: string;
}

type Known = Context<GoSettings, Tree>;

function program({ seen, settings }: Known): Program {
  return programOf(seen, settings.main, settings.cgo);
}

function mainOf({ seen, settings }: Known): Main {
  const main = mainsOf(seen).find(({ folder }) => folder === settings.main);
  if (main === undefined) throw new Error(`no main package in ${settings.main}`);
  return main;
}

const shown = (folder: string) => (folder === '.' ? '.' : `./${folder}`);

export const SETTINGS: Settings<GoSettings, Tree> = {
  main: {
    detect({ seen }) {
      const found = findMain(seen);
      const main = 'value' in found && mainsOf(seen).find(({ folder }) => folder === found.value);
      if (main) assertBuildable(seen, main);
      return found;
    },
    choices: ({ seen }) => mainsOf(seen).map(({ folder }) => folder),
    assume: () => undefined,
    parse(text, { seen }) {
      const main = chosenMain(seen, text);
      if (main === undefined) {
        const all = mainsOf(seen).map(({ folder }) => shown(folder));
        throw value(
          '--main',
          text,
          all.length > 0 ? `one of ${all.slice(0, 12).join(', ')}` : 'a package main',
        );
      }
      assertBuildable(seen, main);
      return main.folder;
    },
    print: shown,
  },
  runtimeVersion: {
    detect(known) {
      const { project, catalog, today } = known;
      return findGoVersion({ project, workspace: mainOf(known).workspace, catalog, today });
    },
    choices: ({ catalog, today }) => preferred(catalog.go, today).map((release) => release.version),
    assume({ catalog, today }) {
      const [first] = preferred(catalog.go, today);
      return first && { value: first.version, from: 'default, the newest release line' };
    },
    parse(text, known) {
      const version = text.replace(/^(go|v)/, '');
      const { go } = known.catalog;
      const least = leastVersion(mainOf(known).workspace);
      const lines = go.filter(({ version: v }) => minor(v) >= minor(least?.value ?? v)).map((r) => r.version);
      const release = /^\d+\.\d+(\.\d+)?$/.test(version) ? releaseOf(go, version) : undefined;
      if (release === undefined || !lines.includes(release.version)) {
        const why = least === undefined ? '' : `, for ${least.from} demands it`;
        throw value('--runtime-version', text, `${lines.join(', ')}, or a full version of them${why}`);
      }
      return version;
    },
    print: (version) => version,
  },
  cgo: {
    detect: (known) => findCgo(known.seen, mainOf(known)),
    assume: () => ({ value: false, from: 'nothing in it needs C' }),
    parse(text) {
      if (!/^(yes|no)$/.test(text)) throw value('--cgo', text, 'yes or no');
      return text === 'yes';
    },
    print: (cgo) => (cgo ? 'yes' : 'no'),
  },
  tags: {
    detect: ({ project, settings }) => findTags(project, settings.main ?? '.'),
    assume: () => ({ value: [], from: 'no build of the project says any' }),
    parse(text) {
      if (!isTags(text)) throw value('--tags', text, 'names by commas, or none');
      return text === 'none' ? [] : text.split(',');
    },
    print: (tags) => tags.join(',') || 'none',
  },
  private: {
    detect: (known) => findPrivate(known.project, mainOf(known).workspace),
    assume: () => ({ value: 'none', from: 'nothing says that a module is private' }),
    parse(text) {
      if (!isPattern(text)) throw value('--private', text, 'patterns as GOPRIVATE has them, or none');
      return text;
    },
    print: (pattern) => pattern,
  },
  args: {
    detect(known) {
      const { sources, listens } = program(known);
      const framework = frameworkOf(sources);
      return framework === undefined
        ? findArguments(sources, listens)
        : { value: framework.args, from: `how ${framework.name} serves` };
    },
    assume: () => ({ value: [], from: 'it needs none' }),
    parse(text) {
      const words = text === 'none' ? [] : splitWords(text);
      if (words === undefined)
        throw value('--args', text, 'words, with quotes around those that hold blanks');
      return words;
    },
    print: (words) => words.map((w) => (/^[^\s'"]+$/.test(w) ? w : JSON.stringify(w))).join(' ') || 'none',
  },
  include: {
    detect(known) {
      const found = findRuntimeFiles(known.project, program(known));
      return found && { value: found.paths, from: found.from };
    },
    assume: () => ({ value: [], from: 'nothing else is named by the sources' }),
    ...INCLUDE,
  },
  port: {
    detect(known) {
      const { include = [], args = [] } = known.settings;
      const framework = frameworkOf(program(known).sources);
      if (framework !== undefined && args.join(' ') === framework.args.join(' '))
        return { value: framework.port, from: framework.name };
      return findPort({ project: known.project, ...program(known), include, args });
    },
    assume: () => undefined,
    ...PORT,
  },
  health: {
    detect(known): Found<string> | undefined {
      const { sources, listens } = program(known);
      if (known.settings.port === 'none') return { value: 'none', from: 'it is no server' };
      const framework = frameworkOf(sources);
      if (framework !== undefined) return { value: framework.health, from: framework.name };
      const found = findHealth(sources);
      const opaque = listens.length > 0 && listens.every(({ speaks }) => speaks !== 'http');
      if (!found?.value.startsWith('/')) return found;
      if (opaque) return { value: 'tcp', from: 'it does not speak plain HTTP' };
      return apartFrom(listens) === undefined
        ? found
        : { value: 'tcp', from: `several listen, and ${found.value} may be another one’s (${found.from})` };
    },
    assume: () => ({ value: 'tcp', from: 'default, for no path answers for its health' }),
    parse(text) {
      if (!/^(none|tcp|\/[\w./~%-]*|-{0,2}health[\w-]*)$/.test(text))
        throw value('--health', text, 'a path as in /healthz, tcp, none, or a health command of its own');
      return text;
    },
    print: (path) => path,
  },
};

function minor(version: string): number {
  return Number(version.split('.')[1] ?? 0);
}
