import { BROUGHT_BACK, REMOVED } from '../../../catalog/python/ceilings.ts';
import { MANAGERS, type ManagerName } from '../../../catalog/python/managers.ts';
import { SERVERS } from '../../../catalog/python/servers.ts';
import { UserError } from '../../../errors.ts';
import type { Context, Found, Settings } from '../../../facts/language.ts';
import { serving } from '../../../kit/port.ts';
import { HEALTH, INCLUDE, INIT, PORT, value } from '../../../kit/settings.ts';
import { preferred, releaseOf } from '../../../plan/version.ts';
import { verbatim } from '../../../project/data.ts';
import type { Read, Seen } from '../evidence/evidence.ts';
import type { Lock } from '../evidence/lock.ts';
import { findManager, type Manager } from '../evidence/managers.ts';
import { serverFor, serverOf } from '../evidence/server-file.ts';
import { findMain, type Main, parseMain, type StartOf } from '../evidence/start.ts';
import { findUsage } from '../evidence/usage.ts';
import { assertInstallable } from './installable.ts';
import { findPort, type Port } from './port.ts';
import { findPythonVersion } from './python-version.ts';

/** Every decision about a Python project, in the order in which they build on each other. */
export interface PythonSettings {
  readonly packageManager: Manager;
  readonly extra: readonly string[];
  readonly main: Main;
  readonly runtimeVersion: string;
  readonly include: readonly string[];
  readonly port: Port;
  readonly health: string;
  readonly init: boolean;
}

export type Known = Context<PythonSettings, Seen>;

function lockOf({ seen, settings }: Pick<Known, 'seen' | 'settings'>): Lock {
  const { packageManager = { name: 'pip', version: undefined }, extra = [] } = settings;
  return seen.lock(packageManager, extra);
}

function startOf(known: Pick<Known, 'seen' | 'settings' | 'project'>): StartOf {
  const { seen, project } = known;
  const { packageManager = { name: 'pip', version: undefined }, extra = [] } = known.settings;
  const packages = seen.packages(packageManager, extra);
  return { project, modules: seen.modules, manifest: seen.manifest, packages };
}

/** Groups of packages that a manager installs where they are asked for. */
function groupsFor({ manifest }: Seen, manager: ManagerName): Seen['manifest']['groups'] {
  return MANAGERS[manager].group === undefined ? {} : manifest.groups;
}

function mainOf({ settings }: Known): Main {
  if (settings.main === undefined) throw new Error('what is started is settled first');
  return settings.main;
}

/** Groups of packages that production does without. */
const DEVELOPMENT = /^(?:dev\w*|test\w*|docs?|documentation|all|lint\w*|typ\w*|bench\w*)(?:-|$)/;

const programOf = (known: Known): Read => known.seen.program(mainOf(known));

