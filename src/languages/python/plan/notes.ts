import { BROUGHT } from '../../../catalog/python/brings.ts';
import { DATA } from '../../../catalog/python/data.ts';
import type { ServerRow } from '../../../catalog/python/servers.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { isLocal } from '../../../kit/address.ts';
import { COMMON } from '../../../kit/notes.ts';
import type { Bind } from '../../../kit/port.ts';
import { calls, textOf } from '../../../kit/syntax.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { TARGETS } from '../../../plan/targets.ts';
import { releaseOf, supported } from '../../../plan/version.ts';
import { list } from '../../../printable.ts';
import { recordOf } from '../../../project/data.ts';
import type { Seen } from '../evidence/evidence.ts';
import { normalized } from '../evidence/requirements.ts';
import { serverFile } from '../evidence/server-file.ts';
import type { PythonSettings } from '../settings/settings.ts';
import { heldNotes } from './held.ts';
import type { Install } from './install.ts';
import type { Native } from './native.ts';

type To = PlanTo<PythonSettings, Seen>;

export function notesOf(
  to: To,
  of: {
    readonly native: Native;
    readonly install: Install;
    readonly lacks: string | undefined;
    readonly server: ServerRow | undefined;
    readonly bind: Bind;
    readonly static: { readonly at: string } | undefined;
    readonly names: ReadonlySet<string>;
  },
): readonly Note[] {
  const { settings, catalog, today, target, seen } = to;
  const notes: Note[] = [];
  const warn = (text: string, fix: string) => notes.push({ level: 'warning', text, fix });
  const tell = (text: string, fix: string) => notes.push({ level: 'info', text, fix });
  const main = settings.main.value;
  const version = settings.runtimeVersion.value;
  const release = releaseOf(catalog.python, version);
  if (release !== undefined && !supported(release, today))
    warn(
      COMMON.pastEnd(settings.runtimeVersion.from, `Python ${version}`, release.endOfLife),
      'Raise it there, or type --runtime-version 3.13.',
    );
  if (of.lacks !== undefined)
    warn(
      `No server for production is among the packages, so ${main.framework?.name ?? 'Django'}'s own for development is started.`,
      `Add ${of.lacks} to the dependencies, and run this again.`,
    );
  const bound = of.server?.config?.stands ? serverFile(seen, of.server, main) : undefined;
  if (isLocal(bound?.host.text ?? ''))
    warn(COMMON.local(bound?.at ?? ''), "Let it listen on '0.0.0.0' there.");
  if (main.serves === undefined) {
    if (of.bind.local !== undefined && main.framework?.env?.HOST === undefined)
      warn(
        COMMON.local(of.bind.local),
        "Let it listen on '0.0.0.0' there, or take the host from a variable.",
      );
    if (of.bind.fixed !== undefined)
      warn(
        COMMON.fixed(of.bind.fixed.at, String(of.bind.fixed.port), settings.port.from),
        'Let it read os.environ["PORT"] there.',
      );
  }
  if (of.native.compiled.length > 0)
    tell(
      `${list(of.native.compiled)} ${of.native.compiled.length > 1 ? 'have' : 'has'} no wheel for Python ${version} on ${[TARGETS[target].libc, ...of.native.compiledFor].join(' and ')}, and ${of.native.compiled.length > 1 ? 'are' : 'is'} compiled in the stage build.`,
      target === 'alpine'
        ? '--target slim has wheels for most packages.'
        : 'A newer version of it may have one.',
    );
  if (seen.conda !== undefined)
    tell(
      `pip installs what ${seen.conda.file} lists, from the package index and not from conda's channels.`,
      'Run this again when that list changes: its packages stand in the Dockerfile.',
    );
  const lock = seen.lock(settings.packageManager.value, settings.extra.value);
  if (lock.file === undefined && !lock.complete && lock.packages.length > 0)
    tell('No lock says the versions of all packages, so a later build may install others.', lockBy(seen));
  notes.push(...heldNotes(of.install.held));
  if (of.install.whole)
    tell(
      'What the project depends on is only known to its build backend, so every change of a source installs anew.',
      'Name the dependencies in pyproject.toml, or lock them.',
    );
  if (of.install.versioned)
    tell(
      "The project takes its version from git's tags, which are not in the build.",
      'Say it when you build: docker build --build-arg VERSION=1.2.3',
    );
  const cuda = lock.packages.filter(({ name }) => /^nvidia-|^triton$/.test(name));
  if (cuda.length > 0 && of.names.has('torch'))
    warn(
      `The lock has torch with CUDA: ${cuda.length} packages of NVIDIA, some 3 GB in the image.`,
      'For a machine without a GPU take the wheels of https://download.pytorch.org/whl/cpu: an index of uv ([[tool.uv.index]]) or --extra-index-url in requirements.txt.',
    );
  if (main.django !== undefined && of.static === undefined)
    tell(
      `${main.django.settings} sets no STATIC_ROOT, so no static files are collected.`,
      'Set STATIC_ROOT and add WhiteNoise if this image serves them.',
    );
  notes.push(...frontNotes(to), ...undeclaredNotes(to), ...dataNotes(to));
  return notes;
}

