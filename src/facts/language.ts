import type { Catalog } from '../catalog/catalog.ts';
import type { Front, Plan } from '../plan/plan.ts';
import type { StageId } from '../plan/stages.ts';
import type { Platform, TargetId } from '../plan/targets.ts';
import type { Project } from '../project/project.ts';

export type LanguageId = 'node' | 'go' | 'c' | 'python' | 'java';

/** A value and where it came from: `package.json → engines.node`, `--port`, `your answer`, `default`. */
export interface Found<T> {
  readonly value: T;
  readonly from: string;
}

/** Evidence for more than one value: nothing is guessed, so it is asked or refused. */
export interface Tie<T> {
  readonly tie: readonly Found<T>[];
}

/** Evidence that cannot be used as it is, and the reason, as a sentence. It is asked, or refused with this reason. */
export interface Unusable {
  readonly because: string;
}

/** The words of one decision: known before any project is looked at, so that `--help` needs nothing else. */
export interface Flag {
  /** What is decided, as the subject of a sentence without its article: `port`, `start command`. */
  readonly noun: string;
  /** The flag's help, and the question where there is one. */
  readonly describe: string;
  /** Undefined: never asked, for what is assumed is always safe. */
  readonly question?: string;
  /** What a value looks like in the flag's help: `<port>`. */
  readonly placeholder: string;
}

/** One decision: how it is found, what is offered when it is not, what is assumed when nobody can answer. */
export interface Setting<T, Known> {
  detect(known: Known): Found<T> | Tie<T> | Unusable | undefined;
  /** What may be picked in the question; the flag takes anything that `parse` takes. */
  choices?(known: Known): readonly T[];
  /** Undefined: nothing is safe, so it is asked, or refused with the flag's name. */
  assume(known: Known): Found<T> | undefined;
  /** From a flag or an answer. Throws a UserError of kind `value` for what is none. */
  parse(text: string, known: Known): T;
  /** As it is typed after the flag: `parse(print(x))` is x. */
  print(value: T): string;
}

/** Why a folder is taken for a project of a language. */
export interface Signal {
  /** A manifest of the language outweighs loose sources. A manifest that only holds tools makes no project. */
  readonly strength: 'manifest' | 'source' | 'tooling';
  readonly files: readonly string[];
  /** What a manifest of tools holds. */
  readonly holds?: string;
  /** Manifests of other languages that its build takes care of. */
  readonly builds?: readonly string[];
}

/** What a setting may read: the project, the facts so far, and the facts about the world. */
export interface Context<S, Seen = unknown> {
  readonly project: Project;
  readonly catalog: Catalog;
  readonly today: string;
  readonly settings: Partial<S>;
  /** The evidence: what the language reads of the project, each part once and only when it is asked for. */
  readonly seen: Seen;
}

export type Settings<S extends object, Seen = unknown> = {
  readonly [K in keyof S]: Setting<S[K], Context<S, Seen>>;
};

export interface PlanTo<S extends object, Seen = unknown> {
  readonly settings: { readonly [K in keyof S]: Found<S[K]> };
  readonly project: Project;
  readonly target: TargetId;
  readonly platforms: readonly Platform[];
  readonly catalog: Catalog;
  readonly today: string;
  readonly seen: Seen;
  /** Stages of other languages that make what the program takes in; undefined: none do. */
  readonly fronts?: readonly Front[];
}

/** A folder that a program takes in, and that is not there as it is meant. */
export interface Taken {
  readonly folder: string;
  /** The line that takes it in. */
  readonly at: string;
}

/** How a language's build makes a folder for a program of another one. */
export interface Fronts {
  /** What is said for a build that makes a folder, which is relative to the project; undefined: no build of it does. */
  given(project: Project, folder: string): Readonly<Record<string, string>> | undefined;
  /** The stage, of the plan that follows from what was said. Undefined: nothing is built. */
  stage(plan: Plan, to: Omit<Front, 'image' | 'app' | 'context' | 'secrets' | 'ignore'>): Front | undefined;
}

/** How a language keeps several packages in one repository, which are built from its root. */
interface Workspaces {
  /** Files by which a folder above may be such a root: looked for before it is opened. */
  readonly files: readonly string[];
  /** Whether a folder declares members. Asked of every project, so it must be cheap. */
  isRoot(project: Project): boolean;
  load(): Promise<WorkspaceRules>;
}

/** Paths are those of the root; `.` is itself. */
export interface WorkspaceRules {
  /** Where the root says that its folder `app` is a member; undefined: it is none. Refuses what should be one. */
  takes(root: Project, app: string): string | undefined;
  /** A member by its folder or by its name. */
  find(root: Project, app: string): string | undefined;
  /** The members that can start, each with its evidence. */
  services(root: Project): readonly Found<string>[];
  /** The members that no other one needs: what can be meant where none can start. */
  ends?(root: Project): readonly string[];
}

/** What is known of a language before a project turns out to be of it. */
export interface Language<S extends object = object> {
  readonly id: LanguageId;
  readonly name: string;
  /** The manifest by which a project is recognized, for the sentence that says none was found. */
  readonly manifest: string;
  detect(project: Project): Signal | undefined;
  /** Manifests beside which those of the same language in folders below are parts of the same build: modules of a reactor. */
  readonly parts?: RegExp;
  /** Undefined: it has no repositories of several packages, or each of them is built alone. */
  readonly workspaces?: Workspaces;
  /** The words of its settings. */
  readonly flags: { readonly [K in keyof S]: Flag };
  /** The rest, loaded when it is needed. */
  // biome-ignore lint/suspicious/noExplicitAny: what a language sees is its own
  rules(): Promise<Rules<S, any>>;
}

/** How a project of a language is settled and planned. */
export interface Rules<S extends object = object, Seen = unknown> {
  /** Opens the evidence of a project; called once a run. Undefined while a language still keeps it by itself. */
  see?(project: Project): Seen;
  /** In order; later ones may read earlier ones. */
  readonly settings: Settings<S, Seen>;
  plan(to: PlanTo<S, Seen>): Plan;
  /** How stages for development and test are added to a plan: loaded when they are asked for. */
  stages(): Promise<AddStages<S, Seen>>;
  /** Folders that the program takes in, and that a build of another language may make. */
  takes?(to: Omit<PlanTo<S, Seen>, 'target' | 'platforms'>): readonly Taken[];
  /** How it builds folders for others: loaded when one needs them. */
  fronts?(): Promise<Fronts>;
  /** The platforms that a target exists for, or why this project cannot run on it. */
  offers(target: TargetId, to: Omit<PlanTo<S, Seen>, 'target' | 'platforms'>): Offer;
}

/** Adds the stages that are asked for. Refuses with a sentence where the project has no tests. */
type AddStages<S extends object = object, Seen = unknown> = (
  to: PlanTo<S, Seen>,
  plan: Plan,
  asked: readonly StageId[],
) => Plan;

export type Offer =
  | { readonly platforms: readonly Platform[] }
  /** Why it is none; `decide`: another target in its place is more than a matter of taste, so it is never assumed. */
  | { readonly none: string; readonly decide?: true };
