import { shellWord } from '../../../plan/quote.ts';
import { listOf, recordOf, table } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { buildScriptOf } from '../evidence/build/script.ts';
import { splitScript, withoutFinder } from '../evidence/commands.ts';
import type { ManagerName, PackageManager } from '../evidence/lock/package-managers.ts';
import { type Member, neededMembers, workspaceOf } from '../evidence/workspace/workspaces.ts';

/** Runs a script of one member. `call`: the package manager as it is called in the image. */
const IN_MEMBER: {
  readonly [Name in ManagerName]: (member: Member, script: string, call: string) => string;
} = {
  // https://docs.npmjs.com/cli/v11/commands/npm-run#workspace
  npm: ({ path }, script) => `npm run ${script} --workspace=${path}`,
  // https://pnpm.io/pnpm-cli#-c-path---dir-path
  pnpm: ({ path }, script) => `pnpm --dir ${path} run ${script}`,
  // https://yarnpkg.com/cli/workspace
  yarn: ({ path, manifest: { name } }, script, call) =>
    name === undefined
      ? `${call} --cwd ${path} run ${script}`
      : `${call} workspace ${shellWord(name)} run ${script}`,
  bun: ({ path }, script) => `bun run --cwd ${path} ${script}`,
};

/** How each package manager calls a program of the workspace's root. */
const PROGRAM: { readonly [Name in ManagerName]: string } = {
  npm: 'npx',
  pnpm: 'pnpm exec',
  yarn: 'yarn run',
  bun: 'bunx',
};

/** A tool that knows itself in which order members are built, and what else their builds need. */
interface Orchestrator {
  /** Undefined: its configuration does not make it build what a member depends on. */
  command(member: Member, script: string, context: Project): string | undefined;
}

const ORCHESTRATORS: { readonly [program: string]: Orchestrator } = table({
  // https://turborepo.com/docs/reference/run#--filter-string: `name...` is a member with all that it depends on
  turbo: {
    command: ({ path, manifest: { name } }, script) =>
      `turbo run ${script} --filter=${shellWord(name === undefined ? `{./${path}}...` : `${name}...`)}`,
  },
  // https://nx.dev/reference/nx-json#target-defaults: without `^build` it would build the member alone
  nx: {
    command({ manifest: { name } }, script, context) {
      const target = recordOf(recordOf(recordOf(context.parse('nx.json')).targetDefaults)[script]);
      return name !== undefined && listOf(target.dependsOn).includes(`^${script}`)
        ? `nx run-many --target=${script} --projects=${shellWord(name)}`
        : undefined;
    },
  },
  // https://github.com/lerna/lerna/tree/main/libs/commands/filter-options
  lerna: {
    command: ({ manifest: { name } }, script) =>
      name === undefined
        ? undefined
        : `lerna run ${script} --scope=${shellWord(name)} --include-dependencies`,
  },
});

/** Neither has a daemon or an account in a build. https://nx.dev/reference/environment-variables */
const ENVIRONMENT: { readonly [program: string]: string } = table({
  nx: 'NX_DAEMON=false NX_NO_CLOUD=true ',
  lerna: 'NX_DAEMON=false NX_NO_CLOUD=true ',
  turbo: 'TURBO_TELEMETRY_DISABLED=1 ',
});

/**
 * What builds a project, its members' builds first, in the order in which they need each other; empty: nothing is built.
 * `script` is its own build script, `run` the package manager's words that run a script where it stands.
 */
export function buildCommands(
  project: Project,
  manager: PackageManager,
  script: string | undefined,
  run: string,
): readonly string[] {
  const workspace = workspaceOf(project.context);
  if (workspace === undefined) return script === undefined ? [] : [`${run} ${shellWord(script)}`];
  const builds = neededMembers(project).all.flatMap((member) => {
    const own =
      member.path === project.app
        ? script
        : member.path === '.'
          ? undefined
          : buildScriptOf(member.project, member.manifest);
    return own === undefined ? [] : [{ member, script: own }];
  });
  const last = builds.at(-1);
  if (last === undefined) return [];
  const root = workspace.members.get('.');
  const self = neededMembers(project).all.at(-1);
  const tool = root === undefined ? undefined : orchestratorOf(root, last.script);
  const command =
    tool === undefined || self === undefined || self.path === '.'
      ? undefined
      : ORCHESTRATORS[tool]?.command(self, shellWord(last.script), project.context);
  if (tool !== undefined && command !== undefined)
    return [`${ENVIRONMENT[tool] ?? ''}${PROGRAM[manager.name]} ${command}`];
  const names = new Set(builds.map((build) => build.script));
  if (
    manager.name === 'pnpm' &&
    builds.length > 1 &&
    names.size === 1 &&
    self?.manifest.name !== undefined &&
    self.path !== '.'
  )
    return [`pnpm --filter ${shellWord(`${self.manifest.name}...`)} run ${shellWord(last.script)}`];
  const call = run.replace(/ run$/, '');
  return builds.map(({ member, script: own }) =>
    member.path === '.' ? `${run} ${shellWord(own)}` : IN_MEMBER[manager.name](member, shellWord(own), call),
  );
}

/** The tool that the root's script of that name runs, when the root installs it. */
function orchestratorOf({ manifest }: Member, script: string): string | undefined {
  const split = splitScript(manifest.scripts[script] ?? '');
  const words =
    'commands' in split ? split.commands.map((command) => withoutFinder(command.words)[0] ?? '') : [];
  return words.find(
    (word) => word in ORCHESTRATORS && (word in manifest.devDependencies || word in manifest.dependencies),
  );
}
