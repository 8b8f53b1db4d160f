import { posix } from 'node:path';
import type { Catalog, Release } from '../../../catalog/catalog.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { toolVersions } from '../../../kit/tool-versions.ts';
import * as semver from '../../../plan/semver.ts';
import {
  exact,
  isRange,
  longTerm,
  preferred,
  releaseOf,
  satisfies,
  supported,
} from '../../../plan/version.ts';
import { recordOf, table, textOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Locked } from '../evidence/lock/locked.ts';
import { type Manifest, manifestOf } from '../evidence/manifest.ts';

/** What a file demands: `22`, `v22.11.0`, `lts/jod`, `>=20`. */
type Demand = Found<string>;

/** The files that pin one version, the nearest to the runtime first, then the ranges. */
function demands(
  project: Project,
  manifest: Manifest,
): { pins: readonly Demand[]; ranges: readonly Demand[] } {
  const line = (path: string) =>
    textOf((project.read(path) ?? '').split('\n').find((l) => l.trim() !== '' && !l.trim().startsWith('#')));
  const pins = [
    ['.nvmrc', line('.nvmrc')],
    ['.node-version', line('.node-version')],
    ...toolVersions(project, ['nodejs', 'node']).map(({ value, from }) => [from, value] as const),
    ['package.json → volta.node', manifest.volta.node],
    ...pnpmPins(project, manifest),
  ] as const;
  const ranges = [
    ['package.json → engines.node', manifest.engines.node],
    ['package.json → devEngines.runtime', manifest.devEngines.runtime.node],
  ] as const;
  const present = (list: readonly (readonly [string, string | undefined])[]) =>
    list.flatMap(([from, value]) => (value === undefined ? [] : [{ value, from }]));
  return { pins: present(pins), ranges: present(ranges) };
}

