import { dirname, join } from 'node:path';
import { isThere } from '../project/files.ts';
import type { Project } from '../project/project.ts';
import type { BotId } from '../request/request.ts';
import { dockerfilePath } from './dockerfile.ts';
import type { File } from './render.ts';

/** Where a repository has the configuration of a bot. https://docs.renovatebot.com/configuration-options/ */
const PLACES: readonly string[] = [
  ...['.github/dependabot.yml', '.github/dependabot.yaml'],
  ...['', '.github/', '.gitlab/'].flatMap((folder) => [`${folder}renovate.json`, `${folder}renovate.json5`]),
  ...['.renovaterc', '.renovaterc.json', '.renovaterc.json5'],
];

/** The configuration that a repository has, of whichever bot: below its root, which may be above the build context. */
export function standingBot(root: string): string | undefined {
  const top = repositoryOf(root) ?? root;
  return PLACES.find((place) => isThere(join(top, place)));
}

/** The root of the repository that a folder is in; undefined: it is in none. */
export function repositoryOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isThere(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** A configuration that moves digests, and leaves versions to what the project says of them. */
export function botOf(bot: BotId, project: Project, compose: boolean): File {
  return { renovate, dependabot }[bot](dockerfilePath(project), compose);
}

/** https://docs.renovatebot.com/configuration-options/#pindigests */
function renovate(path: string, compose: boolean): File {
  const managers = ['dockerfile', ...(compose ? ['docker-compose'] : [])].map((one) => `'${one}'`);
  const which = `matchManagers: [${managers.join(', ')}],
      matchFileNames: [${[path, ...(compose ? ['compose.yaml'] : [])].map((one) => JSON.stringify(one)).join(', ')}],`;
  const text = `{
  $schema: 'https://docs.renovatebot.com/renovate-schema.json',
  extends: ['config:recommended'],
  packageRules: [
    {
      ${which}
      pinDigests: true,
    },
    {
      // the versions are those of the project: create-dockerfile update moves them
      ${which}
      matchUpdateTypes: ['major', 'minor', 'patch'],
      enabled: false,
    },
  ],
}
`;
  return { path: 'renovate.json5', text, unsigned: true };
}

/** What is ignored keeps digests going: https://github.com/dependabot/dependabot-core/pull/6628 */
function dependabot(path: string, compose: boolean): File {
  const folder = JSON.stringify(`/${dirname(path) === '.' ? '' : dirname(path)}`);
  const entry = (ecosystem: string, directory: string) => `  - package-ecosystem: ${ecosystem}
    directory: ${directory}
    schedule: { interval: weekly }
    # the versions are those of the project: create-dockerfile update moves them
    ignore:
      - dependency-name: '*'
        update-types: [version-update:semver-major, version-update:semver-minor, version-update:semver-patch]
`;
  const text = `version: 2
updates:
${entry('docker', folder)}${compose ? entry('docker-compose', '/') : ''}`;
  return { path: '.github/dependabot.yml', text, unsigned: true };
}
