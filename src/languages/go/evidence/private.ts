import type { Found } from '../../../facts/language.ts';
import type { Plan } from '../../../plan/plan.ts';
import { shellWord } from '../../../plan/quote.ts';
import type { Project } from '../../../project/project.ts';
import type { Workspace } from './workspace.ts';

/** Hosts where anybody may read what is public. */
const PUBLIC =
  /^(github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gitee\.com|sr\.ht|git\.sr\.ht|gopkg\.in|golang\.org|google\.golang\.org|go\.\w+(\.\w+)?|[\w.-]*\.(io|dev)|cloud\.google\.com|\w+\.org)$/;
const FILES = [
  'Makefile',
  'Taskfile.y*ml',
  'justfile',
  '.envrc',
  'mise.toml',
  '.gitlab-ci.yml',
  '.github/workflows/*.y*ml',
  '.goreleaser.y*ml',
];
const PATTERN = /^[\w.*/~-]+(,[\w.*/~-]+)*$/;

/** Modules that need credentials: the patterns of GOPRIVATE, by what the project's own builds say of it. */
export function findPrivate(project: Project, workspace: Workspace): Found<string> | undefined {
  const files = project.find(FILES);
  const ssh = files.some((path) =>
    /insteadOf|ssh:\/\/git@|ssh-agent|SSH_PRIVATE_KEY/.test(project.read(path) ?? ''),
  );
  const prefix = ssh ? 'ssh://' : '';
  for (const path of files) {
    const value = /\bGOPRIVATE["']?\s*[:?]?[=:]\s*["']?([^\s"'$#;]+)/.exec(project.read(path) ?? '')?.[1];
    if (value !== undefined && PATTERN.test(value))
      return { value: prefix + value, from: `${path} → GOPRIVATE` };
  }
  for (const module of workspace.modules) {
    const [host = ''] = module.module.split('/');
    if (!host.includes('.') || PUBLIC.test(host) || /^example\./.test(host)) continue;
    const beside = module.requires.find(({ path }) => path.startsWith(`${host}/`));
    const local = (path: string) => module.replaces.some((r) => r.path === path && /^\./.test(r.by));
    if (beside !== undefined && !local(beside.path))
      return { value: `${prefix}${host}/*`, from: `${module.file} requires ${beside.path} of the same host` };
  }
  return undefined;
}

export function isPattern(text: string): boolean {
  return text === 'none' || PATTERN.test(text.replace(/^ssh:\/\//, ''));
}

/** How private modules are fetched: what is mounted, and what stands before `go`. Nothing of it is ever in a layer. */
export interface Fetching {
  readonly mounts: readonly string[];
  readonly secrets: Plan['secrets'];
  /** Commands before those of Go. */
  readonly before: readonly string[];
  /** Variables before a command of Go: `GOPRIVATE=…`. */
  readonly env: readonly string[];
  readonly packages: { readonly apk: readonly string[]; readonly apt: readonly string[] };
}

export function fetchingOf(pattern: string): Fetching {
  if (pattern === 'none')
    return { mounts: [], secrets: [], before: [], env: [], packages: { apk: [], apt: [] } };
  const ssh = pattern.startsWith('ssh://');
  const hosts = pattern.replace(/^ssh:\/\//, '');
  const env = [`GOPRIVATE=${shellWord(hosts)}`];
  if (!ssh) {
    return {
      mounts: ['type=secret,id=netrc,target=/root/.netrc'],
      secrets: [{ id: 'netrc', from: 'file', source: '~/.netrc' }],
      before: [],
      env,
      packages: { apk: ['git'], apt: [] },
    };
  }
  const names = [...new Set(hosts.split(',').map((one) => one.split('/')[0] ?? ''))].filter(
    (h) => !h.includes('*'),
  );
  return {
    mounts: ['type=ssh'],
    secrets: [{ id: 'default', from: 'ssh', source: 'default' }],
    before: names.map((host) => `git config --global url.git@${host}:.insteadOf https://${host}/`),
    // the host's key is taken as it is first seen: a build has no known_hosts
    env: ["GIT_SSH_COMMAND='ssh -o StrictHostKeyChecking=accept-new'", ...env],
    packages: { apk: ['git', 'openssh-client'], apt: ['openssh-client'] },
  };
}
