import type { Project } from '../../../project.ts';
import type { Build } from '../builds.ts';
import type { Manifest } from '../manifest.ts';
import { BOTH } from './both.ts';
import type { Framework, Made } from './framework.ts';
import { NITRO } from './nitro.ts';
import { SERVERS } from './servers.ts';
import { SITES } from './sites.ts';

/** All of them. Of those that share a command the first whose packages are there is meant. */
export const FRAMEWORKS: readonly Framework[] = [...SERVERS, ...NITRO, ...BOTH, ...SITES];

/** What builds a project's pages, and what that makes. */
export interface Built {
  readonly framework: Framework;
  readonly made: Made;
}

/** Whether a command begins with the words of another: `vite build --mode x` with `vite build`. */
export function begins(words: readonly string[], command: string): boolean {
  return command.split(' ').every((word, index) => words[index] === word);
}

/**
 * The framework of a build: the first command of its script that a framework's row knows, and that makes something of
 * its own. What else stands among the dependencies does not decide.
 */
export function frameworkOf(
  project: Project,
  manifest: Manifest,
  build: Pick<Build, 'commands'> | undefined,
): Built | undefined {
  const there = (name: string) => name in manifest.dependencies || name in manifest.devDependencies;
  for (const { words, env } of build?.commands ?? []) {
    const framework = FRAMEWORKS.find(
      ({ builds, of }) => builds.some((command) => begins(words, command)) && (of?.some(there) ?? true),
    );
    const made = framework?.made({ project, manifest, words, env });
    if (framework !== undefined && made !== undefined) return { framework, made };
  }
  return undefined;
}
