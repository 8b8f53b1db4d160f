import type { PlanTo } from '../../../facts/language.ts';
import { COMMON, noteBook, choicesOf as settledChoices } from '../../../kit/notes.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { lineNumber } from '../../../project/data.ts';
import { configureSource } from '../evidence/autotools/autotools.ts';
import type { BuildFacts, Executable, Need } from '../evidence/facts.ts';
import type { findFixed, findLocalBind } from '../evidence/port.ts';
import { recipeFiles } from '../evidence/recipes.ts';
import { type SourceFile, search } from '../evidence/sources.ts';
import { FLAGS } from '../flags.ts';
import { type CSettings, SETTINGS } from '../settings/settings.ts';

interface Seen {
  readonly facts: BuildFacts;
  readonly sources: readonly SourceFile[];
  readonly unknown: readonly Need[];
  readonly local: ReturnType<typeof findLocalBind>;
  readonly fixed: ReturnType<typeof findFixed>;
  readonly static: boolean;
  /** Why each platform compiles for itself; undefined: it does not. */
  readonly uncrossed: string | undefined;
  readonly executable: Executable;
  readonly deaf: string | undefined;
  readonly strict: boolean;
}

/** Where the project itself asks for code that only this machine's processor runs. */
function nativeAt({ project }: PlanTo<CSettings>, facts: BuildFacts): string | undefined {
  for (const file of facts.files) {
    const text = project.read(file) ?? '';
    const at = text.search(/-m(?:arch|cpu|tune)=native/);
    if (at >= 0) return `${file}:${lineNumber(text, at)}`;
  }
  return undefined;
}

export function notesOf(to: PlanTo<CSettings>, seen: Seen): readonly Note[] {
  const { settings, project, target } = to;
  const { notes, warn, tell } = noteBook();
  const manager =
    target === 'alpine' || (target === 'scratch' && seen.static)
      ? 'apk add --no-cache'
      : 'apt-get install --yes --no-install-recommends';
  if (settings.packages.value.build.length === 0 && settings.libraries.from !== '--libraries') {
    for (const need of seen.unknown.filter((n) => !n.optional)) {
      warn(
        `${need.at} needs ${need.name} (${WAYS[need.by]}), which is no library that is known here.`,
        `Add its packages: --packages <for the build>/<to run>, or in stage build: ${manager} <package>`,
      );
    }
  }
  if (settings.buildSystem.value === 'autotools' && configureSource(project) === undefined)
    tell(
      'configure is not read, for what it was made of is not here: what it looks for is known by the includes alone.',
      'If it misses a library: --packages <for the build>/<to run>',
    );
  const optional = seen.unknown.filter((need) => need.optional && need.by !== 'header');
  if (optional.length > 0) {
    const names = optional.map((need) => `${need.name} (${need.at})`);
    tell(
      `Left out, for it is not known here and the build goes on without it: ${names.slice(0, 6).join(', ')}.`,
    );
  }
  const [lost] = seen.executable.sources.filter(
    (path) => !project.isFile(path) && !project.isFile(`${path}.in`) && isNamedOnce(to, seen.facts, path),
  );
  if (lost !== undefined)
    warn(
      `${seen.executable.at} compiles ${lost}, which is not there.`,
      'Is it a submodule that was not fetched, or a file that is not committed?',
    );
  if (seen.facts.downloads !== undefined) {
    warn(
      `${seen.facts.downloads} downloads sources while it is configured, so a build needs the network and may get others each time.`,
      'Pin them by a commit or a hash, or keep them in the project.',
    );
  }
  for (const file of recipeFiles(project))
    warn(`${file} is not used: what it names comes from the distribution, in its versions.`);
  const sanitizers = settings.libraries.value.filter((library) => library.sanitizer === true);
  const names = sanitizers.map((library) => library.name);
  const sanitized = seen.facts.needs.find((need) => names.includes(need.name));
  if (sanitized !== undefined)
    warn(
      `${sanitized.at} compiles with sanitizers (${names.join(', ')}), which slow the program down and end it at its first mistake.`,
      'Leave -fsanitize out of a release, or turn it off with --options.',
    );
  const native = nativeAt(to, seen.facts);
  if (native !== undefined)
    warn(
      `${native} compiles for the processor that builds (-march=native), so the image may crash on others.`,
      'Take it out, or turn it off with --options.',
    );
  if (seen.deaf !== undefined)
    warn(
      `${seen.deaf}: neither optimization nor hardening is imposed.`,
      'Let it call $(CC) $(CFLAGS) … $(LDFLAGS).',
    );
  if (seen.local !== undefined && 'at' in seen.local) {
    warn(COMMON.local(seen.local.at), 'Let it listen on 0.0.0.0 there.');
  }
  if (seen.fixed !== undefined) warn(COMMON.fixed(seen.fixed.at, seen.fixed.port, settings.port.from));
  if (to.platforms.length > 1 && seen.uncrossed !== undefined)
    tell(
      `Each platform compiles for itself, for ${seen.uncrossed}: others than the builder's are emulated, which is slow.`,
      'Builders of those platforms are faster: docker buildx create --append',
    );
  if (project.isFile('.env')) {
    tell(COMMON.env, COMMON.envFix);
  }
  return notes;
}

