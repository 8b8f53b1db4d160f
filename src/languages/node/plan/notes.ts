import { parseEnv } from 'node:util';
import type { Release } from '../../../catalog/catalog.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { absentConfigurations, CONFIGURATION, tellAbsent } from '../../../kit/absent.ts';
import { demandNotes } from '../../../kit/demands.ts';
import { EXAMPLES, type LocalBind, SECRET } from '../../../kit/env-file.ts';
import { COMMON, type NoteBook, noteBook, choicesOf as settledChoices } from '../../../kit/notes.ts';
import type { Bind } from '../../../kit/port.ts';
import { search, textsOf } from '../../../kit/sources.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { BuildVariable } from '../evidence/build/variables.ts';
import { DEMANDING } from '../evidence/demands.ts';
import { importsOf } from '../evidence/imports.ts';
import type { Locked } from '../evidence/lock/locked.ts';
import { lockfileOf } from '../evidence/lock/package-managers.ts';
import { staleLock } from '../evidence/lock/stale.ts';
import type { Program } from '../evidence/program.ts';
import type { Undeclared } from '../evidence/undeclared.ts';
import { FLAGS } from '../flags.ts';
import { ENDED, endOfLife, unsatisfied } from '../settings/node-version.ts';
import { type NodeSettings, SETTINGS } from '../settings/settings.ts';

export function notesOf(
  to: PlanTo<NodeSettings>,
  seen: {
    program: Program;
    release: Release;
    locked: readonly Locked[] | undefined;
    bind: Bind | undefined;
    /** The variables of the image. */
    given: Readonly<Record<string, string>>;
    development: string | undefined;
    variables: readonly BuildVariable[];
    hidden: readonly LocalBind[];
    undeclared: readonly Undeclared[];
  },
): readonly Note[] {
  const { settings, project, today } = to;
  const { notes, warn, tell } = noteBook();
  const node = settings.start.value.argv[0] !== 'bun';
  const past = node ? endOfLife(seen.release, today) : undefined;
  if (past !== undefined) warn(past, 'Raise it in the project, or type --runtime-version 24.');
  if (ENDED.test(settings.runtimeVersion.from))
    warn(
      `${settings.runtimeVersion.from}: there is no maintained image of it, so the image has Node ${settings.runtimeVersion.value}, the next supported line.`,
      'Raise it in the project once it runs there.',
    );
  if (settings.runtimeVersion.value.includes('.')) {
    warn(
      `${settings.runtimeVersion.from} demands exactly Node ${settings.runtimeVersion.value}, so no patch of it reaches the image.`,
      'A range (>=22, ^24) gets the fixes of its release line.',
    );
  }
  const manager = settings.packageManager.value.name;
  if (
    lockfileOf(project.context, manager) === undefined &&
    Object.keys(seen.program.manifest.dependencies).length > 0
  ) {
    warn(COMMON.noLock, `Commit the one that ${manager} install writes.`);
  }
  const stale = staleLock(project, settings.packageManager.value);
  if (stale !== undefined)
    warn(
      `${stale.lock} is out of step with ${stale.manifest}: it lacks ${stale.lacks.slice(0, 4).join(', ')}, so the installation fails.`,
      stale.fix,
    );
  const bad = node ? unsatisfied(seen.locked, seen.release) : [];
  const [first] = bad;
  if (first !== undefined)
    warn(
      `${first.name} ${first.version ?? ''} demands Node ${first.node}, ${settings.runtimeVersion.from} says ${settings.runtimeVersion.value}.`,
      /^[^\S\n]*engine-strict\s*=\s*true/m.test(project.context.read('.npmrc') ?? '')
        ? 'Raise the version there: engine-strict in .npmrc stops the installation.'
        : 'Raise the version there, or the package will complain.',
    );
  if (seen.bind?.local !== undefined)
    warn(COMMON.local(seen.bind.local), `Give it a host there: process.env.HOST ?? '0.0.0.0'.`);
  const [schema] = search(
    seen.program.sources,
    /\bautoSchemaFile\s*:\s*(?!true\b|false\b)/g,
    'autoSchemaFile',
  );
  if (schema !== undefined)
    warn(
      `${schema.at} writes its schema into a file when it starts, and the image's files are not its own.`,
      // https://docs.nestjs.com/graphql/quick-start#code-first
      'Keep it in memory there: autoSchemaFile: true.',
    );
  const absent = absentPackages(seen.program);
  const [one] = absent;
  if (one !== undefined) {
    const many = absent.length > 1;
    warn(
      `${absent.join(', ')} ${many ? 'are' : 'is'} imported, but ${many ? 'stand' : 'stands'} in devDependencies and so ${many ? 'are' : 'is'} not in the image.`,
      `Move ${many ? 'them' : 'it'} to dependencies, or import ${many ? 'them' : 'it'} where it is developed alone.`,
    );
  }
  const [unnamed] = seen.undeclared;
  if (unnamed !== undefined)
    warn(
      `${unnamed.at} imports ${unnamed.name}, which package.json does not name: it is in the image only if another package brings it.`,
      `Type npm install ${unnamed.name}.`,
    );
  const smaller = seen.program.served?.server?.smaller;
  if (smaller !== undefined && seen.locked !== undefined)
    tell(
      `The image holds all ${seen.locked.length} packages of production, and the program loads a part of them.`,
      `With output: '${smaller}' in the configuration of ${seen.program.framework?.name ?? 'the framework'} it holds that part alone.`,
    );
  if (seen.development !== undefined)
    warn(
      `${seen.development}, so packages for development are in the image.`,
      manager === 'bun'
        ? 'Move the program that generates code into dependencies.'
        : 'Type yarn plugin import workspace-tools, or raise Yarn to 4.',
    );
  const fixed = seen.bind?.fixed;
  if (fixed !== undefined)
    warn(COMMON.fixed(fixed.at, fixed.port, settings.port.from), 'Let it read process.env.PORT there.');
  for (const name of Object.keys(settings.start.value.env).filter((n) => SECRET.test(n))) {
    warn(
      `${name} in the start script looks like a secret and is not in the image.`,
      `Pass it when the container starts: docker run --env ${name}`,
    );
  }
  const { withheld = [] } = settings.start.value;
  if (withheld.length > 0)
    warn(
      `${withheld.slice(0, 4).join(', ')} look like secrets and are not in the image; the rest of the file is.`,
      `Pass them when the container starts: docker run ${withheld.map((one) => `--env ${one.split(' → ').at(-1)}`).join(' ')}`,
    );
  const passed = `docker run --env-file .env${seen.hidden.map(({ name }) => ` --env ${name}=0.0.0.0`).join('')}`;
  const example = EXAMPLES.find((path) => project.has(path));
  const names = Object.keys(parseEnv(project.read(example ?? '') ?? '')).filter(
    // the parser of Node 20 takes some comments for names
    (n) =>
      /^\w+$/.test(n) && !OURS.has(n) && !(n in seen.given) && !seen.variables.some(({ name }) => name === n),
  );
  pageNotes(seen.variables, { warn, tell });
  absentNotes(project, seen.program, { warn, tell });
  // files are not changed by variables of the container
  if (names.length > 0 && seen.program.served?.site === undefined) {
    const more = names.length > 4 ? `, and ${names.length - 4} more` : '';
    tell(
      `${example} names ${names.slice(0, 4).join(', ')}${more}: they are not in the image.`,
      `Pass them when the container starts: ${passed}`,
    );
  }
  const [bind] = seen.hidden;
  if (bind !== undefined)
    warn(
      `${bind.file} says ${bind.name}=${bind.value}: passed to the container, nobody outside of it can reach the program.`,
      `Say otherwise behind it: ${passed}`,
    );
  return [...notes, ...demandNotes(seen.program.sources.program, DEMANDING, seen.given)];
}