export const SETTINGS: Settings<PythonSettings, Seen> = {
  packageManager: {
    detect({ project, seen }) {
      const found = findManager(project, seen.manifest);
      if ('value' in found) assertInstallable(seen, found.value.name);
      return found;
    },
    choices: () => (Object.keys(MANAGERS) as ManagerName[]).map((name) => ({ name, version: undefined })),
    assume: () => undefined,
    parse(text, { project, seen }) {
      const [, name = '', version] = /^(uv|poetry|pdm|pipenv|pip)(?:@([\w.]+))?$/.exec(text) ?? [];
      if (name === '') throw value('--package-manager', text, 'uv, poetry, pdm, pipenv or pip, and @version');
      const { lock } = MANAGERS[name as ManagerName];
      if (name !== 'pip' && !project.isFile(lock) && !project.context.isFile(lock))
        throw value('--package-manager', text, `a package manager whose lock is there (${lock} is not)`);
      assertInstallable(seen, name);
      return { name: name as ManagerName, version };
    },
    print: ({ name, version }) => (version === undefined ? name : `${name}@${version}`),
  },
  extra: {
    detect(known) {
      const { manifest } = known.seen;
      const { packages } = startOf({ ...known, settings: { ...known.settings, extra: [] } });
      const { name: manager = 'pip' } = known.settings.packageManager ?? {};
      const lists = [...Object.entries(manifest.extras), ...Object.entries(groupsFor(known.seen, manager))];
      const named = lists.find(([name]) => /^prod(?:uction)?$/.test(name));
      if (named !== undefined)
        return { value: [named[0]], from: `pyproject.toml → ${named[0]}, which is named for production` };
      // a server that only an extra brings is what production needs
      if (serverFor(packages, 'asgi') !== undefined || serverFor(packages, 'wsgi') !== undefined)
        return undefined;
      const serving = lists.filter(([, list]) =>
        list.some(({ name }) => SERVERS.some((row) => row.package === name)),
      );
      const [only] = serving.filter(([name]) => !DEVELOPMENT.test(name));
      return only === undefined
        ? undefined
        : { value: [only[0]], from: `pyproject.toml → ${only[0]}, which has the server` };
    },
    assume: () => ({ value: [], from: 'the dependencies alone' }),
    parse(text, { seen, settings }) {
      const names = text === 'none' ? [] : text.split(',').map((name) => name.trim());
      const { name: manager = 'pip' } = settings.packageManager ?? {};
      const all = [...Object.keys(seen.manifest.extras), ...Object.keys(groupsFor(seen, manager))];
      const absent = names.find((name) => !all.includes(name));
      if (absent !== undefined)
        throw value(
          '--extra',
          absent,
          `extras and groups of the project (${all.join(', ') || 'it has none'})`,
        );
      return names;
    },
    print: (names) => names.join(',') || 'none',
  },
  main: {
    detect(known) {
      const found = findMain(startOf(known));
      if (found === undefined || !('value' in found)) return found;
      assertServed(known, found.value);
      const because = usageOf(known, found.value);
      return because === undefined ? found : { because };
    },
    assume: () => undefined,
    parse(text, known) {
      const main = parseMain(startOf(known), text);
      if (typeof main === 'string') throw value('--main', text, main);
      assertServed(known, main);
      return main;
    },
    print: ({ text }) => text,
  },
  runtimeVersion: {
    detect(known) {
      const { project, catalog, today, seen } = known;
      const { packages, complete } = lockOf(known);
      const listed = complete && packages.every(({ wheels }) => wheels !== undefined);
      return findPythonVersion({
        project,
        conda: seen.conda,
        catalog,
        today,
        demands: seen.manifest.python,
        packages,
        listed,
        imports: removedIn(known),
      });
    },
    choices: ({ catalog, today }) => preferred(catalog.python, today).map(({ version }) => version),
    assume: () => ({ value: '3.13', from: 'default, the newest that every target has' }),
    parse(text, { catalog }) {
      const version = text.replace(/^(python-?|v)/, '');
      const release = /^\d+\.\d+(\.\d+)?$/.test(version) ? releaseOf(catalog.python, version) : undefined;
      if (release === undefined)
        throw value(
          '--runtime-version',
          text,
          `one of ${catalog.python.map((one) => one.version).join(', ')}`,
        );
      return release.version;
    },
    print: (version) => version,
  },
  include: {
    detect: () => undefined,
    assume: () => ({ value: [], from: 'the whole folder is there' }),
    ...INCLUDE,
  },
  port: {
    detect: (known) => findPort(known, mainOf(known), programOf(known), startOf(known).packages),
    assume: () => undefined,
    ...PORT,
  },
  health: {
    detect(known): Found<string> | undefined {
      const { port, main } = known.settings;
      if (port === 'none') return { value: 'none', from: 'it is no server' };
      const health = main?.framework?.health;
      if (health !== undefined) return { value: health, from: `${main?.framework?.name} answers there` };
      const { listens } = programOf(known);
      if (
        main?.serves === undefined &&
        listens.length > 0 &&
        serving(listens).every(({ speaks }) => speaks !== 'http')
      )
        return { value: 'tcp', from: 'it does not speak HTTP' };
      return programOf(known).health;
    },
    assume: () => ({ value: '/', from: 'default: any answer below 500 is alive' }),
    ...HEALTH,
  },
  init: {
    detect(known): Found<boolean> {
      const main = mainOf(known);
      const server = serverOf(main, startOf(known).packages);
      if (server !== undefined)
        return {
          value: !server.ends,
          from: server.ends
            ? `${server.package} ends on SIGTERM`
            : `${server.package} leaves SIGTERM to its default, and process 1 has none`,
        };
      const { own, name } = main.framework ?? {};
      if (own !== undefined && main.kind !== 'script') {
        return {
          value: !own.ends && programOf(known).ends === undefined,
          from: own.ends
            ? `${name} ends on SIGTERM`
            : `${name} leaves SIGTERM to its default, and process 1 has none`,
        };
      }
      const { ends, handler } = programOf(known);
      if (ends !== undefined) return { value: false, from: `${ends} ends on SIGTERM` };
      if (handler !== undefined) return { value: false, from: `${handler} answers SIGTERM` };
      return { value: true, from: 'nothing of it answers SIGTERM, and process 1 has no default for it' };
    },
    assume: () => undefined,
    ...INIT,
  },
};

/** Modules that a release of Python took away, where the project imports one at the top of a file. */
function removedIn(known: Known): ReadonlyMap<string, string> {
  const { modules } = known.seen;
  const { packages } = startOf(known);
  const names = REMOVED.flatMap((row) => row.modules).filter(
    (name) => !packages.has(`standard-${name}`) && !BROUGHT_BACK[name]?.some((one) => packages.has(one)),
  );
  const pattern = new RegExp(`^(?:import|from)\\s+(?:${names.map(verbatim).join('|')})\\b`, 'm');
  const found = modules.paths
    .filter((path) => pattern.test(modules.text(path)))
    .flatMap((path) => modules.imports(path))
    .flatMap(({ module, guarded, at }) =>
      guarded || modules.find(module, ['.', 'src']) ? [] : [[module.split('.')[0] ?? '', at] as const],
    );
  return new Map(found);
}

/** An application that nothing among the packages serves cannot start. */
/** What runs to its end is given its words when it is run. */
function usageOf({ seen }: Known, main: Main): string | undefined {
  if (!/^(?:file|module|script|command)$/.test(main.kind)) return undefined;
  const { listens, program } = seen.program(main);
  return listens.length === 0 ? undefined : findUsage(program, main);
}

function assertServed(known: Known, main: Main): void {
  if (main.kind !== 'application' || main.serves === undefined) return;
  const { packages } = startOf(known);
  if (
    serverFor(packages, main.serves) !== undefined ||
    main.framework?.own !== undefined ||
    main.django !== undefined
  )
    return;
  const line = main.serves === 'asgi' ? 'uvicorn' : 'gunicorn';
  throw new UserError({
    kind: 'refused',
    message: `${main.text} is an application that a server runs, and no server is among the packages.`,
    fix: `Add ${line} to the dependencies, lock them, and run this again.`,
  });
}
