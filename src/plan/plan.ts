import type { LanguageId } from '../facts/language.ts';
import { envValue, variableWord } from './quote.ts';
import type { Platform, TargetId } from './targets.ts';

/** A path that one `COPY` brings into the image that ships. */
export interface Artifact {
  /** The stage that holds it; undefined: the build context. */
  readonly stage?: string;
  readonly source: string;
  readonly destination: string;
  /** `uid:gid` of whom it belongs to, where that is not root: the program writes there. */
  readonly owner?: string;
  /** Several sources, each of which keeps its place below the destination. */
  readonly parents?: true;
  /** What of a folder does not come along: its tests, where a stage runs them. */
  readonly without?: readonly string[];
}

/** One `RUN`: what is mounted for it, then commands that must all succeed. Shell-quoted already. */
export interface Step {
  readonly mounts: readonly string[];
  readonly commands: readonly string[];
}

/** A stage that gathers files of the operating system for an image which can install nothing itself. */
export interface Rootfs {
  readonly image: string;
  /** What it gathers is the same for every platform, so it is made on the builder's own. */
  readonly portable: boolean;
  /** Debian packages that the files come from. */
  readonly apt: readonly string[];
  readonly apk: readonly string[];
  /** Files and folders that go along under the same path. */
  readonly system: readonly string[];
  /** None of them lies in etc, so it is made. */
  readonly bare: boolean;
  /** Files that go along as they are: from a path of this stage to one in the image. */
  readonly files: readonly { readonly source: string; readonly destination: string }[];
  /** Programs and modules whose shared libraries are looked up with ldd; none: the image has its own libc. */
  readonly programs: readonly string[];
  /** A folder of modules with machine code, from another stage: their libraries are looked up too. */
  readonly modules: { readonly stage: string; readonly path: string } | undefined;
  /** `uid:gid` of the one user in its passwd, and the gid alone; undefined: the image has its own. */
  readonly user: string | undefined;
  readonly group: string | undefined;
}

/** A health check: its command in exec form, and what the comment over it says. */
export interface Health {
  readonly asks: string;
  readonly command: readonly string[];
}

/** What the owner should know: printed after the run, never into the Dockerfile. */
export interface Note {
  readonly level: 'info' | 'warning';
  readonly text: string;
  /** What to type or change. */
  readonly fix?: string;
}

/** One group of lines in the .dockerignore. */
export interface IgnoreGroup {
  readonly about: string;
  readonly patterns: readonly string[];
  /** Kept out even of a build whose own .dockerignore lets single paths in. */
  readonly secrets?: true;
}

/** What both hold: all dependencies and the toolchain, then the sources. */
export interface Stage {
  readonly packages: Plan['packages'];
  /** Environment of what is installed and of what is run. */
  readonly env: Plan['env'];
  /** Before the sources are there: what is installed. */
  readonly install: readonly Step[];
}

export interface Development extends Stage {
  /** What the comment over the stage says that it runs. */
  readonly about: string;
  /** After the sources are there: what the program needs to start, and its user to write. */
  readonly prepare: Step;
  readonly user: string;
  /** The folder that it starts in; undefined: that of the sources. */
  readonly folder?: string | undefined;
  /** Folders that the user writes to beside the sources. */
  readonly writable: readonly string[];
  /** The program's port and that of a debugger, as EXPOSE takes them. */
  readonly ports: readonly string[];
  readonly command: readonly string[];
  /** What a change of a file means to a container that runs. Paths are those of the build context. */
  readonly watch: {
    /** Folders and files that are copied into the container as they change. */
    readonly sync: readonly Synced[];
    /** Files that only a new image takes in: what is installed. */
    readonly rebuild: readonly string[];
  };
}

interface Synced {
  readonly path: string;
  readonly target: string;
  readonly ignore: readonly string[];
}

export interface Test extends Stage {
  /** What the comment over the stage says that it runs. */
  readonly about: string;
  readonly run: Step;
}

