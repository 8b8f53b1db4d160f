import { posix } from 'node:path';
import { lineOf, manifestsOf, type Naive, type NaiveRow, startOf } from '../../../plan/naive.ts';
import type { Plan } from '../../../plan/plan.ts';
import type { NodeApp } from './plan.ts';

const FOLDER = '/usr/src/app';

/** What is typed first: no lock is demanded, and development's packages come along. */
const INSTALLS: readonly { readonly locked: RegExp; readonly typed: string; readonly starts: string }[] = [
  { locked: /^pnpm /, typed: 'pnpm install', starts: 'pnpm' },
  { locked: /^yarn /, typed: 'yarn install', starts: 'yarn' },
  { locked: /^bun /, typed: 'bun install', starts: 'bun' },
  { locked: /^npm /, typed: 'npm install', starts: 'npm' },
];

/** One stage that holds everything, started as package.json says. */
export const NAIVE: NaiveRow<NodeApp> = {
  docs: 'https://github.com/nodejs/docker-node#how-to-use-this-image',
  sources: [
    /(?:^|\/)(?:index|main|app|server)\.[cm]?[jt]sx?$/,
    /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/,
    /\.(?:md|html)$/,
  ],
  of(plan, read) {
    const { app } = plan;
    const installs = app.build?.install ?? app.deps?.install;
    const row = INSTALLS.find(({ locked }) => installs?.commands.some((command) => locked.test(command)));
    const tool = app.tool === undefined ? [] : [app.tool.install.replace(/\$\{\w+\}/, app.tool.version)];
    const install =
      installs === undefined
        ? []
        : [...tool, lineOf({ ...installs, commands: [row?.typed ?? 'npm install'] })];
    return {
      image: imageOf(plan),
      packages: plan.packages.apt.filter((name) => name !== 'tini'),
      folder: FOLDER,
      manifests: manifestsOf([installs]),
      install,
      build: [
        ...(app.build === undefined ? [] : [lineOf(app.build.run)]),
        ...(servedOf(plan)?.install ?? []),
      ],
      startsIn: plan.folder === undefined ? undefined : posix.join(FOLDER, plan.folder),
      env: plan.env,
      port: plan.port,
      start: servedOf(plan)?.start ?? startScript(read, row?.starts ?? 'npm') ?? startOf(plan),
    };
  },
};

/** `node:26-trixie-slim` → `node:26`. */
function imageOf({ images }: Plan): string {
  return images.build.replace(/(:[\d.]+)(?:-[a-z]+)?-slim$/, '$1');
}

/** A site is handed out by what the documentation of Create React App and Vite shows. */
function servedOf(plan: Plan<NodeApp>): Pick<Naive, 'install' | 'start'> | undefined {
  if (plan.app.site === undefined) return undefined;
  const source = plan.artifacts.find(({ stage }) => stage !== undefined)?.source ?? '.';
  const folder = posix.join(FOLDER, source.replace(/^\/app\/?/, ''));
  const bun = plan.images.build.startsWith('oven/');
  return {
    install: [bun ? 'bun add --global serve' : 'npm install --global serve'],
    start: ['serve', '--single', '--listen', String(plan.port ?? 8080), folder],
  };
}

function startScript(
  read: (path: string) => string | undefined,
  manager: string,
): readonly string[] | undefined {
  const { scripts = {} } = JSON.parse(read('package.json') ?? '{}') as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return scripts.start === undefined ? undefined : [manager, ...(manager === 'bun' ? ['run'] : []), 'start'];
}
