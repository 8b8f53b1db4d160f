import { Cancelled, UserError } from '../errors.ts';
import { printable, type Terminal } from '../output/terminal.ts';
import { type Platform, TARGET_IDS, TARGETS, type TargetId } from '../plan/targets.ts';
import type { Candidate, Offers } from './choose.ts';
import type { Found, Language, LanguageId } from './language.ts';
import type { Question } from './settle.ts';

/** Every question that is ever asked. Ctrl-C at any of them is a `Cancelled`. */
export interface Prompts {
  starter(path: string): Promise<boolean>;
  newLanguage(languages: readonly Language[]): Promise<LanguageId>;
  language(candidates: readonly Candidate[]): Promise<LanguageId>;
  member(services: readonly Found<string>[]): Promise<string>;
  setting(question: Question): Promise<unknown>;
  target(offers: Offers): Promise<TargetId>;
  platforms(offered: readonly Platform[]): Promise<readonly Platform[]>;
  replace(paths: readonly string[]): Promise<boolean>;
  /** Whether corrections are settled, as they would be typed. */
  correct(typed: readonly string[]): Promise<boolean>;
}

export async function promptsOf(terminal: Terminal): Promise<Prompts> {
  const { checkbox, confirm, input, select } = await import('@inquirer/prompts');
  const context = { input: terminal.stdin, output: terminal.stderr, clearPromptOnDone: false };
  const ask = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Error && error.name === 'ExitPromptError') throw new Cancelled();
      throw error;
    }
  };
  const pick = <T>(
    message: string,
    choices: readonly { value: T; name: string; short?: string; disabled?: string }[],
    first?: T,
  ) =>
    ask(
      select<T>(
        { message, choices, pageSize: 12, ...(first === undefined ? {} : { default: first }) },
        context,
      ),
    );
  return {
    starter: (path) =>
      ask(
        confirm(
          { message: `There is nothing in ${printable(path)} yet. Begin a service there?`, default: true },
          context,
        ),
      ),
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
      ask(
        checkbox<Platform>(
          {
            message: 'For which architectures?',
            required: true,
            choices: offered.map((value) => ({ value, checked: value === terminal.machine })),
          },
          context,
        ),
      ),
    correct: (typed) =>
      ask(
        confirm({ message: `Settle ${printable(typed.join(' '))} and try again?`, default: true }, context),
      ),
    replace: (paths) => ask(confirm({ message: `Replace ${paths.join(' and ')}?`, default: false }, context)),
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
      if (options.length > 0) return pick<unknown>(message, options);
      const text = await ask(
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