/** The Node that pnpm itself would fetch for scripts. https://pnpm.io/settings#usenodeversion */
function pnpmPins(project: Project, manifest: Manifest): readonly (readonly [string, string | undefined])[] {
  const rc = /^[^\S\n]*use-node-version\s*=\s*["']?([^\s"']+)/m.exec(project.read('.npmrc') ?? '')?.[1];
  const settings = recordOf(project.parse('pnpm-workspace.yaml'));
  const environment = recordOf(recordOf(manifest.raw.pnpm).executionEnv);
  return [
    ['.npmrc → use-node-version', rc],
    ['pnpm-workspace.yaml → useNodeVersion', textOf(settings.useNodeVersion)],
    ['pnpm-workspace.yaml → executionEnv.nodeVersion', textOf(recordOf(settings.executionEnv).nodeVersion)],
    ['package.json → pnpm.executionEnv.nodeVersion', textOf(environment.nodeVersion)],
  ];
}

/** A member's own demands; what it does not say, the root of its workspace does. */
function nearest(project: Project, manifest: Manifest): ReturnType<typeof demands> {
  const own = demands(project, manifest);
  if (project.app === '.') return own;
  const { context, app } = project;
  const root = demands(context, manifestOf(context));
  const seen = (list: readonly Demand[]) =>
    list.map(({ value, from }) => ({ value, from: `${posix.relative(app, '.')}/${from}` }));
  return {
    pins: own.pins.length > 0 ? own.pins : seen(root.pins),
    ranges: own.ranges.length > 0 ? own.ranges : seen(root.ranges),
  };
}

/** The names that version managers have for a moving version. https://github.com/nvm-sh/nvm#long-term-support */
function alias(text: string, releases: readonly Release[], today: string): Release | undefined {
  const [newest] = preferred(releases, today);
  const name = text.toLowerCase();
  if (['lts/*', 'lts', 'stable', '--lts'].includes(name)) return newest;
  if (['node', 'latest', 'current', 'iojs'].includes(name)) return releases[0];
  const back = /^lts\/-(\d)$/.exec(name)?.[1];
  if (back !== undefined) return releases.filter((r) => longTerm(r, today))[Number(back)];
  const code = name.replace(/^lts[/-]/, '');
  return releases.find((r) => r.codename === code);
}

/**
 * The Node version: a pin gives its release line, for the image then gets that line's patches; ranges give the newest
 * supported long-term line that satisfies them and what the locked packages demand.
 */
export function findNodeVersion(to: {
  project: Project;
  manifest: Manifest;
  catalog: Catalog;
  today: string;
  locked: readonly Locked[] | undefined;
}): Found<string> | Tie<string> | Unusable | undefined {
  const { project, manifest, catalog, today, locked } = to;
  const { pins, ranges } = nearest(project, manifest);
  const [pin, ...others] = pins.map((demand) => ({
    demand,
    line: lineOf(demand.value, catalog.node, today),
  }));
  if (pin !== undefined) {
    if (pin.line === undefined)
      return ended(pin.demand, catalog, today) ?? { because: noLine(pin.demand, catalog) };
    const rival = others.find((other) => other.line !== undefined && other.line !== pin.line);
    if (rival?.line !== undefined) {
      return {
        tie: [pin, rival].map(({ demand, line }) => ({ value: line?.version ?? '', from: demand.from })),
      };
    }
    const against = ranges.find(
      (range) =>
        isRange(range.value) &&
        pin.line !== undefined &&
        !satisfies(pin.line, range.value) &&
        !allows(pin.demand.value, range.value),
    );
    const best = against && bestOf(catalog.node, today, [against.value]);
    if (against !== undefined && best !== undefined) {
      return {
        tie: [
          { value: pin.line.version, from: pin.demand.from },
          { value: best.version, from: against.from },
        ],
      };
    }
    return { value: pin.line.version, from: pin.demand.from };
  }
  const [range] = ranges;
  if (range !== undefined && !isRange(range.value)) {
    const line = alias(range.value, catalog.node, today);
    return line === undefined
      ? { because: noLine(range, catalog) }
      : { value: line.version, from: range.from };
  }
  if (range === undefined) {
    const [newest] = preferred(catalog.node, today);
    const best = bestOf(catalog.node, today, demanded(locked)) ?? newest;
    const why = best === newest ? '' : ' that the locked packages allow';
    return best && { value: best.version, from: `default, the newest long-term release${why}` };
  }
  const one = exact(range.value);
  const line = one === undefined ? undefined : releaseOf(catalog.node, one);
  if (one !== undefined && line !== undefined && line.newest !== one) return { value: one, from: range.from };
  const values = ranges.filter((r) => isRange(r.value)).map((r) => r.value);
  const best =
    bestOf(catalog.node, today, [...values, ...demanded(locked)]) ??
    bestOf(catalog.node, today, [range.value]);
  if (best !== undefined) return { value: best.version, from: range.from };
  return ended(range, catalog, today) ?? { because: noLine(range, catalog) };
}

/** How the origin of a version ends that stands for one which nobody maintains any more. */
export const ENDED = / \(Node [\d.]+ has ended\)$/;

/** The next supported line, where one is demanded that has ended and has no image: an old one, or one of odd number. */
function ended({ value, from }: Demand, catalog: Catalog, today: string): Found<string> | undefined {
  const lines = catalog.node.map((release) => Number(release.version));
  const wanted =
    isRange(value.replace(/^v/, '')) && !/^\s*</.test(value)
      ? semver.minVersion(value.replace(/^v/, ''))
      : null;
  const major = wanted?.major ?? codenamed(value);
  if (major === undefined || major > Math.max(...lines) || lines.includes(major)) return undefined;
  const next = catalog.node
    .filter((release) => Number(release.version) > major)
    .filter((release) => supported(release, today) && longTerm(release, today))
    .sort((a, b) => Number(a.version) - Number(b.version))[0];
  return next && { value: next.version, from: `${from} (Node ${major} has ended)` };
}

/** Long-term lines that have ended, by the names that version managers give them. https://nodejs.org/en/about/previous-releases */
function codenamed(text: string): number | undefined {
  return ENDED_LINES[text.toLowerCase().replace(/^lts[/-]/, '')];
}

const ENDED_LINES: { readonly [codename: string]: number } = table({
  argon: 4,
  boron: 6,
  carbon: 8,
  dubnium: 10,
  erbium: 12,
  fermium: 14,
  gallium: 16,
  hydrogen: 18,
});

function bestOf(releases: readonly Release[], today: string, ranges: readonly string[]): Release | undefined {
  return preferred(releases, today).find((release) => ranges.every((range) => satisfies(release, range)));
}

function allows(pin: string, range: string): boolean {
  const one = exact(pin);
  return one !== undefined && semver.satisfies(one, range);
}

function lineOf(text: string, releases: readonly Release[], today: string): Release | undefined {
  const version = text.replace(/^v/, '').replace(/^nodejs?[@-]/, '');
  if (!/^\d/.test(version)) {
    return (
      alias(text, releases, today) ?? (isRange(version) ? bestOf(releases, today, [version]) : undefined)
    );
  }
  return releaseOf(releases, version);
}

function noLine(demand: Demand, catalog: Catalog): string {
  const known = catalog.node.map((r) => r.version).join(', ');
  return `${demand.from} demands Node ${demand.value.slice(0, 60).replace(/[^\x20-\x7e]/g, '?')}, for which there is no image (there are ${known}).`;
}

function demanded(locked: readonly Locked[] | undefined): readonly string[] {
  return [
    ...new Set((locked ?? []).flatMap((p) => (p.node !== undefined && isRange(p.node) ? [p.node] : []))),
  ];
}

/** Locked packages that the chosen version does not satisfy. */
export function unsatisfied(locked: readonly Locked[] | undefined, release: Release): readonly Locked[] {
  return (locked ?? []).filter((p) => p.node !== undefined && isRange(p.node) && !satisfies(release, p.node));
}

/** What to say about a release line that gets no fixes any more. */
export function endOfLife(release: Release, today: string): string | undefined {
  return supported(release, today)
    ? undefined
    : `Node ${release.version} reached its end of life on ${release.endOfLife} and gets no security fixes.`;
}
