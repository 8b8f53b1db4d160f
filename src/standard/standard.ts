/** What a standard holds beside settings of flags: the words of the configuration, read and checked. */
export interface Standard {
  /** Other images, in the order in which they are tried. */
  readonly images: readonly ImageRule[];
  readonly labels: Readonly<Record<string, string>>;
  /** Build arguments of every stage, with their defaults. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Environment of the image that ships. */
  readonly environment: Readonly<Record<string, string>>;
  readonly certificates: readonly Certificate[];
  readonly registries: Readonly<Partial<Record<Registry, string>>>;
  readonly proxies: Readonly<Record<string, string>>;
  readonly secrets: readonly SecretFile[];
  /** Each level's policy: all of them hold. */
  readonly policies: readonly Policy[];
  /** Templates, partials and slots that replace ours, by name: `node/server`, `partials/packages`, `node/build-extra`. */
  readonly templates: Readonly<Record<string, OwnTemplate>>;
}

export interface OwnTemplate {
  readonly text: string;
  /** Where it stands, for refusals. */
  readonly path: string;
}

/** Package managers whose registry can be another. */
export type Registry = 'npm' | 'pip' | 'go' | 'maven';

/** An authority's certificate, as the lines of its PEM file. */
export interface Certificate {
  readonly name: string;
  readonly lines: readonly string[];
}

/** A file that every step of the build sees, and no layer keeps. */
export interface SecretFile {
  readonly id: string;
  readonly source: string;
  readonly from: 'file' | 'env';
  readonly target: string;
}

/** One image in place of another. */
export interface ImageRule {
  /** A role (`build`, `runtime`, `server`) or a reference, in which `*` stands for any text. */
  readonly replaces: string;
  readonly image: string;
  readonly language: string | undefined;
  readonly target: string | undefined;
  /** `uid:gid` that the image has in place of ours. */
  readonly user: string | undefined;
  readonly packageManager: 'apt' | 'apk' | 'none' | undefined;
  /** Paths that are others in it. */
  readonly paths: Readonly<Record<string, string>>;
  /** Where it stands. */
  readonly from: string;
}

/** What must hold of a Dockerfile; each with the place that asks for it. */
export interface Policy {
  readonly from: string;
  readonly registries?: readonly string[];
  readonly images?: readonly string[];
  readonly digests?: boolean;
  readonly users?: readonly string[];
  readonly health?: boolean;
  readonly labels?: readonly string[];
  readonly 'forbidden-targets'?: readonly string[];
  readonly 'end-of-life'?: boolean;
  readonly 'maximum-size'?: string;
}

export const NOTHING: Standard = {
  images: [],
  labels: {},
  arguments: {},
  environment: {},
  certificates: [],
  registries: {},
  proxies: {},
  secrets: [],
  policies: [],
  templates: {},
};

/** A configuration's share in a request. */
export interface Configured {
  /** Where the value of a flag stands, by the flag's name. */
  readonly sources: Readonly<Record<string, string>>;
  /** Settings that are said for many services: those whose language lacks one pass it over. */
  readonly general: readonly string[];
  readonly standard: Standard;
  /** Files that were read, the nearest first. */
  readonly files: readonly string[];
}
