import type { Socket } from './sockets.ts';

/** What one image was seen to do: built, run as it is meant to be run, and stopped. Recorded whole, judged afterwards. */
export interface Trial {
  readonly build: { readonly ok: boolean; readonly log: string; readonly seconds: number };
  readonly image?: {
    /** Bytes, unpacked. */
    readonly size: number;
    readonly layers: number;
    readonly user: string;
    readonly checked: boolean;
    /** The folder in which the program starts. */
    readonly folder: string;
    readonly ports: readonly number[];
  };
  readonly run?: Run;
  /** Of a second run that was followed, where that is asked for. */
  readonly traced?: Traced;
}

/** A call of the system that failed. */
export interface Failed {
  readonly call: string;
  readonly path: string;
  readonly error: string;
  readonly writes: boolean;
}

/** What was followed; or why nothing was. */
export type Traced = { readonly calls: readonly Failed[] } | { readonly because: string };

export interface Run {
  readonly log: string;
  /** It was still running when it was looked at. */
  readonly running: boolean;
  /** Of one that ended by itself. */
  readonly exitCode: number | undefined;
  readonly outOfMemory: boolean;
  readonly sockets: readonly Socket[];
  /** By the image's own check. */
  readonly health: 'healthy' | 'unhealthy' | 'starting' | 'none';
  /** What its check said last. */
  readonly checkLog: string;
  /** Until it was ready; undefined: it never was. */
  readonly ready: number | undefined;
  /** Memory at rest, as the engine prints it. */
  readonly memory: string | undefined;
  readonly stop: { readonly seconds: number; readonly killed: boolean } | undefined;
}

/** What the Dockerfile promises. */
export interface Promised {
  readonly port: number | undefined;
  readonly health: string | undefined;
  readonly init: boolean;
  readonly folder: string;
  /** Settings that the language has flags for, with their printed values. */
  readonly settings: Readonly<Record<string, string>>;
  /** Folders that are volumes already. */
  readonly volumes: readonly string[];
  /** Bytes that the policy lets the image have, and where it says so. */
  readonly largest?: { readonly bytes: number; readonly from: string } | undefined;
  readonly system: 'debian' | 'alpine';
  /** Whether the project has a file, below the folder of the service. */
  has(path: string): boolean;
}

/** A setting that is known better now. `volume` is the one that no language has by itself. */
export interface Correction {
  readonly key: string;
  readonly value: string;
  /** Where it comes from, as facts say it: `seen: listens on 0.0.0.0:7000`. */
  readonly from: string;
}

/** One thing that does not hold, in a sentence; with what mends it, by a flag or by hand. */
export interface Finding {
  readonly id: string;
  readonly text: string;
  readonly advice?: string;
  readonly correction?: Correction;
  /** It works all the same: told, and no reason to fail. */
  readonly mild?: true;
}