/** A stage that builds pages with another language's tools, for a program that takes them in. */
export interface Front {
  readonly stage: string;
  /** The folder of the build context that it is built from. */
  readonly folder: string;
  /** Where the stage leaves what it makes, and where the program looks for that in the build context. */
  readonly source: string;
  readonly destination: string;
  readonly image: string;
  /** Words of its part of a template. */
  readonly app: object;
  /** Paths of the context that it reads. */
  readonly context: readonly string[];
  readonly secrets: Plan['secrets'];
  /** What of its folder stays out of the build. */
  readonly ignore: readonly string[];
}

/** The stages that were asked for, and what the templates say around them. */
export interface Stages {
  /** As the comment over ENVIRONMENT lists them: `production, development or test`. */
  readonly choices: string;
  readonly development: Development | undefined;
  readonly test: Test | undefined;
}

/**
 * All that a Dockerfile says, as values: the only vocabulary of the templates, the same for all languages, and the
 * public API of whoever overrides a template. No value that is printed contains a line break.
 */
export interface Plan<App extends object = object> {
  readonly language: LanguageId;
  /** With the language, the template's name: `templates/<language>/<shape>.hbs`. */
  readonly shape: string;
  readonly target: TargetId;
  readonly platforms: readonly Platform[];
  /** Image references by role: `build`, `runtime`, and `server` where the program that ships is another image's. */
  readonly images: { readonly build: string; readonly runtime: string; readonly server?: string };
  readonly rootfs: Rootfs | undefined;
  /** Paths of the context that the Dockerfile reads, through COPY or bind mounts: proved to be in it. */
  readonly context: readonly string[];
  readonly artifacts: readonly Artifact[];
  /** Folders of the image whose content must outlive a container: its user may write to a volume there. */
  readonly volumes?: readonly string[];
  /** Links of the image, from files that the program writes beside itself to a folder that its user owns. */
  readonly links?: Step | undefined;
  /** The image that ships is built upon a stage `base`, which others compare with. */
  readonly base?: boolean;
  /** The folder below /app in which the program starts; undefined: /app. */
  readonly folder?: string | undefined;
  /** Folders that are made for its user to write to, and behind them the one in which it starts; none: no such folder. */
  readonly folders?: readonly string[] | undefined;
  /** Environment of the image that ships. Values are quoted for a Dockerfile. */
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Packages that the image that ships needs, by the command that installs them. */
  readonly packages: { readonly apk: readonly string[]; readonly apt: readonly string[] };
  /** `uid:gid`, numeric, so that `runAsNonRoot` can be checked. */
  readonly user: string;
  readonly port: number | undefined;
  /** What is served beside it, as EXPOSE takes it: `9100`, `53/udp`. */
  readonly also?: readonly string[];
  /** Undefined: `HEALTHCHECK NONE`. */
  readonly health: Health | undefined;
  /** Why there is no check, for the comment over it, where a server has none. */
  readonly unchecked?: string;
  /** The project's own file of variables, which `docker run --env-file` takes; never in the image. */
  readonly envFile: string | undefined;
  /** What has to be said behind that file, for what it says is right outside of a container alone: `HOST=0.0.0.0`. */
  readonly envAfter?: readonly string[];
  /** tini is process 1. */
  readonly init: boolean;
  /** The signal that ends the program, where SIGTERM does not, and why. */
  readonly stop?: { readonly signal: string; readonly because: string } | undefined;
  readonly start: { readonly entrypoint: readonly string[]; readonly command: readonly string[] };
  /** Build secrets, by the id that `docker build --secret` takes. */
  readonly secrets: readonly {
    readonly id: string;
    /** `ssh`: the agent's keys, which `docker build --ssh` takes. */
    readonly from: 'env' | 'file' | 'ssh';
    readonly source: string;
  }[];
  readonly ignore: readonly IgnoreGroup[];
  /** Patterns that a .dockerignore of a former run may hold, and that the stages need: let in again. */
  readonly letIn?: readonly string[];
  /** Stages beside the one that ships; undefined: none were asked for. */
  readonly stages?: Stages;
  readonly notes: readonly Note[];
  /** Choices that were made, with reason and alternatives: shown by `--explain`. */
  readonly choices: readonly { readonly what: string; readonly why: string; readonly instead?: string }[];
  /** What an organisation adds to every image; undefined: nothing. */
  readonly standard?: Additions;
  /** The words that one language alone needs. */
  readonly app: App;
}

