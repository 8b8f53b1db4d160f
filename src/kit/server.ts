import type { PlanTo } from '../facts/language.ts';
import type { Health, Plan } from '../plan/plan.ts';
import { pathWord } from '../plan/quote.ts';
import type { baseOf } from './base.ts';
import { check, type Interpreter } from './health.ts';

/** The settings that the languages of servers share. */
export interface ServerSettings {
  readonly include: readonly string[];
  readonly port: number | 'none';
  readonly health: string;
}

/** The port that a program listens on; undefined: it is no server. */
export function portOf(to: Pick<PlanTo<ServerSettings>, 'settings'>): number | undefined {
  const { value } = to.settings.port;
  return value === 'none' ? undefined : value;
}

/** Paths of --include, as a COPY takes them. */
export function includeOf(to: Pick<PlanTo<ServerSettings>, 'settings'>): readonly string[] {
  return to.settings.include.value.map((path) => pathWord(path, '--include'));
}

/** The fields of a plan that say the same in every language. */
export function serverPlan(
  to: Pick<PlanTo<ServerSettings>, 'settings' | 'target' | 'platforms' | 'project'>,
  of: {
    readonly base: ReturnType<typeof baseOf>;
    /** The variable of the image that the program takes its port from. */
    readonly variable: string | undefined;
    /** What asks for the health where there is no shell. */
    readonly by: Interpreter;
    /** The program's own command that asks for its health, in exec form. */
    readonly own?: readonly string[] | undefined;
  },
): Pick<
  Plan,
  | 'target'
  | 'platforms'
  | 'rootfs'
  | 'packages'
  | 'user'
  | 'port'
  | 'health'
  | 'envFile'
  | 'init'
  | 'secrets'
  | 'folders'
> {
  const { target, platforms, project, settings } = to;
  const port = portOf(to);
  const healthOf = (port: number): Health | undefined =>
    of.own === undefined
      ? check(target, { health: settings.health.value, port, variable: of.variable }, of.by)
      : { asks: 'the program checks itself', command: of.own };
  return {
    target,
    platforms,
    rootfs: of.base.rootfs,
    packages: of.base.packages,
    user: of.base.user,
    port,
    health: port === undefined ? undefined : healthOf(port),
    envFile: project.isFile('.env') ? '.env' : undefined,
    init: of.base.init.length > 0,
    secrets: [],
    folders: undefined,
  };
}
