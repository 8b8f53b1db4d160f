import type { LanguageId } from '../facts/language.ts';
import type { StageId } from '../plan/stages.ts';
import type { Platform, TargetId } from '../plan/targets.ts';
import type { Configured } from '../standard/standard.ts';

/** What is done with the finished texts. */
export type Mode = 'write' | 'dry-run' | 'stdout' | 'check';

/** Services that build and push what a repository holds. */
export type CiService = 'github' | 'gitlab';
export const CI_SERVICES: readonly CiService[] = ['github', 'gitlab'];

/** Bots that move what is pinned. */
export type BotId = 'renovate' | 'dependabot';
export const BOT_IDS: readonly BotId[] = ['renovate', 'dependabot'];

/** What the user typed. */
export interface Request {
  /** As typed; relative to the current folder. */
  readonly directory: string;
  /** The member of a workspace, by folder or name. */
  readonly app: string | undefined;
  readonly language: LanguageId | undefined;
  readonly target: TargetId | undefined;
  readonly platforms: readonly Platform[] | undefined;
  /** Every service below the folder. */
  readonly all?: boolean;
  /** What is refused of one service is no failure of all. */
  readonly keepGoing?: boolean;
  /** Stages beside the one that ships. */
  readonly stages?: readonly StageId[];
  /** Files beside the Dockerfile. */
  readonly compose?: boolean;
  readonly bake?: boolean;
  readonly rego?: boolean;
  readonly ci?: CiService | undefined;
  readonly bot?: BotId | undefined;
  /** Digests beside the tags of images; undefined: where there are some. */
  readonly digests?: 'pin' | 'unpin' | undefined;
  /** Folders that the program writes while it runs, beside what was found. */
  readonly volumes?: readonly string[];
  /** Settings by key, not parsed yet: only their language can. */
  readonly given: Readonly<Record<string, string>>;
  readonly mode: Mode;
  /** One JSON document instead of text. */
  readonly json: boolean;
  readonly yes: boolean;
  readonly force: boolean;
  /** Whose lines are taken where an edit and what is new are at odds. */
  readonly conflict?: 'ours' | 'theirs' | 'markers' | undefined;
  readonly starter: boolean;
  readonly explain: boolean;
  /** What is extended is fetched anew. */
  readonly update?: boolean;
  readonly quiet: boolean;
  /** False: never. Undefined: where the terminal has it. */
  readonly color: false | undefined;
  /** Where a flag stands, by its name without dashes, when it was not typed now. */
  readonly origins?: Readonly<Record<string, string>>;
  /** What npm kept for itself and was recovered: told, for the next time. */
  readonly recovered: readonly string[];
  /** What configurations and the environment say; undefined: there are none. */
  readonly configured?: Configured;
}