/** What a standard adds to every Dockerfile. Values are quoted for one. */
export interface Additions {
  /** Build arguments of the stages that build, with their defaults. */
  readonly arguments: Variables;
  /** Those that labels name, in the image that ships. */
  readonly stamps: Variables;
  readonly labels: Variables;
  /** Environment of the stages that build. */
  readonly env: Variables;
  /** Files of the stages that build. */
  readonly files: readonly { readonly path: string; readonly lines: readonly string[] }[];
  readonly trust: Trust | undefined;
  /** Predefined arguments of a build, which no image keeps: `HTTP_PROXY`. */
  readonly proxies: Variables;
}

/** Certificates of authorities: their lines, what a build does with them, and what goes to the image that ships. */
export interface Trust {
  readonly lines: readonly string[];
  readonly path: string;
  readonly mounts: readonly string[];
  readonly commands: readonly string[];
  readonly runtime: readonly {
    readonly stage: string;
    readonly source: string;
    readonly destination: string;
  }[];
}

type Variables = readonly { readonly name: string; readonly value: string }[];

/** What no build of any language reads. */
export const COMMON_IGNORE: readonly IgnoreGroup[] = [
  {
    about: 'Secrets never enter a build',
    secrets: true,
    patterns: [
      '**/.env',
      '**/.env.*',
      '**/*.pem',
      '**/*.key',
      '**/*.p12',
      '**/*.pfx',
      '**/id_rsa*',
      '**/id_ed25519*',
      '**/id_ecdsa*',
      '**/id_dsa*',
      '**/*.jks',
      '**/*.keystore',
      '**/*.ppk',
      '**/*.tfstate*',
      '**/*.tfvars*',
      '**/.git',
      '**/.git-credentials',
      '**/.netrc',
      '**/.htpasswd',
      '**/.pgpass',
      '**/.docker/config.json',
      '**/.kube',
      '**/.aws',
      '**/.azure',
      '**/.gcloud',
      '**/.ssh',
      '**/.gnupg',
      '**/kubeconfig',
      '**/*credentials.json',
      '**/*service-account*.json',
      '**/*serviceaccount*.json',
      '**/gcloud*.json',
      '**/client_secret*.json',
      '**/secrets',
    ],
  },
  {
    about: 'Version control, editors, operating systems',
    patterns: [
      '.github',
      '.gitlab',
      '.gitignore',
      '.gitattributes',
      '.editorconfig',
      '.idea',
      '.vscode',
      '**/.DS_Store',
      '**/*.swp',
    ],
  },
  {
    about: 'What describes the container is not in it',
    patterns: ['**/Dockerfile*', '**/*.Dockerfile', '.dockerignore', 'compose*.y*ml', 'docker-compose*.y*ml'],
  },
  { about: 'Logs', patterns: ['**/*.log', 'logs'] },
];

/** Variables as the template prints them, in the order in which they were set. */
export function envOf(values: Readonly<Record<string, string>>): Plan['env'] {
  return Object.entries(values).map(([name, value]) => ({
    name: variableWord(name),
    value: envValue(value),
  }));
}

/** A plan with more folders that the program writes. A volume that is mounted there belongs to the image's user then. */
export function withVolumes(plan: Plan, volumes: readonly string[]): Plan {
  const more = volumes.filter((path) => !(plan.volumes ?? []).includes(path));
  if (more.length === 0) return plan;
  const start = plan.folder === undefined ? '/app' : `/app/${plan.folder}`;
  return {
    ...plan,
    volumes: [...(plan.volumes ?? []), ...more],
    folders: [...more, ...(plan.folders ?? [start])],
  };
}
