import { posix } from 'node:path';
import { parse as parseWords } from 'shell-quote';
import { FRAMEWORKS, type FrameworkRow } from '../../../catalog/python/frameworks.ts';
import { SERVERS, type ServerRow } from '../../../catalog/python/servers.ts';
import { UserError } from '../../../errors.ts';
import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { withoutAside } from '../../../kit/aside.ts';
import type { Project } from '../../../project/project.ts';
import { type Application, defines, findApplications } from './applications.ts';
import { type Django, findDjango } from './django.ts';
import { findListens } from './listening.ts';
import type { Manifest } from './manifest.ts';
import { type Modules, moduleOf, rootOf } from './modules.ts';
import { programOf } from './program.ts';
import { applicationIn, serverFileOf, serverFor } from './server-file.ts';

/** What is started. */
export interface Main {
  /** `application`: `module:object`, handed to a server. `file`: `python file`. `module`: `python -m`. */
  readonly kind: 'application' | 'file' | 'module' | 'script' | 'command';
  /** As it is typed: `app.main:app`, `main.py`, `python -m shop`, `celery -A shop worker`. */
  readonly text: string;
  /** The file where the program begins; undefined: it is not in the project. */
  readonly file: string | undefined;
  /** The folder that it is imported from. */
  readonly root: string;
  readonly framework: FrameworkRow | undefined;
  readonly serves: 'asgi' | 'wsgi' | undefined;
  readonly factory: boolean;
  readonly django: Django | undefined;
  /** The words of a command. */
  readonly argv: readonly string[];
}

export interface StartOf {
  readonly project: Project;
  readonly modules: Modules;
  readonly manifest: Manifest;
  /** Names of the packages that are installed. */
  readonly packages: ReadonlySet<string>;
}

const PLAIN = {
  framework: undefined,
  serves: undefined,
  factory: false,
  django: undefined,
  argv: [],
} as const;

/** Frameworks that a project depends on, by its packages or by what it imports. */
function frameworksOf({ packages }: Pick<StartOf, 'packages'>): readonly FrameworkRow[] {
  return FRAMEWORKS.filter((row) => packages.has(row.package));
}

export function findMain(of: StartOf): Found<Main> | Tie<Main> | Unusable | undefined {
  const { project } = of;
  const declared = procfile(of);
  if (declared !== undefined) return declared;
  const ways: readonly ((of: StartOf) => readonly Found<Main>[])[] = [
    djangoMains,
    applicationMains,
    pageMains,
    scriptMains,
    filesOrWorkers,
  ];
  for (const way of ways) {
    const found = way(of);
    const [only] = found;
    if (only !== undefined) return found.length === 1 ? only : { tie: found.slice(0, 8) };
  }
  const notebooks = project.find('**/*.ipynb');
  if (notebooks.length > 0 && of.modules.paths.length === 0)
    return {
      because: `There are notebooks alone (${notebooks.slice(0, 2).join(', ')}), and nothing that starts without a person.`,
    };
  return {
    because:
      'Nothing of it starts: no application of a known framework, no script in its manifest, no __main__, no file that runs.',
  };
}

const words = (text: string): readonly string[] =>
  parseWords(text, (name) => `$${name}`).flatMap((word) =>
    typeof word === 'string' ? word : 'op' in word ? ` ${'pattern' in word ? word.pattern : word.op}` : [],
  );

