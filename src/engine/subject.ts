import { readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { Prepared } from '../main.ts';
import { dockerfileIn, dockerfilePath } from '../output/dockerfile.ts';
import { ignorePath } from '../output/ignore.ts';
import type { Terminal } from '../output/terminal.ts';
import type { Typed } from '../request/commands.ts';
import type { Words } from '../request/flags.ts';
import type { Request } from '../request/request.ts';
import { provideImages } from './engine.ts';
import type { Promised } from './trial.ts';
import type { Subject } from './verify.ts';

/** Flags of what is run: `verify` and `compare` have them. */
export function runFlags(group: string): Words {
  return {
    env: { group, placeholder: '"NAME=value"', describe: 'variables that the container is given, by commas' },
    'env-file': { group, placeholder: 'file', describe: 'file of variables that the container is given' },
    wait: { group, placeholder: 'seconds', describe: 'how long it may take until it answers (60)' },
  };
}

/** What neither of them takes of a plain run: they write nothing. */
const WRITES = ['dry-run', 'stdout', 'check', 'force', 'starter', 'explain', 'version', 'compose', 'bake'];
export const takes = (name: string): boolean => !WRITES.includes(name);

export function refuseStarter({ starter }: Prepared): void {
  if (starter.length > 0)
    throw new UserError({
      kind: 'refused',
      message: 'There is no service here yet.',
      fix: 'Write one first: create-dockerfile --starter',
    });
}

/** The generated Dockerfile, in a folder of its own: the project is not touched. */
export async function subjectOf(
  prepared: Prepared,
  request: Request,
  own: Typed,
  terminal: Terminal,
  dockerfile: string,
): Promise<Subject> {
  const { plan, project, files, root, printed } = prepared;
  // other files beside it are no part of the build
  const places = new Map([
    [dockerfilePath(project), dockerfile],
    [ignorePath(project), `${dockerfile}.dockerignore`],
  ]);
  for (const { path, text } of files) {
    const place = places.get(path);
    if (place !== undefined) await writeFile(place, text);
  }
  await provideImages(dockerfile);
  const platform =
    plan.platforms.length === 1 && plan.platforms[0] !== terminal.machine ? plan.platforms[0] : undefined;
  const below = (path: string) => posix.join(project.app, path);
  const promised: Promised = {
    port: plan.port,
    health: printed.health,
    init: plan.init,
    folder: plan.folder === undefined ? '/app' : `/app/${plan.folder}`,
    settings: printed,
    volumes: plan.volumes ?? [],
    largest: largestOf(prepared.policies),
    system: plan.images.build.includes('alpine') ? 'alpine' : 'debian',
    has: (path) => !path.startsWith('..') && (project.has(path) || project.context.has(below(path))),
  };
  return {
    dockerfile,
    context: root,
    platform: request.platforms === undefined ? undefined : platform,
    secrets: plan.secrets.map(({ id, from, source }) =>
      from === 'ssh'
        ? `ssh:${id}`
        : from === 'env'
          ? `id=${id},env=${source}`
          : `id=${id},src=${source.replace(/^~(?=\/)/, homedir())}`,
    ),
    environment: [
      ...(plan.envFile === undefined ? [] : ['--env-file', join(root, project.app, plan.envFile)]),
      ...(plan.envAfter ?? []).flatMap((one) => ['--env', one]),
      ...environmentOf(own),
    ],
    helper: plan.images.build,
    wait: waitOf(own),
    trace: own.trace === true,
    promised: () => promised,
  };
}

/** The Dockerfile that is there, with the promises that its image makes; undefined: there is none. */
export async function existingSubject(
  request: Request,
  own: Typed,
  terminal: Terminal,
): Promise<Subject | undefined> {
  const root = resolve(terminal.cwd, request.directory);
  // a member's is built from the root of its workspace
  const folder = request.app === undefined ? root : join(root, request.app);
  const dockerfile = join(folder, dockerfileIn(folder));
  const text = await readFile(dockerfile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  await provideImages(dockerfile);
  const { readdirSync, existsSync } = await import('node:fs');
  const given = Number(request.given.port);
  const froms = [...text.matchAll(/^FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, image = '']) => image);
  return {
    dockerfile,
    context: root,
    platform: request.platforms?.[0],
    secrets: [],
    environment: [
      ...(readdirSync(root).includes('.env') ? ['--env-file', join(root, '.env')] : []),
      ...environmentOf(own),
    ],
    helper: froms.find((image) => !/distroless|^scratch$|\$/.test(image)) ?? 'busybox',
    wait: waitOf(own),
    trace: own.trace === true,
    promised: (image) => ({
      port: given > 0 ? given : image?.ports[0],
      health: undefined,
      init: false,
      folder: image?.folder ?? '/',
      settings: {},
      volumes: request.volumes ?? [],
      system: /alpine/.test(froms.at(-1) ?? '') ? 'alpine' : 'debian',
      has: (path) => !path.startsWith('..') && existsSync(join(root, path)),
    }),
  };
}

function environmentOf(own: Typed): readonly string[] {
  const list = typeof own.env === 'string' ? own.env.split(/,(?=\w+=)/) : [own.env ?? []].flat().map(String);
  const file = own['env-file'];
  return [
    ...(typeof file === 'string' ? ['--env-file', file] : []),
    ...list.flatMap((one) => ['--env', one]),
  ];
}

function waitOf({ wait }: Typed): number {
  return numberOf('--wait', wait, 60, 3600, 'seconds');
}

/** A whole number of a flag, from 1 to the most. */
export function numberOf(
  flag: string,
  given: unknown,
  otherwise: number,
  most: number,
  what: string,
): number {
  if (given === undefined) return otherwise;
  const number = Number(given);
  if (number > 0 && number <= most) return number;
  throw new UserError({ kind: 'value', flag, given: String(given), want: `${what}, from 1 to ${most}` });
}

/** A name that nothing else on the machine has. */
export function tagOf(name: string, which: string | number): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `create-dockerfile-${plain || 'app'}-${Date.now().toString(36)}-${which}`;
}

/** The smallest of the sizes that policies let an image have: `200MB`, `1.5GiB`. */
function largestOf(policies: Prepared['policies']): Promised['largest'] {
  const sizes = policies.flatMap(({ 'maximum-size': size, from }) => {
    const [, number, unit = '', binary] = /^([\d.]+)\s*([kmg])(i?)b?$/i.exec(size ?? '') ?? [];
    if (number === undefined) return [];
    const power = ['k', 'm', 'g'].indexOf(unit.toLowerCase()) + 1;
    return [{ bytes: Number(number) * (binary === 'i' ? 1024 : 1000) ** power, from }];
  });
  return sizes.sort((a, b) => a.bytes - b.bytes)[0];
}
