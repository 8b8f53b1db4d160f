import { Back, Cancelled, UserError } from '../errors.ts';
import { paints, type Terminal } from '../output/terminal.ts';
import { STAGE_IDS, type StageId } from '../plan/stages.ts';
import { type Platform, TARGET_IDS, TARGETS, type TargetId } from '../plan/targets.ts';
import { isPlain, printable } from '../printable.ts';
import type { Candidate, Offers } from './choose.ts';
import type { Row } from './decide.ts';
import type { Found, Language, LanguageId } from './language.ts';
import type { Question } from './settle.ts';

/** Every question that is ever asked. Ctrl-C at any of them is a `Cancelled`, Escape is a `Back`. */
export interface Prompts {
  tell(text: string): void;
  starter(path: string): Promise<boolean>;
  newLanguage(languages: readonly Language[]): Promise<LanguageId>;
  language(candidates: readonly Candidate[]): Promise<LanguageId>;
  member(services: readonly Found<string>[]): Promise<string>;
  setting(question: Question): Promise<unknown>;
  target(offers: Offers): Promise<TargetId>;
  platforms(offered: readonly Platform[]): Promise<readonly Platform[]>;
  /** Which stages the Dockerfile has beside the one that ships. */
  stages(chosen: readonly StageId[]): Promise<readonly StageId[]>;
  /** Shows all that was decided; answers with the name of the row that is to be changed, or undefined. */
  review(rows: readonly Row[]): Promise<string | undefined>;
  /** Which folder is meant, among several. */
  folder(message: string, folders: readonly Found<string>[]): Promise<string>;
  /** The one yes before anything is written. */
  write(files: readonly string[], replaced: readonly string[]): Promise<boolean>;
  /** Whose lines are taken where an edit and what is new are at odds. */
  conflict(files: readonly { path: string; conflicts: number }[]): Promise<'ours' | 'theirs' | 'markers'>;
  /** Whether what was written is built and run now. */
  tryNow(): Promise<boolean>;
  /** Whether corrections are settled, as they would be typed. */
  correct(typed: readonly string[]): Promise<boolean>;
}

export async function promptsOf(terminal: Terminal): Promise<Prompts> {
  const tools = await toolsOf(terminal);
  const { pick, yes } = tools;
  const paint = paints(terminal.color.err);
  terminal.err(
    `${paint.bold(`create-dockerfile ${terminal.version}`)}  ${paint.dim('Esc goes back, Ctrl-C leaves')}\n\n`,
  );
  return {
    tell: (text) => terminal.err(`${printable(text)}\n`),
    starter: (path) => yes(`There is nothing in ${path} yet. Begin a service there?`, true),
    newLanguage: (languages) =>
      pick(
        'In which language?',
        languages.map((language) => ({ value: language.id, name: language.name })),
      ),
    language: (candidates) =>
      pick(
        'Which language is it?',
        candidates.map(({ language, signal }) => ({
          value: language.id,
          name: `${language.name}  ${signal.files.join(', ')}`,
        })),
      ),
    member: (services) => pick('Which member of the workspace is it for?', services.map(choiceOf)),
    folder: (message, folders) => pick(message, folders.map(choiceOf)),
    target: (offers) => pick('What is the image built upon?', targetsOf(offers)),
    platforms: tools.platforms,
    stages: tools.stages,
    review: (rows) =>
      pick<string | undefined>('This was found. Go on, or pick a row to change it:', [
        { value: undefined, name: 'Go on', short: 'Go on' },
        ...tableOf(rows, terminal.columns),
      ]),
    write: (files, replaced) => yes(writing(files, replaced), replaced.length === 0),
    conflict: (files) =>
      pick(`${files.map(({ path }) => path).join(' and ')}: your edits and what is new are at odds. Take`, [
        { value: 'ours', name: 'your lines' },
        { value: 'theirs', name: 'the new lines' },
        { value: 'markers', name: 'both, between markers, to be settled by hand' },
      ]),
    tryNow: () => yes('Build and try it now?', false),
    correct: (typed) => yes(`Settle ${typed.join(' ')} and try again?`, true),
    async setting(question) {
      const { flag, setting, candidates, choices, why } = question;
      if (why !== undefined) terminal.err(`${printable(why)}\n`);
      const message = flag.question ?? flag.describe;
      const found = candidates.map(({ value, from }) => ({
        value,
        name: `${setting.print(value)}  (${from})`,
      }));
      const options =
        found.length > 0 ? found : choices.map((value) => ({ value, name: setting.print(value) }));
      if (options.length === 0) return tools.text(message, question);
      const picked = await pick<unknown>(message, [...options, { value: TYPED, name: 'something else' }]);
      return picked === TYPED ? tools.text(message, question) : picked;
    },
  };
}

interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly short?: string;
  readonly disabled?: string;
}