/** Whether the build files name a file where it is compiled alone: what is made by a command is named there too. */
function isNamedOnce({ project }: PlanTo<CSettings>, facts: BuildFacts, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const stem = name.replace(/\.\w+$/, '');
  const count = (word: string) =>
    facts.files.reduce((sum, file) => sum + (project.read(file) ?? '').split(word).length - 1, 0);
  return count(name) === 1 && project.find([`**/${stem}.{y,l,proto,ui,rc,re,rl,gperf,in}`]).length === 0;
}

const WAYS: { readonly [By in Need['by']]: string } = {
  cmake: 'a package of CMake',
  'pkg-config': 'a module of pkg-config',
  link: 'a library to link to',
  header: 'a header',
  tool: 'a tool',
  recipe: 'a dependency',
};

export function choicesOf(
  to: PlanTo<CSettings>,
  seen: Seen & { readonly init: boolean; readonly zones: boolean; readonly tls: boolean },
): Plan['choices'] {
  return settledChoices(to, FLAGS, SETTINGS, [
    linkedBy(to.target, seen.static),
    seen.uncrossed === undefined
      ? {
          what: 'compiled for each platform on the builder’s own',
          why: 'Debian has cross compilers and libraries of both, and nothing that is compiled runs while it is built',
        }
      : { what: 'compiled on each platform for itself', why: seen.uncrossed },
    {
      what: 'optimized, hardened, stripped',
      why: 'the flags that Debian compiles its own packages with, which no right program notices; -march=native never is among them',
    },
    ...(seen.strict
      ? [
          {
            what: 'warnings are silent (-w)',
            why: 'the build makes errors of them (-Werror), and another compiler than yours warns of more',
          },
        ]
      : []),
    ...(seen.tls
      ? [
          {
            what: 'certificates of authorities are in the image',
            why: 'a library opens encrypted connections',
          },
        ]
      : []),
    ...(seen.zones
      ? [{ what: 'time zones are in the image', why: 'the program asks for others than UTC' }]
      : []),
  ]);
}

function linkedBy(target: string, linked: boolean): Plan['choices'][number] {
  if (target !== 'scratch')
    return {
      what: 'linked with the shared libraries of the distribution',
      why: 'they get their fixes with a rebuild of the image',
    };
  return linked
    ? { what: 'linked statically, with musl of Alpine', why: 'nothing else is in the image' }
    : {
        what: 'linked with shared libraries of Debian, which go along with the loader',
        why: 'not every library can be linked statically',
      };
}

/** Whether the program asks for time zones: without them every one is UTC. */
export function findZones(sources: readonly SourceFile[]): boolean {
  return search(sources, /\btzset\s*\(|setenv\s*\(\s*"TZ"|zoned_time|locate_zone|current_zone/g).length > 0;
}