/** The process `web` of a Procfile, or its only one; what a shell does before the last command is its operator's. */
function procfile(of: StartOf): Found<Main> | Unusable | undefined {
  const { project } = of;
  const lines = (project.read('Procfile') ?? '').split('\n');
  const rows = lines.flatMap((line, index) => {
    const [, name = '', command = ''] = /^(\w[\w-]*):\s*(.+)$/.exec(line) ?? [];
    return name === '' || name === 'release' ? [] : [{ name, command, at: `Procfile:${index + 1}` }];
  });
  const row = rows.find(({ name }) => name === 'web') ?? (rows.length === 1 ? rows[0] : undefined);
  if (row === undefined) return undefined;
  const all = words(row.command);
  const last = all.slice(
    Math.max(-1, ...all.flatMap((word, index) => (/^ (&&|;|\|\|)$/.test(word) ? [index] : []))) + 1,
  );
  if (
    last.length === 0 ||
    last.some((word) => word.startsWith(' ')) ||
    last.some((word) => /^(sh|bash|heroku)$/.test(word))
  )
    return { because: `${row.at} needs a shell: ${row.command}.` };
  const main = commandMain(of, last);
  return main === undefined
    ? { because: `${row.at} starts ${row.command}, which nothing of the project answers for.` }
    : { value: main, from: row.at };
}

/** Words of servers that are the application, or that say so with an option. */
const APP_WORD = /^[A-Za-z_][\w.]*:[A-Za-z_][\w.]*(\(.*\))?$|^[A-Za-z_]\w*(\.\w+)*\.(wsgi|asgi)$/;

