import type { Project } from '../../../project/project.ts';
import { remember } from '../../../project/remember.ts';
import type { Build } from '../evidence/build/builds.ts';
import type { Manifest } from '../evidence/manifest.ts';
import { ADONIS } from './adonis.ts';
import { ANGULAR } from './angular.ts';
import { ASTRO } from './astro.ts';
import { isBefore } from './config.ts';
import { CREATE_REACT_APP } from './create-react-app.ts';
import { DOCUSAURUS } from './docusaurus.ts';
import { ELEVENTY } from './eleventy.ts';
import type { Framework, Made } from './framework.ts';
import { GATSBY } from './gatsby.ts';
import { HEXO } from './hexo.ts';
import { NEXT } from './next.ts';
import { NITRO } from './nitro.ts';
import { NUXT } from './nuxt.ts';
import { PARCEL } from './parcel.ts';
import { REACT_ROUTER } from './react-router.ts';
import { REMIX } from './remix.ts';
import { SOLID_START } from './solid-start.ts';
import { STORYBOOK } from './storybook.ts';
import { STRAPI } from './strapi.ts';
import { SVELTEKIT } from './sveltekit.ts';
import { TANSTACK_START } from './tanstack-start.ts';
import { PLAIN_VITE } from './vite.ts';
import { VITEPRESS } from './vitepress.ts';
import { VUE_CLI } from './vue-cli.ts';
import { VUEPRESS } from './vuepress.ts';

/** All of them. Of those that share a command the first whose packages are there is meant. */
export const FRAMEWORKS: readonly Framework[] = [
  NEXT,
  REACT_ROUTER,
  REMIX,
  ADONIS,
  STRAPI,
  NUXT,
  TANSTACK_START,
  SOLID_START,
  NITRO,
  SVELTEKIT,
  ASTRO,
  ANGULAR,
  STORYBOOK,
  VITEPRESS,
  VUEPRESS,
  DOCUSAURUS,
  GATSBY,
  ELEVENTY,
  HEXO,
  CREATE_REACT_APP,
  VUE_CLI,
  PARCEL,
  PLAIN_VITE,
];

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
 * The framework of a build: the first command of its script that a framework's row knows, and the first row by which that
 * makes something of its own. What else stands among the dependencies does not decide.
 */
export function frameworkOf(
  project: Project,
  manifest: Manifest,
  build: Pick<Build, 'commands'> | undefined,
): Built | undefined {
  // many decisions ask, and each answer reads configuration
  const commands = build?.commands ?? [];
  return remember(project, `framework of ${JSON.stringify(commands)}`, () =>
    find(project, manifest, commands),
  );
}

function find(project: Project, manifest: Manifest, commands: Build['commands']): Built | undefined {
  const there = (name: string) => name in manifest.dependencies || name in manifest.devDependencies;
  for (const { words, env } of commands) {
    for (const framework of FRAMEWORKS) {
      const { builds, of } = framework;
      if (!builds.some((command) => begins(words, command)) || of?.some(there) === false) continue;
      const made = framework.made({ project, manifest, words, env });
      if (made !== undefined) return { framework, made };
    }
  }
  return undefined;
}

/** https://github.com/webpack/webpack/issues/14532 */
const WEBPACK: Framework['md4'] = { of: 'webpack', before: '5.0.0' };

/** Variables for the framework's build: it tells others nothing, and a bundler from before OpenSSL 3 finds its hash. */
export function buildEnvironment(
  manifest: Manifest,
  framework: Framework | undefined,
  build: Pick<Build, 'commands'> | undefined,
): Readonly<Record<string, string>> {
  const bundles = build?.commands.some(({ words }) => words[0] === 'webpack') ?? false;
  const md4 = framework?.md4 ?? (bundles ? WEBPACK : undefined);
  const old = md4 !== undefined && isBefore(manifest, md4.of, md4.before);
  return { ...framework?.quiet, ...(old ? { NODE_OPTIONS: '--openssl-legacy-provider' } : {}) };
}

/**
 * A bundler's cache of this project alone, for one build at a time: without an id all projects of a builder share it, and
 * two builds at once have been seen to break Turbopack's.
 */
export function cacheMount(name: string | undefined, path: string): string {
  const id = `${name ?? 'app'}-${path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '');
  return `type=cache,id=${id},sharing=locked,target=/app/${path}`;
}
