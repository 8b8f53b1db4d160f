import { posix } from 'node:path';
import type { Development, Plan } from '../plan/plan.ts';
import { volumesOf } from '../plan/volumes.ts';
import type { Project } from '../project/project.ts';
import { type Beside, exampleNames, plainName } from './companions.ts';
import { dockerfilePath } from './dockerfile.ts';
import type { File } from './render.ts';

/**
 * A compose.yaml: the service as the report runs it, and what it speaks to beside it. No password stands in it: compose
 * refuses to start without those that are named by `:?`. https://docs.docker.com/reference/compose-file/
 */
export async function composeOf(plan: Plan, project: Project, beside: readonly Beside[]): Promise<File> {
  const { dump } = await import('js-yaml');
  const name = plainName(project);
  const services = {
    [name]: serviceOf(plan, project, beside),
    ...(plan.stages?.development === undefined
      ? {}
      : { [developing(name)]: developmentOf(plan, plan.stages.development, project, beside) }),
    ...Object.fromEntries(beside.map(companionOf)),
  };
  const volumes = [
    ...volumesOf(name, plan.volumes ?? []).map((one) => one.name),
    ...beside.map(({ companion }) => `${companion.name}-data`),
  ];
  const document = {
    services,
    ...(volumes.length === 0 ? {} : { volumes: Object.fromEntries(volumes.map((one) => [one, {}])) }),
    ...(plan.secrets.length === 0 ? {} : { secrets: Object.fromEntries(plan.secrets.flatMap(secretOf)) }),
  };
  const about = [
    '# docker compose up --build',
    ...(plan.stages?.development === undefined
      ? []
      : [`# docker compose watch ${developing(name)}: what changes is copied into a container that reloads`]),
    ...beside.map(({ companion, from }) => `# ${companion.name}: ${from.replace(/[^ -~→]/g, '?')}`),
  ];
  return { path: 'compose.yaml', text: `${about.join('\n')}\n${dump(document, { lineWidth: 110 })}` };
}

function serviceOf(plan: Plan, project: Project, beside: readonly Beside[]) {
  const name = plainName(project);
  const known = exampleNames(project);
  const variables = Object.fromEntries(
    beside.flatMap(({ companion }) =>
      Object.entries(companion.variables).filter(([variable]) => known.includes(variable)),
    ),
  );
  const after = (plan.envAfter ?? []).map((one) => one.split('=', 2) as [string, string]);
  const environment = { ...variables, ...Object.fromEntries(after) };
  const secrets = plan.secrets.filter(({ from }) => from !== 'ssh').map(({ id }) => id);
  const ssh = plan.secrets.some(({ from }) => from === 'ssh');
  const proxies = (plan.standard?.proxies ?? []).map(({ name, value }) => [name, value]);
  return {
    build: {
      context: '.',
      ...(dockerfilePath(project) === 'Dockerfile' ? {} : { dockerfile: dockerfilePath(project) }),
      ...(proxies.length === 0 ? {} : { args: Object.fromEntries(proxies) }),
      ...(secrets.length === 0 ? {} : { secrets }),
      ...(ssh ? { ssh: ['default'] } : {}),
    },
    ...(plan.port === undefined ? {} : { ports: [`127.0.0.1:${plan.port}:${plan.port}`] }),
    read_only: true,
    tmpfs: ['/tmp'],
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    ...(plan.envFile === undefined
      ? {}
      : { env_file: [{ path: `./${posix.join(project.app, plan.envFile)}`, required: false }] }),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
    ...((plan.volumes ?? []).length === 0
      ? {}
      : { volumes: volumesOf(name, plan.volumes ?? []).map((one) => `${one.name}:${one.path}`) }),
    ...(beside.length === 0
      ? {}
      : {
          depends_on: Object.fromEntries(
            beside.map(({ companion }) => [companion.name, { condition: 'service_healthy' }]),
          ),
        }),
    restart: 'unless-stopped',
  };
}

/** What the service for development is called. It is started by its name alone, and so has a profile. */
function developing(name: string): string {
  return `${name}-development`;
}

/** The service on the stage for development, with what a change of a file means: https://docs.docker.com/reference/compose-file/develop/ */
function developmentOf(
  plan: Plan,
  { ports, watch }: Development,
  project: Project,
  beside: readonly Beside[],
): object {
  // its user writes beside the sources, what is compiled may lie in /tmp, and it is not started again by itself
  const {
    build,
    read_only: _,
    tmpfs: __,
    restart: ___,
    ports: ____,
    ...service
  } = serviceOf(plan, project, beside);
  return {
    profiles: ['development'],
    build: { ...build, target: 'development' },
    ...(ports.length === 0
      ? {}
      : { ports: ports.map((port) => `127.0.0.1:${Number.parseInt(port, 10)}:${port}`) }),
    ...service,
    develop: {
      watch: [
        ...watch.rebuild.map((path) => ({ action: 'rebuild', path: `./${path}` })),
        ...watch.sync.map(({ path, target, ignore }) => ({
          action: 'sync',
          path,
          target,
          ignore: [...ignore],
        })),
      ],
    },
  };
}

function companionOf({ companion }: Beside): readonly [string, object] {
  const { name, image, environment, volume, check } = companion;
  return [
    name,
    {
      image,
      ...(Object.keys(environment).length === 0 ? {} : { environment }),
      volumes: [`${name}-data:${volume}`],
      healthcheck: { test: check, interval: '5s', timeout: '5s', retries: 12 },
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    },
  ];
}

function secretOf({ id, from, source }: Plan['secrets'][number]): readonly (readonly [string, object])[] {
  if (from === 'ssh') return [];
  return [[id, from === 'env' ? { environment: source } : { file: source.replace(/^~\//, '${HOME}/') }]];
}
