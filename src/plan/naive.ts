import type { Plan, Step } from './plan.ts';

/**
 * A Dockerfile of one stage, as the page of a language's image shows it: what others are compared with. It holds all that
 * the build needed. The words of `templates/naive/single-stage.hbs`.
 */
export interface Naive {
  /** The whole image, not its slim variant. */
  readonly image: string;
  /** Debian packages. */
  readonly packages: readonly string[];
  /** Where the sources are copied to. */
  readonly folder: string;
  /** What is copied before the rest, so that its packages are installed once; none: all is copied first. */
  readonly manifests: readonly string[];
  readonly install: readonly string[];
  readonly build: readonly string[];
  /** The folder in which it starts, where that is another one. */
  readonly startsIn: string | undefined;
  readonly env: Plan['env'];
  readonly port: number | undefined;
  readonly start: readonly string[];
}

/** How a language makes it of the plan for slim. */
export interface NaiveRow<App extends object> {
  /** The page whose Dockerfile it follows. */
  readonly docs: string;
  /** The file whose line somebody changes, by its name; the first that fits of those nearest to the root. */
  readonly sources: readonly RegExp[];
  /** Undefined: this kind of application has none. */
  of(plan: Plan<App>, read: (path: string) => string | undefined): Naive | undefined;
}

/** A step as one line: only secrets are mounted, for nothing else of it is naive. */
export function lineOf({ mounts, commands }: Step): string {
  const secrets = mounts.filter((mount) => /^type=(?:secret|ssh)\b/.test(mount));
  return [...secrets.map((mount) => `--mount=${mount}`), commands.join(' && ')].join(' ');
}

/** The manifests that a step installs by, where all of them lie in the root of the context. */
export function manifestsOf(steps: readonly (Step | undefined)[]): readonly string[] {
  const mounts = steps.flatMap((step) => step?.mounts ?? []);
  const sources = mounts.flatMap((mount) => /^type=bind,source=([^,]+)/.exec(mount)?.[1] ?? []);
  const whole = mounts.some((mount) => /^type=bind,(?:target=\.|.*\b(?:rw|readwrite)\b)/.test(mount));
  return whole || sources.some((path) => path.includes('/') || path.includes('"'))
    ? []
    : [...new Set(sources)];
}

/** What starts it, without the init of the image that ships. */
export function startOf({ start }: Plan): readonly string[] {
  const words = [...start.entrypoint, ...start.command];
  return words[0] === '/usr/bin/tini' ? words.slice(words.indexOf('--') + 1) : words;
}
