import { posix } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import type { Project } from '../project/project.ts';
import { type Beside, dockerfileOf, exampleNames, plainName } from './companions.ts';
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
    ...Object.fromEntries(beside.map(companionOf)),
  };
  const volumes = [
    ...(plan.volumes ?? []).map((path) => volumeName(name, path)),
    ...beside.map(({ companion }) => `${companion.name}-data`),
  ];
  const document = {
    services,
    ...(volumes.length === 0 ? {} : { volumes: Object.fromEntries(volumes.map((one) => [one, {}])) }),
    ...(plan.secrets.length === 0 ? {} : { secrets: Object.fromEntries(plan.secrets.flatMap(secretOf)) }),
  };
  const about = [
    '# docker compose up --build',
    ...beside.map(({ companion, from }) => `# ${companion.name}: ${from.replace(/[^ -~→]/g, '?')}`),
  ];
  return { path: 'compose.yaml', text: `${about.join('\n')}\n${dump(document, { lineWidth: 110 })}` };
}

function serviceOf(plan: Plan, project: Project, beside: readonly Beside[]): object {
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
      ...(project.app === '.' ? {} : { dockerfile: dockerfileOf(project) }),
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
      : { volumes: plan.volumes?.map((path) => `${volumeName(name, path)}:${path}`) }),
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

function volumeName(name: string, path: string): string {
  return `${name}-${posix.basename(path).replace(/[^\w-]/g, '')}`;
}

function secretOf({ id, from, source }: Plan['secrets'][number]): readonly (readonly [string, object])[] {
  if (from === 'ssh') return [];
  return [[id, from === 'env' ? { environment: source } : { file: source.replace(/^~\//, '${HOME}/') }]];
}
