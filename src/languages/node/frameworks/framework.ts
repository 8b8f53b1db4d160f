import type { Unusable } from '../../../facts/language.ts';
import type { Note } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import type { Manifest } from '../evidence/manifest.ts';

/** What a framework is read from: the command that builds it, and the project around it. */
export interface Sight {
  readonly project: Project;
  readonly manifest: Manifest;
  /** The build command as it stands in the script: `vite build --base /shop/`. */
  readonly words: readonly string[];
  /** Variables that the script sets before it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Files whose names hold a hash of their content, so that they can be kept for good. Below the site's base. */
export type Hashed =
  /** All that a folder holds. */
  | { readonly folder: string }
  /** Files at the top, by the same pattern in the two notations that servers know. */
  | { readonly regex: string; readonly glob: string };

/** Files that any web server can hand out. */
export interface Site {
  /** The folder that the build makes. */
  readonly output: string;
  /** The path under which a browser asks for it, with a slash at both ends. */
  readonly base: string;
  /** The page that answers for every path that no file has, below the output; undefined: those are not found. */
  readonly fallback: string | undefined;
  readonly hashed: readonly Hashed[];
}

/** A program that the build makes. Paths are those of the project after the build. */
export interface Server {
  /** What node starts, as it is called in the image. */
  readonly file: string;
  readonly args?: readonly string[];
  /** What the image takes from the build, and under which name. */
  readonly ship: readonly { readonly source: string; readonly destination: string }[];
  /** Paths of the project that it reads beside its build; those that do not exist are left out. */
  readonly beside?: readonly string[];
  /** Whether packages are installed for it: its build does not hold them. */
  readonly packages: boolean;
  /** What makes it listen for others than itself. */
  readonly env?: Readonly<Record<string, string>>;
  /** Its own default; the variable `port` names overrides it. */
  readonly port: number;
  /** The variable that it takes its port from; undefined: PORT. */
  readonly variable?: string;
  /** Whether it ends itself on SIGTERM. */
  readonly signals: boolean;
  /** Folders of its build that it keeps caches in when it can: links to /tmp, for the file system is read-only. */
  readonly scratch?: readonly string[];
  /** Folders that hold what must outlive it, like uploads: its user may write there, so that volumes can be mounted. */
  readonly writes?: readonly string[];
  /** The `output` of its configuration with which it would ship the files that it loads in place of all packages. */
  readonly smaller?: string;
  /** What its owner should know before others ask it. */
  readonly notes?: readonly Note[];
}

/** What a build makes. Where nothing of that can be started, a server of the project may still load its folder. */
export type Made =
  | { readonly site: Site }
  | { readonly server: Server }
  | (Unusable & { readonly output?: string });

/** A server for development. */
export interface Develops {
  /** How its command begins in a script; the first is called where no script has one. */
  readonly commands: readonly string[];
  /** Where it listens: `{port}` is filled in. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What Vite takes, and what is built upon it. https://vite.dev/config/server-options */
export const HOST_AND_PORT: readonly string[] = ['--host', '0.0.0.0', '--port', '{port}'];

/** Vite's builds for a server take in what is linked: https://vite.dev/guide/ssr#ssr-externals */
export const WITH_LINKED = (): boolean => true;

/** One framework: by what it is recognized, and what its build makes. */
export interface Framework {
  readonly name: string;
  /** Where its own documentation says so. */
  readonly docs: string;
  /** How its build command begins: `next build`. */
  readonly builds: readonly string[];
  /** Packages one of which makes the command this framework's, where others share it. */
  readonly of?: readonly string[];
  /** How commands begin that run what it makes, or that stand for it while it is developed: `next start`. */
  readonly starts: readonly string[];
  /** How it is developed: what serves the sources, and reloads as they change. */
  readonly develops: Develops;
  /** What is put into the pages when they are built: the variables whose names begin so. */
  readonly variables?: readonly string[];
  /** Variables that keep its build from telling others. */
  readonly quiet?: Readonly<Record<string, string>>;
  /** The package whose versions before this hash with MD4, which OpenSSL 3 has among its legacy only. */
  readonly md4?: { readonly of: string; readonly before: string };
  /** Folders that make the next build faster: they are kept beside the image. */
  readonly caches?: readonly string[];
  /** Folders that it leaves beside its output where it is developed or built: they stay out of the build. */
  readonly leaves?: readonly string[];
  /** Whether its build takes in what other members of a workspace have as sources. */
  bundles?(project: Project): boolean;
  /** Undefined: the command makes nothing of its own that could be served. */
  made(sight: Sight): Made | undefined;
}