/** The kinds of prompts that there are. */
interface Tools {
  pick<T>(message: string, choices: readonly Choice<T>[]): Promise<T>;
  yes(message: string, value: boolean): Promise<boolean>;
  text(message: string, question: Question): Promise<unknown>;
  platforms(offered: readonly Platform[]): Promise<readonly Platform[]>;
  stages(chosen: readonly StageId[]): Promise<readonly StageId[]>;
}

async function toolsOf(terminal: Terminal): Promise<Tools> {
  const { checkbox, confirm, input, select } = await import('@inquirer/prompts');
  const ask = <T>(start: (context: Context) => Promise<T>) => asking(terminal, start);
  return {
    pick: <T>(message: string, all: readonly Choice<T>[]) => {
      const choices = all.map((choice) => ({ ...choice, ...shownOf(choice) }));
      const asked = { message: printable(message), choices, pageSize: 20, loop: false };
      return ask((context) => select<T>(asked, context));
    },
    yes: (message, value) =>
      ask((context) => confirm({ message: printable(message), default: value }, context)),
    async text(message, { setting, assumed, context: known }) {
      const standing = assumed === undefined ? undefined : setting.print(assumed.value);
      // what would steer the terminal is no text that can be proposed
      const proposed = standing === undefined || !isPlain(standing) ? {} : { default: standing };
      const validate = (answer: string) => refusalOf(() => setting.parse(answer, known)) ?? true;
      const answer = await ask((context) => input({ message, ...proposed, validate }, context));
      return setting.parse(answer, known);
    },
    platforms: (offered) =>
      ask((context) =>
        checkbox<Platform>(
          {
            message: 'For which architectures?',
            required: true,
            choices: offered.map((value) => ({ value, checked: /\/(amd64|arm64)$/.test(value) })),
          },
          context,
        ),
      ),
    stages: (chosen) =>
      ask((context) =>
        checkbox<StageId>(
          {
            message: 'Which stages beside the one that ships?',
            choices: STAGE_IDS.map((value) => ({
              value,
              name: `${value.padEnd(12)} ${STAGE_ABOUT[value]}`,
              short: value,
              checked: chosen.includes(value),
            })),
          },
          context,
        ),
      ),
  };
}

const STAGE_ABOUT: { readonly [Id in StageId]: string } = {
  development: 'all dependencies, and the program starts again when a source changes',
  test: 'runs the tests: a build of it fails when they do',
};

function refusalOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** What is shown of a choice, before and after it is picked. */
function shownOf({ name, short, disabled }: Choice<unknown>) {
  return {
    name: printable(name),
    short: printable(short ?? name),
    ...(disabled === undefined ? {} : { disabled: printable(disabled) }),
  };
}

function choiceOf({ value, from }: Found<string>): Choice<string> {
  return { value, name: `${value}  (${from})`, short: value };
}

function targetsOf(offers: Offers): readonly Choice<TargetId>[] {
  return TARGET_IDS.map((id) => {
    const offer = offers[id];
    const name = `${id.padEnd(11)} ${TARGETS[id].about}`;
    const why = 'none' in offer ? { disabled: `(${offer.none})` } : {};
    return { value: id, name, short: id, ...why };
  });
}

function tableOf(rows: readonly Row[], columns: number | undefined): readonly Choice<string>[] {
  const width = (part: 'name' | 'value') => Math.max(...rows.map((row) => row[part].length));
  const [name, value] = [width('name'), Math.min(width('value'), 40)];
  return rows.map((row) => ({
    value: row.name,
    name: fitted(printable(`${row.name.padEnd(name)}  ${row.value.padEnd(value)}  ${row.from}`), columns),
    short: row.name,
  }));
}

/** The last question: what is written anew or extended, and what is replaced. */
function writing(files: readonly string[], replaced: readonly string[]): string {
  const list = (paths: readonly string[]) => paths.join(' and ');
  if (replaced.length === 0) return `Write ${list(files)}?`;
  return files.length === 0
    ? `Replace ${list(replaced)}?`
    : `Write ${list(files)}, replace ${list(replaced)}?`;
}

/** Picked where none of what is offered is right. */
const TYPED = Symbol('typed');

/** A line that the terminal does not break. */
function fitted(text: string, columns = 80): string {
  const width = Math.max(columns - 4, 40);
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

interface Context {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly clearPromptOnDone: boolean;
  readonly signal: AbortSignal;
}

/** One prompt, which Ctrl-C and Escape end. */
async function asking<T>({ stdin, stderr }: Terminal, start: (context: Context) => Promise<T>): Promise<T> {
  const back = new AbortController();
  const onKey = (_: unknown, key: { readonly name?: string } | undefined) => {
    if (key?.name === 'escape') back.abort();
  };
  stdin.on('keypress', onKey);
  try {
    return await start({ input: stdin, output: stderr, clearPromptOnDone: false, signal: back.signal });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') throw new Cancelled();
    if (back.signal.aborted) throw new Back();
    throw error;
  } finally {
    stdin.removeListener('keypress', onKey);
  }
}
