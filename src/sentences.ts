import type { Problem } from './errors.ts';
import { list } from './printable.ts';

/** What happened, where, and what to type next. */
export function explain(problem: Problem): string {
  switch (problem.kind) {
    case 'usage':
      return sentence(problem.message, problem.hint ?? 'See create-dockerfile --help.');
    case 'value':
      return sentence(
        `${problem.flag} takes ${problem.want}, not ${quote(problem.given)}.`,
        problem.because ?? (problem.nearest && `Did you mean ${problem.nearest}?`),
      );
    case 'swallowed':
      return sentence(
        `npm kept ${list(problem.flags)} for itself, so it is not clear what ${list(problem.rest.map(quote))} means.`,
        `Put -- before the flags: npm create dockerfile -- ${[...problem.flags, ...problem.rest.map(typed)].join(' ')}`,
      );
    case 'noFolder':
      return sentence(
        `There is no folder ${quote(problem.path)}.`,
        'Type one that exists, or begin a service there with --starter.',
      );
    case 'notAFolder':
      return sentence(`${quote(problem.path)} is not a folder.`, 'Type the folder that holds the project.');
    case 'unreadable':
      return sentence(`${quote(problem.path)} cannot be read: ${problem.reason}.`);
    case 'empty':
      return sentence(
        `There is nothing in ${quote(problem.path)} to write a Dockerfile for.`,
        'Run it in a project, or begin one here with --starter.',
      );
    case 'noLanguage':
      return sentence(
        problem.seen && foreign(problem.seen),
        `No project of ${list(
          problem.languages.map((l) => l.name),
          'or',
        )} was found in ${quote(problem.path)}.`,
        `Run it in the folder that holds the manifest (${problem.languages.map((l) => l.manifest).join(', ')}).`,
      );
    case 'tooling':
      return sentence(
        problem.seen && foreign(problem.seen),
        `${problem.manifest} ${problem.seen ? 'beside it starts nothing' : 'holds only tools, and nothing to start'} (${problem.holds}).`,
        'If a Node.js program is in it, type --language node --start "node <file>".',
      );
    case 'foreignFlags':
      return foreignFlags(problem.language, problem.flags);
    case 'tieLanguage':
      return sentence(
        `This could be ${list(
          problem.candidates.map((c) => `${c.name} (${c.files.join(', ')})`),
          'or',
        )}.`,
        `Say which: ${problem.candidates.map((c) => `--language ${c.id}`).join(' or ')}`,
      );
    case 'tieFolder':
      return sentence(
        `${problem.folders.length > 1 ? 'There are several projects below this folder' : 'The project is below this folder'}: ${list(problem.folders.map(({ value, from }) => `${value} (${from})`).slice(0, 12))}${problem.folders.length > 12 ? ', …' : ''}.`,
        `Say which: ${list(
          problem.folders.slice(0, 4).map(({ value }) => `create-dockerfile ${typed(value)}`),
          'or',
        )}`,
      );
    case 'noMember':
      return sentence(
        `${quote(problem.app)} is no member of this workspace.`,
        problem.services.length > 0
          ? `Say one: ${members(problem.services)}`
          : 'Type the folder of one that is.',
      );
    case 'noService':
      return sentence(
        'No member of this workspace has a start script, so nothing says which of them is the service.',
        `Say which: ${members(problem.members) || '--app folder'}`,
      );
    case 'nestedWorkspace':
      return sentence(
        `${quote(problem.path)} is a member of the workspace above it and declares members itself, which no package manager reads alike.`,
        'Declare them all in one place.',
      );
    case 'tieMember':
      return sentence(
        `Several members of this workspace can start: ${list(problem.services.map(({ value, from }) => `${value} (${from})`).slice(0, 12))}${problem.services.length > 12 ? ', …' : ''}.`,
        `Say which: ${members(problem.services.map(({ value }) => value))}`,
      );
    case 'malformed':
      return sentence(
        `${problem.path}${problem.line === undefined ? '' : `:${problem.line}`} is malformed: ${problem.reason}.`,
        'Correct it, then run again.',
      );
    case 'missing':
      return sentence(
        problem.why ?? `The ${problem.what} could not be found.`,
        `Say it: ${problem.flag} ${problem.placeholder}`,
      );
    case 'tie':
      return sentence(
        `The ${problem.what} could be ${few(problem.candidates.map((c) => `${c.value} (${c.from})`))}.`,
        `Say which: ${problem.candidates
          .slice(0, FEW)
          .map((c) => `${problem.flag} ${typed(c.value)}`)
          .join(' or ')}`,
      );
    case 'target':
      return sentence(
        `This project cannot run on ${problem.target}: ${problem.reason}.`,
        problem.instead.length > 0 && `Use --target ${list(problem.instead, 'or')}.`,
      );
    case 'platform':
      return sentence(
        `There is no image of this version for ${problem.platform} on ${problem.target}.`,
        problem.instead.length > 0 && `It exists for ${list(problem.instead)}.`,
      );
    case 'unsafePath':
      return sentence(
        `${problem.where} names ${quote(problem.path)}, which cannot stand in a Dockerfile.`,
        'Use letters, digits, and . _ - + @ / in the path, inside the project.',
      );
    case 'notInContext':
      return sentence(
        `${problem.file} keeps ${quote(problem.path)} out of the build (${problem.pattern}), but the Dockerfile needs it.`,
        `Remove that line, or add !${problem.path} below it.`,
      );
    case 'differs':
      return sentence(
        `${list(problem.paths)} ${problem.paths.length > 1 ? 'exist and differ' : 'exists and differs'} from what would be written; nothing was changed.`,
        'See the difference with --dry-run, replace with --force.',
      );
    case 'conflict':
      return conflict(problem.files);
    case 'kept':
      return sentence('Nothing was written.');
    case 'blocked':
      return blocked(problem);
    case 'starterNeedsEmpty':
      return sentence(
        `${quote(problem.path)} is not empty, and --starter writes a new service.`,
        'Leave --starter out, or name a new folder.',
      );
    case 'noStarter':
      return sentence(`There is no starter for ${problem.language}.`);
    case 'refused':
      return sentence(problem.message, problem.fix);
  }
}

