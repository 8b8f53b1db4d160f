import type { PlanTo } from '../../../facts/language.ts';
import { absentConfigurations, CONFIGURATION, tellAbsent } from '../../../kit/absent.ts';
import { COMMON, type NoteBook, noteBook, choicesOf as settledChoices } from '../../../kit/notes.ts';
import type { Bind } from '../../../kit/port.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { releaseOf, supported } from '../../../plan/version.ts';
import type { Called } from '../evidence/called.ts';
import { unexplainedC } from '../evidence/cgo.ts';
import { findNeededEnv } from '../evidence/dotenv.ts';
import { takenBy } from '../evidence/embedded.ts';
import type { Program } from '../evidence/program.ts';
import { type Sources, search, textsOf } from '../evidence/sources.ts';
import type { Tree } from '../evidence/tree.ts';
import { FLAGS } from '../flags.ts';
import { type GoSettings, SETTINGS } from '../settings/settings.ts';
import { librariesOf, unknownLibraries } from './offers.ts';
import type { Stamp } from './stamp.ts';

export function notesOf(
  to: PlanTo<GoSettings, Tree>,
  seen: { program: Program; bind: Bind; stamps: readonly Stamp[]; called: readonly Called[] },
): readonly Note[] {
  const { settings, target, catalog, today } = to;
  const { sources, cgo } = seen.program;
  const { notes, warn, tell } = noteBook();
  const version = settings.runtimeVersion.value;
  const release = releaseOf(catalog.go, version);
  if (release !== undefined && !supported(release, today))
    warn(
      COMMON.pastEnd(settings.runtimeVersion.from, `Go ${release.version}`, release.endOfLife),
      `Raise it there, or type --runtime-version ${catalog.go[0]?.version}.`,
    );
  if (seen.bind.local !== undefined)
    warn(COMMON.local(seen.bind.local), 'Let it listen on ":port" there, or take the host from a variable.');
  if (seen.bind.fixed !== undefined)
    warn(
      COMMON.fixed(seen.bind.fixed.at, seen.bind.fixed.port, settings.port.from),
      'Let it read os.Getenv("PORT") there.',
    );
  fileNotes(to, seen.program, { warn, tell });
  const needed = findNeededEnv(sources);
  if (needed !== undefined)
    warn(
      `${needed} ends the program when there is no .env, and the image has none: docker run --env-file gives variables, no file.`,
      'Let it go on there without that file.',
    );
  const packages = target === 'alpine' ? 'apk add' : 'apt-get install';
  for (const { value, from } of settings.cgo.value ? unknownLibraries(cgo) : [])
    warn(
      `${from} links to ${value}, of which no package is known here.`,
      `Add RUN ${packages} with its packages to the stages build and runtime.`,
    );
  for (const { at, name } of seen.called.filter((one) => one.packages === undefined))
    warn(
      `${at} runs ${name}, which the image may not have.`,
      `Add RUN ${packages} with its package to the stage runtime if the program needs it there.`,
    );
  if (seen.called.some(({ name }) => name === 'chromium') && !isUnboxed(sources))
    warn(
      'Chromium makes a sandbox of its own, which a container without rights of its own does not let it.',
      'Start it with the option no-sandbox (chromedp.NoSandbox), or run the container with a seccomp profile for it.',
    );
  const brought = settings.cgo.value ? undefined : unexplainedC(to.seen, seen.program.main);
  if (brought !== undefined)
    warn(
      `${brought}, which is C, and nothing here imports it: it is left out unless a dependency needs it.`,
      'Type --cgo yes if the program uses it.',
    );
  const [stamp] = seen.stamps;
  if (stamp !== undefined)
    tell(
      `${stamp.at} is filled by ${seen.stamps.map((s) => s.argument).join(' and ')}.`,
      `Say it when you build: docker build --build-arg ${stamp.argument}=${stamp.argument === 'VERSION' ? '1.2.3' : '$(git rev-parse HEAD)'}`,
    );
  return notes;
}

/** Files that somebody else has to put there: pages that are embedded, and configuration. */
function fileNotes(
  { project, fronts = [] }: PlanTo<GoSettings, Tree>,
  program: Program,
  { warn, tell }: Omit<NoteBook, 'notes'>,
): void {
  for (const { folder, at } of takenBy(project, program)) {
    if (fronts.some(({ destination }) => destination === folder)) continue;
    warn(
      `${at} embeds ${folder}, which holds nothing but what stands in for a build's output, and no build here is known to write it.`,
      `Fill ${folder} before the image is built.`,
    );
  }
  tellAbsent(absentConfigurations(project, textsOf(program.sources, CONFIGURATION)), { warn, tell });
}

/** Whether the browser is started without its sandbox. */
function isUnboxed(sources: Sources): boolean {
  return search(sources, /\bNoSandbox\b/g).length + textsOf(sources, /^(--)?no-sandbox$/).length > 0;
}

export function choicesOf(
  to: PlanTo<GoSettings, Tree>,
  seen: { program: Program; zones: boolean; static: boolean },
): Plan['choices'] {
  const { settings, target } = to;
  const libraries = librariesOf(seen.program.cgo).map(({ called }) => called);
  return settledChoices(to, FLAGS, SETTINGS, [
    settings.cgo.value
      ? {
          what: 'compiled on each platform, with a C compiler',
          why: seen.static
            ? 'musl is linked into the program'
            : `it loads glibc${libraries.length > 0 ? ` and ${libraries.join(', ')}` : ''}`,
        }
      : {
          what: "compiled for every platform on the builder's own, without C",
          why: "Go's compiler makes programs for all of them",
        },
    seen.zones
      ? {
          what: 'time zones are in the program (timetzdata)',
          why: `${target} has no zone files, and these are 450 kB`,
        }
      : { what: 'time zones are those of the image', why: 'distroless has them' },
    {
      what: 'the program is process 1',
      why: "Go's runtime ends it on SIGTERM even there, so no init is needed",
    },
  ]);
}
