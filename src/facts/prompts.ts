import { Back, Cancelled, UserError } from '../errors.ts';
import { paints, printable, type Terminal } from '../output/terminal.ts';
import { type Platform, TARGET_IDS, TARGETS, type TargetId } from '../plan/targets.ts';
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
  /** Shows all that was decided; answers with the name of the row that is to be changed, or undefined. */
  review(rows: readonly Row[]): Promise<string | undefined>;
  /** Which folder is meant, among several. */
  folder(message: string, folders: readonly Found<string>[]): Promise<string>;
  /** The one yes before anything is written. */
  write(files: readonly string[], replaced: readonly string[]): Promise<boolean>;
}

export async function promptsOf(terminal: Terminal): Promise<Prompts> {
  const { checkbox, confirm, input, select } = await import('@inquirer/prompts');
  const paint = paints(terminal.color.err);
  terminal.err(
    `${paint.bold(`create-dockerfile ${terminal.version}`)}  ${paint.dim('Esc goes back, Ctrl-C leaves')}\n\n`,
  );
  const ask = <T>(start: (context: Context) => Promise<T>) => asking(terminal, start);
  const pick = <T>(
    message: string,
    choices: readonly { value: T; name: string; short?: string; disabled?: string }[],
    first?: T,
  ) =>
    ask((context) =>
      select<T>(
        { message, choices, pageSize: 20, loop: false, ...(first === undefined ? {} : { default: first }) },
        context,
      ),
    );
  const yes = (message: string, value: boolean) =>
    ask((context) => confirm({ message, default: value }, context));
  return {
    tell: (text) => terminal.err(`${printable(text)}\n`),
    starter: (path) => yes(`There is nothing in ${printable(path)} yet. Begin a service there?`, true),
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
          name: `${language.name}  ${printable(signal.files.join(', '))}`,
        })),
      ),
    member: (services) =>
      pick(
        'Which member of the workspace is it for?',
        services.map(({ value, from }) => ({ value, name: printable(`${value}  (${from})`), short: value })),
      ),
    target: (offers) =>
      pick(
        'What is the image built upon?',
        TARGET_IDS.map((id) => {
          const offer = offers[id];
          const name = `${id.padEnd(11)} ${TARGETS[id].about}`;
          return {
            value: id,
            name,
            short: id,
            ...('none' in offer ? { disabled: `(${printable(offer.none)})` } : {}),
          };
        }),
      ),
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
    review(rows) {
      const width = (part: 'name' | 'value') => Math.max(...rows.map((row) => row[part].length));
      const [name, value] = [width('name'), Math.min(width('value'), 40)];
      return pick<string | undefined>('This was found. Go on, or pick a row to change it:', [
        { value: undefined, name: 'Go on', short: 'Go on' },
        ...rows.map((row) => ({
          value: row.name,
          name: printable(
            fitted(`${row.name.padEnd(name)}  ${row.value.padEnd(value)}  ${row.from}`, terminal.columns),
          ),
          short: row.name,
        })),
      ]);
    },
    folder: (message, folders) =>
      pick(
        message,
        folders.map(({ value, from }) => ({ value, name: printable(`${value}  (${from})`), short: value })),
      ),
    write(files, replaced) {
      const parts = [
        ...(files.length > 0 ? [`Write ${files.join(' and ')}`] : []),
        ...(replaced.length > 0
          ? [`${files.length > 0 ? 'replace' : 'Replace'} ${replaced.join(' and ')}`]
          : []),
      ];
      return yes(`${parts.join(', ')}?`, replaced.length === 0);
    },
    async setting(question) {
      const { flag, setting, candidates, choices, assumed, why, context: known } = question;
      if (why !== undefined) terminal.err(`${printable(why)}\n`);
      const message = flag.question ?? flag.describe;
      const found = candidates.map(({ value, from }) => ({
        value,
        name: printable(`${setting.print(value)}  (${from})`),
      }));
      const options =
        found.length > 0 ? found : choices.map((value) => ({ value, name: setting.print(value) }));
      if (options.length > 0) {
        const picked = await pick<unknown>(message, [...options, { value: TYPED, name: 'something else' }]);
        if (picked !== TYPED) return picked;
      }
      const text = await ask((context) =>
        input(
          {
            message,
            ...(assumed === undefined ? {} : { default: setting.print(assumed.value) }),
            validate(answer) {
              try {
                setting.parse(answer, known);
                return true;
              } catch (error) {
                if (error instanceof UserError) return error.message;
                throw error;
              }
            },
          },
          context,
        ),
      );
      return setting.parse(text, known);
    },
  };
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