/** A language that was recognized, and for which there is nothing. */
function foreign({ name, file, instead }: { name: string; file: string; instead?: string }): string {
  const more = instead === undefined ? '' : `; ${instead}`;
  return `This looks like a project of ${name} (${file}), for which no Dockerfile can be written yet${more}.`;
}

function foreignFlags(language: string, flags: readonly string[]): string {
  return sentence(
    `${list(flags)} ${flags.length > 1 ? 'are' : 'is'} nothing that ${language} has.`,
    'See create-dockerfile --help.',
  );
}

function blocked({ path, reason, left = [] }: Problem & { kind: 'blocked' }): string {
  if (left.length === 0) return `${quote(path)} cannot be written: ${reason}; nothing was changed.`;
  return sentence(
    `${quote(path)} cannot be written: ${reason}.`,
    `Not all of it could be taken back: ${list(left.map(quote))} ${left.length > 1 ? 'are' : 'is'} left.`,
  );
}

function conflict(files: readonly { path: string; conflicts: number }[]): string {
  const places = (n: number) => (n === 1 ? 'one place' : `${n} places`);
  return sentence(
    `${list(files.map(({ path, conflicts }) => `${path} was edited where something else would be written now (${places(conflicts)})`))}; nothing was changed.`,
    'Take your lines, the new ones, or both between markers: --conflict ours, theirs or markers.',
  );
}

function sentence(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}

function members(paths: readonly string[]): string {
  return list(
    paths.slice(0, 4).map((path) => `--app ${typed(path)}`),
    'or',
  );
}

/** Text of the project inside a message: control characters become visible, for a terminal would obey them. */
export function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/** A value as it can be typed behind its flag, in any shell. */
function typed(text: string): string {
  if (/^[\w.@+=:,/%^~-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replace(/'/g, `'\\''`)}'` : `"${text}"`;
}

/** More candidates than these are counted: nobody reads a list of fifty. */
const FEW = 10;

function few(items: readonly string[]): string {
  const rest = items.length - FEW;
  return list(rest > 1 ? [...items.slice(0, FEW), `${rest} others`] : items, 'or');
}