/** Pages that Node.js makes beside a server of Python: no manifest of Python says that they are needed. */
function frontNotes({ project, settings }: To): readonly Note[] {
  if (settings.main.value.serves === undefined) return [];
  const folders = ['', 'frontend/', 'front-end/', 'client/', 'ui/', 'web/'];
  return folders.flatMap((folder): readonly Note[] => {
    const path = `${folder}package.json`;
    const scripts = recordOf(recordOf(project.parse(path)).scripts);
    const script = ['build', 'build:prod', 'prod', 'production', 'bundle'].find((name) => name in scripts);
    return script === undefined
      ? []
      : [
          {
            level: 'info',
            text: `${path} has a script ${script}, and nothing runs it here: what it makes is in the image where it lies among the sources.`,
            fix: 'Run it before the build, or in a stage of its own whose files are copied.',
          },
        ];
  });
}

/** How the versions are written down, by what lists the packages. */
function lockBy({ listing }: Seen): string {
  switch (listing.kind) {
    case 'pyproject':
      return 'Make one: uv lock';
    case 'script':
      return `Say each version in the metadata of ${listing.file}.`;
    case 'conda':
      return `Say each version in ${listing.file}.`;
    case 'setup':
      return 'Make one: pip-compile';
    default:
      return 'Make one: uv init --bare && uv add -r requirements.txt, or pip-compile.';
  }
}

/** Modules that the program imports, and that it leaves to another package to bring. */
function undeclaredNotes({ seen, settings }: To): readonly Note[] {
  const { packages, complete, file } = seen.lock(settings.packageManager.value, settings.extra.value);
  const names = new Set(packages.map(({ name }) => name));
  // a folder, an address or a backend that computes its list may name anything
  const open = seen.requirements.all.some(
    ({ name, url, path }) => name === '' || (url ?? path) !== undefined,
  );
  if (names.size === 0 || open || seen.manifest.dynamic.includes('dependencies')) return [];
  const { imports, program } = seen.program(settings.main.value);
  const lacking = Object.entries(BROUGHT).filter(
    ([module, all]) =>
      imports.has(module) &&
      !all.some((name) => names.has(name)) &&
      seen.modules.find(module, ['.', 'src']) === undefined,
  );
  return lacking.slice(0, 3).map(([module, [name = module]]) => {
    const at = program.sources
      .flatMap(({ path }) => seen.modules.imports(path))
      .find((one) => one.module.split('.')[0] === module && !one.guarded)?.at;
    return complete
      ? {
          level: 'warning',
          text: `${at} imports ${module}, and ${file ?? 'the list'} has no ${name}: the program ends there.`,
          fix: `Add ${name} to the dependencies, and lock them.`,
        }
      : {
          level: 'info',
          text: `${at} imports ${module}, which the list leaves to another package to bring.`,
          fix: `Add ${name} to it: a later build may lack it.`,
        };
  });
}

/** What code loads at the start and no list of packages brings. */
function dataNotes({ seen, settings }: To): readonly Note[] {
  const { program } = seen.program(settings.main.value);
  const locked = new Set(
    seen.lock(settings.packageManager.value, settings.extra.value).packages.map(({ name }) => name),
  );
  const notes = new Map<string, Note>();
  for (const source of program.sources) {
    const imported = seen.modules.imports(source.path).map(({ module }) => module.split('.')[0]);
    for (const row of DATA.filter(({ module }) => imported.includes(module))) {
      for (const call of calls(source, row.call)) {
        const name = textOf(source, call.args[0]) ?? 'NAME';
        if (row.packaged && locked.has(normalized(name))) continue;
        const key = `${row.module} ${name}`;
        if (!notes.has(key))
          notes.set(key, {
            level: 'warning',
            text: `${call.at} loads ${name === 'NAME' ? '' : `${name}, `}${row.what}.`,
            fix: row.fix.replaceAll('{name}', name),
          });
      }
    }
  }
  return [...notes.values()].slice(0, 5);
}

export function choicesOf(
  to: To,
  of: { readonly native: Native; readonly install: Install; readonly server: string | undefined },
): Plan['choices'] {
  const { settings, target } = to;
  const version = settings.runtimeVersion.value;
  const { images } = releaseOf(to.catalog.python, version) ?? {};
  const carried = target === 'distroless' && !JSON.stringify(images?.distroless ?? '').includes('/python3-');
  return [
    {
      what: `target ${target}`,
      why: 'given, answered, or the one with the fewest surprises',
      instead: '--target alpine|slim|distroless|scratch',
    },
    {
      what: `starts ${settings.main.value.text}`,
      why: settings.main.from,
      instead: '--main module:object|file.py|"command …"',
    },
    ...(of.server === undefined
      ? []
      : [
          {
            what: `served by ${of.server}`,
            why: 'it is among the packages, and one process a container is what orchestrators count',
          },
        ]),
    ...(carried
      ? [
          {
            what: `Python ${version} of the official image goes along`,
            why: "distroless has Debian's Python 3.13 alone",
            instead: '--runtime-version 3.13',
          },
        ]
      : []),
    {
      what: 'an environment in /opt/venv, without pip',
      why: 'it is made at the path where it runs, by an interpreter at the path that the runtime has',
    },
    {
      what: 'bytecode is compiled in the build',
      why: 'on a root that is read-only it would be compiled again at every start',
    },
    settings.init.value
      ? { what: 'tini is process 1', why: settings.init.from, instead: '--init no' }
      : { what: 'the program is process 1', why: settings.init.from, instead: '--init yes' },
    {
      what: `health: ${settings.health.value}`,
      why: settings.health.from,
      instead: '--health /path|tcp|none',
    },
  ];
}