/** Compilers that leave imports as they are. */
const KEEPS_IMPORTS = new Set(['tsc', 'tspc', 'swc', 'babel', 'nest', 'tsc-alias']);

/**
 * Packages for development that a program still imports when it runs: those of plain JavaScript, and of what is built
 * those whose names are used for more than types.
 */
function absentPackages({ build, sources, manifest }: Program): readonly string[] {
  const keeps =
    build === undefined ||
    build.commands.some(
      ({ words }) =>
        KEEPS_IMPORTS.has(words[0] ?? '') ||
        (words[0] === 'esbuild' && words.includes('--packages=external')),
    );
  if (!keeps || (build === undefined && !sources.files.every(({ path }) => /\.[mc]?js$/.test(path))))
    return [];
  return [...sources.packages].filter(
    (name) =>
      name in manifest.devDependencies &&
      !(name in manifest.dependencies) &&
      (build === undefined || isUsed(sources, name)),
  );
}

/** Whether what is imported of a package is called, or read as an object: a type alone is gone once it is compiled. */
function isUsed({ files }: Program['sources'], name: string): boolean {
  return files.some((source) =>
    importsOf(source)
      .list.filter(({ module }) => module === name || module.startsWith(`${name}/`))
      .some(({ names }) => names.length === 0 || names.some(({ as }) => isValue(source.code, as))),
  );
}

function isValue(code: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${verbatim(name)}\\s*[(.]|\\bnew\\s+${verbatim(name)}(?![\\w$])`).test(code);
}

function absentNotes(project: Project, { sources }: Program, book: Omit<NoteBook, 'notes'>): void {
  tellAbsent(absentConfigurations(project, textsOf(sources, CONFIGURATION, '')), book);
}

/** What the owner should know of variables that end up in the pages. */
function pageNotes(variables: readonly BuildVariable[], { warn, tell }: Omit<NoteBook, 'notes'>): void {
  const [open, ...more] = variables.filter((v) => !v.secret && v.value === undefined).map(({ name }) => name);
  if (open !== undefined)
    tell(
      `${[open, ...more].join(', ')}: put into the pages when they are built.`,
      `Give the value there: docker build --build-arg ${open}=…`,
    );
  for (const { name, at } of variables.filter((v) => v.secret))
    warn(
      `${name} (${at}) is called like a secret and is put into pages that everybody can read, so it is no ARG.`,
      'If it may be public, the build takes it by --secret; if not, read it on a server only.',
    );
}

/** Variables that the image sets itself. */
const OURS = new Set(['NODE_ENV', 'PORT', 'HOST']);

export function choicesOf(
  to: PlanTo<NodeSettings>,
  seen: { portable: boolean; compiles: readonly string[] },
): Plan['choices'] {
  return settledChoices(to, FLAGS, SETTINGS, [
    seen.portable
      ? {
          what: 'dependencies are installed on the build platform',
          why: 'no package among them is made for one platform',
        }
      : {
          what: 'dependencies are installed per platform',
          why:
            seen.compiles.length > 0
              ? `${seen.compiles.join(', ')} may be compiled`
              : 'some are native, or no lock file tells',
        },
  ]);
}