/** A command line as it is typed: `gunicorn shop.wsgi --workers 3`, `python main.py`, `streamlit run app.py`. */
function commandMain(of: StartOf, given: readonly string[]): Main | undefined {
  const { project, modules, packages } = of;
  const assigned = given.findIndex((word) => !/^[A-Z_]\w*=/.test(word));
  const argv = given.slice(Math.max(0, assigned));
  const [program = '', ...args] = argv;
  const [first = ''] = args;
  const base = { ...PLAIN, kind: 'command', text: argv.join(' '), root: '.', argv } as const;
  if (/^python3?$/.test(program)) {
    if (first === '-m') {
      const file = modules.find(args[1] ?? '', ['.', 'src']);
      return { ...base, file: file?.endsWith('.py') ? file : file && `${file}/__main__.py` };
    }
    return project.isFile(first)
      ? { ...base, file: first, root: posix.dirname(first), framework: pageFramework(of, first) }
      : undefined;
  }
  const server = SERVERS.find(({ command }) => command[0] === program);
  const settings = server?.config?.option && serverFileOf(project, server, argv, '.');
  const target =
    args.find((word) => APP_WORD.test(word)) ??
    (settings && applicationIn(project, settings)) ??
    // the module alone is enough: its object is called `application`, or `app`
    args.find((word) => server !== undefined && modules.find(word, rootsOf(of, argv)) !== undefined);
  if (server !== undefined && target !== undefined) {
    const [module = '', object = ''] = target.split(':');
    const roots = rootsOf(of, argv);
    const file = modules.find(module, roots);
    if (file === undefined && !packages.has(module.split('.')[0] ?? '')) return undefined;
    const root = roots.find((folder) => modules.find(module, [folder]) !== undefined) ?? '.';
    const [django] = findDjango(project, modules).filter((one) => one.wsgi === module || one.asgi === module);
    const framework = frameworksOf(of).find(
      (row) => file?.endsWith('.py') && row.makes.some((name) => modules.text(file).includes(name)),
    );
    return { ...base, file, root, django, framework, serves: server.serves[0], factory: /\(/.test(object) };
  }
  // a server starts nothing without an application, unless a file says it
  if (server !== undefined && server.config?.option === undefined && !isConfigured(project, server, argv))
    return undefined;
  const file = args.find((word) => project.isFile(word) && word.endsWith('.py'));
  const row = FRAMEWORKS.find(({ own }) => own?.command[0] === program);
  const at = args.indexOf('-A') + 1 || args.indexOf('--app') + 1;
  const module = at > 0 ? (args[at] ?? '').split(/[:.]/)[0] : undefined;
  const own = module === undefined ? undefined : modules.find(module, ['.', 'src']);
  return {
    ...base,
    framework: row,
    file: file ?? (own?.endsWith('.py') ? own : undefined),
    root: file === undefined ? '.' : posix.dirname(file),
  };
}

function isConfigured(project: Project, server: ServerRow, argv: readonly string[]): boolean {
  const named = argv.some((word) => /^(?:-c|--(?:config|paste|paster)(?:=.*)?)$/.test(word));
  return named || serverFileOf(project, server, argv, '.') !== undefined;
}

function rootsOf({ modules }: StartOf, argv: readonly string[]): readonly string[] {
  const at = argv.findIndex((word) => /^(--app-dir|--chdir|--pythonpath)$/.test(word));
  const joined = argv.flatMap((word) => /^(?:--app-dir|--chdir|--pythonpath)=(.+)$/.exec(word)?.[1] ?? []);
  const folders = modules.paths.map((path) => path.split('/')).filter((parts) => parts.length > 1);
  const tops = [...new Set(folders.map(([top = '.']) => top))];
  return [...joined, ...(at >= 0 ? [argv[at + 1] ?? '.'] : []), '.', 'src', ...tops].map((folder) =>
    posix.normalize(folder),
  );
}

/** Django's modules for servers: that of WSGI where gunicorn or the like is there, that of ASGI where only its servers are. */
function djangoMains(of: StartOf): readonly Found<Main>[] {
  const { project, modules, packages } = of;
  if (!packages.has('django')) return [];
  return findDjango(project, modules).flatMap((django) => {
    const asgi =
      django.asgi !== undefined &&
      (packages.has('channels') || serverFor(packages, 'wsgi') === undefined) &&
      serverFor(packages, 'asgi') !== undefined;
    const module = asgi ? django.asgi : (django.wsgi ?? django.asgi);
    if (module === undefined) return [];
    const serves = module === django.wsgi ? 'wsgi' : 'asgi';
    const base = { ...PLAIN, root: django.root, django, serves } as const;
    return {
      value: {
        ...base,
        kind: 'application',
        text: `${module}:application`,
        file: modules.find(module, [django.root]),
      },
      from: django.manage,
    };
  });
}

function applicationMain({ project, modules }: StartOf, one: Application): Main {
  const root = rootOf(project, modules, one.path);
  const text = `${moduleOf(one.path, root)}:${one.object}`;
  const { framework, factory, path: file } = one;
  return { ...PLAIN, kind: 'application', text, file, root, framework, serves: framework.serves, factory };
}

/** An application that no server of the packages runs is started as its own file does, where that does. */
function startedBy(of: StartOf, one: Application): Main {
  const main = applicationMain(of, one);
  const { framework, path } = one;
  const { serves } = framework;
  const served = serves !== undefined && serverFor(of.packages, serves) !== undefined;
  if (served || framework.own === undefined || framework.own.production || one.factory) return main;
  // what the project itself is started by says how its own server listens
  const starter = [...fileMains(of), ...scriptMains(of)].find(({ value }) => starts(of, value, path));
  if (starter !== undefined) return { ...starter.value, framework };
  if (!/(?:^|\.|\s)(?:run|run_server)\s*\(/m.test(of.modules.source(path).code)) return main;
  return { ...PLAIN, kind: 'file', text: path, file: path, root: posix.dirname(path), framework };
}

/** Whether a program has an application's file in it, and listens. */
function starts({ project, modules }: StartOf, { file, kind, root }: Main, path: string): boolean {
  if (file === undefined || (kind !== 'script' && file === path)) return false;
  if (file === path) return true;
  const program = programOf(project, modules, [file], [...new Set([root, '.', 'src'])]);
  return program.sources.some((source) => source.path === path) && findListens(program, modules).length > 0;
}

function applicationMains(of: StartOf): readonly Found<Main>[] {
  const rows = frameworksOf(of).filter(({ worker }) => worker !== true);
  // a framework that is made of another one is what the project writes
  const inner = new Set(
    rows.some(({ name }) => name !== 'Starlette' && name !== 'Flask') ? ['starlette'] : [],
  );
  const dash = rows.some(({ name }) => name === 'Dash') ? ['flask'] : [];
  const found = findApplications(of.modules, rows);
  const own = found.filter(({ framework }) => ![...inner, ...dash].includes(framework.package));
  const all = own.length > 0 ? own : found;
  const callable = all.filter(({ demands }) => demands.length === 0);
  const [demanding] = all;
  if (callable.length === 0 && demanding !== undefined)
    throw new UserError({
      kind: 'refused',
      message: `${demanding.at} makes the application in ${demanding.object}(${demanding.demands.join(', ')}), and no server can call a factory with arguments.`,
      fix: `Give ${demanding.demands[0]} a default, or make the application in a file of its own, and type --main module:app.`,
    });
  return callable.map((one) => ({ value: startedBy(of, one), from: one.at }));
}

/** The framework that a file serves pages of by itself: Streamlit, Gradio. */
function pageFramework(of: StartOf, path: string): FrameworkRow | undefined {
  const rows = frameworksOf(of).filter((row) => row.own !== undefined && row.worker !== true);
  const imported = of.modules.imports(path).map(({ module }) => module.split('.')[0]);
  return rows.find((row) => imported.includes(row.module));
}

/** Files that Streamlit or Gradio start: those that no other file imports, and that are no page of another. */
function pageMains(of: StartOf): readonly Found<Main>[] {
  const { modules } = of;
  const rows = frameworksOf(of).filter(
    (row) => row.serves === undefined && row.makes.length === 0 && row.worker !== true,
  );
  for (const row of rows) {
    const files = modules.paths.filter(
      (path) =>
        modules.text(path).includes(row.module) &&
        modules.imports(path).some(({ module }) => module.split('.')[0] === row.module),
    );
    const launched = files.filter(
      (path) => row.name !== 'Gradio' || /\.launch\s*\(/.test(modules.source(path).code),
    );
    const tops = launched.filter(
      (path) => !/(^|\/)pages\//.test(path) && !isImported(modules, path, launched),
    );
    const entries = tops.filter((path) =>
      /(^|\/)(streamlit_app|app|main|Home|home|demo|index|server|dashboard|webui|web)\.py$/.test(path),
    );
    const found = (entries.length > 0 ? entries : tops).map((path) => ({
      value: {
        ...PLAIN,
        kind: 'file',
        text: path,
        file: path,
        root: posix.dirname(path),
        framework: row,
      } as Main,
      from: path,
    }));
    if (found.length > 0) return found;
  }
  return [];
}

function isImported(modules: Modules, path: string, by: readonly string[]): boolean {
  return by.some(
    (other) => other !== path && modules.reached([other], ['.', posix.dirname(other), 'src']).includes(path),
  );
}

/** Console scripts of the project: proved when their function is there. */
function scriptMains(of: StartOf): readonly Found<Main>[] {
  const { manifest, modules } = of;
  return Object.entries(manifest.scripts).flatMap(([name, target]) => {
    const [module = '', object = ''] = target.split(':');
    const file = modules.find(module, ['src', '.', 'lib']);
    if (file === undefined || !file.endsWith('.py') || !defines(modules, file, object)) return [];
    const root = file.startsWith('src/') ? 'src' : file.startsWith('lib/') ? 'lib' : '.';
    const base = { ...PLAIN, kind: 'script', file, root } as const;
    const serving = servingCommands(of, file, name);
    if (serving.length > 0)
      return serving.map(({ value: argv, from }) => ({
        value: { ...base, text: argv.join(' '), argv },
        from,
      }));
    return { value: { ...base, text: name, argv: [name] }, from: `${manifest.file} → scripts.${name}` };
  });
}

/** The commands of a script that listen, where the script alone does not. */
function servingCommands(
  { project, modules }: StartOf,
  file: string,
  name: string,
): readonly Found<readonly string[]>[] {
  const program = programOf(project, modules, [file], ['.', 'src', 'lib'], [name]);
  const { all, runs } = program.subcommands();
  if (all.length === 0) return [];
  const listens = findListens(program, modules);
  if (listens.some(({ at }) => runs(at, [name]))) return [];
  return all.flatMap((one) => {
    const words = [name, ...one.words];
    const heard = listens.find(({ at }) => runs(at, words));
    return heard === undefined ? [] : [{ value: words, from: heard.at }];
  });
}

/** Files by names that people start: a package with __main__, else a file at the top that does something. */
const NAMES = [
  'main',
  'app',
  'server',
  'bot',
  'run',
  'start',
  'worker',
  'index',
  'wsgi',
  'cli',
  'service',
  'consumer',
  'scheduler',
];

function fileMains(of: StartOf): readonly Found<Main>[] {
  const { project, modules } = of;
  const packaged = modules.paths.filter((path) => /^(?:src\/)?[^/]+\/__main__\.py$/.test(path));
  const at = (folder: string) =>
    NAMES.map((name) => posix.join(folder, `${name}.py`)).filter(
      (path) => project.isFile(path) && isProgram(modules, path),
    );
  const file = (path: string): Found<Main> => ({
    value: {
      ...PLAIN,
      kind: 'file',
      text: path,
      file: path,
      root: posix.dirname(path),
      framework: pageFramework(of, path),
    },
    from: path,
  });
  const top = [...at('.'), ...at('src'), ...at('app'), ...at('bot')];
  if (top.length > 0) return top.slice(0, 1).map(file);
  const module = (path: string, name: string): Found<Main> => {
    const argv = ['python', '-m', name];
    const root = rootFor(path);
    return { value: { ...PLAIN, kind: 'module', text: argv.join(' '), file: path, root, argv }, from: path };
  };
  if (packaged.length > 0)
    return packaged.map((path) => module(path, moduleOf(posix.dirname(path), rootFor(path))));
  const others = modules.paths.filter((path) => !path.includes('/') && isProgram(modules, path));
  if (others.length > 0) return withoutAside(others, (path) => posix.basename(path, '.py')).map(file);
  // a file of a package that runs when it is started, by the name that its package has
  return modules.paths
    .filter((path) => isInner(path) && isPackage(project, path) && isGuarded(modules, path))
    .map((path) => module(path, moduleOf(path, rootFor(path))));
}

const isInner = (path: string) =>
  /^(?:src\/)?\w+\/\w+\.py$/.test(path) && NAMES.includes(posix.basename(path, '.py'));
const rootFor = (path: string) => (path.startsWith('src/') ? 'src' : '.');
const isPackage = (project: Project, path: string) =>
  project.isFile(posix.join(posix.dirname(path), '__init__.py'));
const isGuarded = (modules: Modules, path: string) => /^if\s+__name__\s*==/m.test(modules.source(path).code);

/** A file that starts something beside a worker is another program; what only sets the worker up is none. */
function filesOrWorkers(of: StartOf): readonly Found<Main>[] {
  const workers = workerMains(of);
  const own = workers.flatMap(({ value }) => value.file ?? []);
  const files = fileMains(of).filter(({ value: { file } }) => file === undefined || !own.includes(file));
  const guarded = files.filter(({ value: { file } }) => file !== undefined && isGuarded(of.modules, file));
  return workers.length === 0 ? files : [...workers, ...guarded];
}

/** What protoc writes: https://protobuf.dev/reference/python/python-generated */
const GENERATED = /_pb2(?:_grpc)?\.py$/;

/** Whether a file does something when it is started, beside defining names; Django's manage.py only does what it is told. */
function isProgram(modules: Modules, path: string): boolean {
  if (GENERATED.test(path)) return false;
  const { code, text } = modules.source(path);
  if (code.includes('execute_from_command_line')) return false;
  if (isGuarded(modules, path) && text.includes('__main__')) return true;
  return (
    /^(?!(?:def|class|import|from|if|try|except|else|elif|with|for|while|async|return|raise|global|assert)\b)[A-Za-z_][\w.]*\s*\(/m.test(
      code,
    ) || /^(?:while|for|with)\b/m.test(code)
  );
}

/** Objects of Celery, and the modules of Dramatiq's actors: workers, where nothing else starts. */
function workerMains(of: StartOf): readonly Found<Main>[] {
  const { project, modules } = of;
  const rows = frameworksOf(of).filter(({ worker }) => worker === true);
  return rows.flatMap((row) => {
    const made = findApplications(modules, [row]).filter(({ factory }) => !factory);
    const files =
      row.makes.length > 0
        ? made.map(({ path }) => path)
        : modules.paths.filter((path) => modules.text(path).includes(`@${row.module}.actor`));
    return files.slice(0, 3).map((file) => {
      const root = rootOf(project, modules, file);
      const module = moduleOf(file, root);
      const argv = (row.own?.command ?? []).map((word) => (word === '{module}' ? module : word));
      return {
        value: { ...PLAIN, kind: 'command', text: argv.join(' '), file, root, framework: row, argv } as Main,
        from: file,
      };
    });
  });
}

/** What was typed: `module:object`, a file, a console script, or a whole command. */
export function parseMain(of: StartOf, text: string): Main | string {
  const { project, modules, manifest } = of;
  if (/\s/.test(text)) {
    const argv = words(text);
    const known = scriptMains(of).find(({ value }) => value.argv[0] === argv[0]);
    return known === undefined
      ? (commandMain(of, argv) ?? `a command that starts something of the project`)
      : { ...known.value, text, argv };
  }
  if (text.endsWith('.py'))
    return project.isFile(text)
      ? {
          ...PLAIN,
          kind: 'file',
          text,
          file: text,
          root: posix.dirname(text),
          framework: pageFramework(of, text),
        }
      : 'a file of the project';
  if (text.includes(':')) return applicationOf(of, text);
  const script = scriptMains(of).find(({ value }) => value.text === text);
  if (script !== undefined) return script.value;
  if (text in manifest.scripts) return `a script whose function exists (${manifest.scripts[text]} does not)`;
  const file = modules.find(text, ['.', 'src']);
  const inner = file?.endsWith('.py') ? file : `${file}/__main__.py`;
  return file === undefined || !project.isFile(inner)
    ? 'module:object, a file, a script of the project, or a command'
    : {
        ...PLAIN,
        kind: 'module',
        text: `python -m ${text}`,
        file: inner,
        root: '.',
        argv: ['python', '-m', text],
      };
}

/** An application by its name: proved, or what is wrong with it. */
function applicationOf(of: StartOf, text: string): Main | string {
  const { project, modules } = of;
  const [module = '', object = ''] = text.split(':');
  const roots = rootsOf(of, []);
  const file = modules.find(module, roots);
  if (file === undefined) return `a module that can be imported (${module} cannot)`;
  const path = file.endsWith('.py') ? file : `${file}/__init__.py`;
  if (!project.isFile(path) || !defines(modules, path, object))
    return `an object that exists (${path} has no ${object})`;
  const known = findApplications(modules, frameworksOf(of)).find(
    (one) => one.path === path && one.object.split('.')[0] === object.split('.')[0]?.replace(/\(.*/, ''),
  );
  const root = roots.find((folder) => modules.find(module, [folder]) !== undefined) ?? '.';
  const [django] = findDjango(project, modules).filter((one) => module === one.wsgi || module === one.asgi);
  const factory = known?.factory ?? false;
  if (known !== undefined && known.demands.length > 0)
    return `a factory without arguments (${object} takes ${known.demands.join(', ')})`;
  const serves =
    known?.framework.serves ??
    (module === django?.asgi
      ? 'asgi'
      : django !== undefined
        ? 'wsgi'
        : serverFor(of.packages, 'asgi')
          ? 'asgi'
          : 'wsgi');
  return {
    ...PLAIN,
    kind: 'application',
    text,
    file: path,
    root,
    framework: known?.framework,
    serves,
    factory,
    django,
  };
}
