import { UserError } from '../../../errors.ts';
import type { Project } from '../../../project/project.ts';
import { splitScript, withoutFinder } from './commands.ts';
import type { Manifest } from './manifest.ts';

/** How the tests are run: a script of package.json, or words. */
export type Testing =
  | { readonly script: string; readonly from: string }
  | { readonly words: readonly string[]; readonly own: boolean; readonly from: string };

const SCRIPTS = ['test:ci', 'test', 'test:unit', 'unit', 'test:run', 'tests'];

/** What npm init writes. */
const NONE = /no test specified/;

/** Runners that wait for changes where they are told to, and what ends them after one run. */
const RUNNERS: { readonly [program: string]: { readonly once: readonly string[]; readonly waits?: RegExp } } =
  {
    vitest: { once: ['run'], waits: /^(?:watch|dev|--watch(?:=true)?|-w)$/ },
    jest: { once: [], waits: /^--watch(?:All)?(?:=true)?$/ },
    mocha: { once: [], waits: /^(?:--watch|-w)$/ },
    ava: { once: [], waits: /^(?:--watch|-w)$/ },
    tap: { once: [] },
    jasmine: { once: [] },
    uvu: { once: [] },
  };

/** Runners of a browser, which an image for the build has not. */
const BROWSERS =
  /^(?:karma|cypress|playwright|wtr|web-test-runner|testcafe|nightwatch|wdio|protractor|start-server-and-test)$/;

/** Files that node's own runner takes. https://nodejs.org/api/test.html#running-tests-from-the-command-line */
const FILES = [
  '**/*.test.{js,cjs,mjs}',
  '**/*-test.{js,cjs,mjs}',
  '**/test-*.{js,cjs,mjs}',
  'test/**/*.{js,cjs,mjs}',
];

/** How a project runs its tests, by its script, else by the runner among its packages. Refused where it has none. */
export function testing(project: Project, manifest: Manifest, own: Manifest): Testing {
  const installed = (name: string) => name in manifest.devDependencies || name in manifest.dependencies;
  let browser: string | undefined;
  for (const name of SCRIPTS) {
    const found = byScript(project, own, name, installed);
    if (found === undefined) continue;
    if (!('browser' in found)) return found;
    browser ??= found.browser;
  }
  const runner = Object.keys(RUNNERS).find(installed);
  if (runner !== undefined)
    return {
      words: [runner, ...(RUNNERS[runner]?.once ?? [])],
      own: false,
      from: `package.json → ${runner}`,
    };
  const [file] = project.find([...FILES, '!**/node_modules/**']);
  if (file !== undefined && browser === undefined)
    return { words: ['node', '--test'], own: true, from: file };
  throw browser === undefined ? nothing() : inBrowsers(browser);
}

/** Undefined: there is no such script, or it holds no test. */
function byScript(
  project: Project,
  own: Manifest,
  name: string,
  installed: (name: string) => boolean,
): Testing | { readonly browser: string } | undefined {
  const text = own.scripts[name];
  if (text === undefined || NONE.test(text) || text.trim() === '') return undefined;
  const from = `package.json → scripts.${name}`;
  const split = splitScript(text);
  const calls =
    'commands' in split ? split.commands.map(({ words }) => withoutFinder(words, own.scripts)) : [];
  const opened = calls.find((words) => inBrowser(project, words));
  if (opened !== undefined) return { browser: `${from} runs ${opened.slice(0, 2).join(' ')}` };
  const [head = '', ...rest] = calls.length === 1 ? (calls[0] ?? []) : [];
  const row = Object.hasOwn(RUNNERS, head) ? RUNNERS[head] : undefined;
  if (row !== undefined && !installed(head)) throw absent(from, head);
  const { waits } = row ?? {};
  if (row === undefined || waits === undefined || !rest.some((word) => waits.test(word)))
    return { script: name, from };
  return { words: [head, ...row.once, ...rest.filter((word) => !waits.test(word))], own: false, from };
}

function nothing(): UserError {
  return new UserError({
    kind: 'refused',
    message:
      'There are no tests to run in a stage of their own: package.json has no test script, and no runner of tests among its packages.',
    fix: 'Give package.json a test script, or leave test out of --stages.',
  });
}

function inBrowsers(script: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${script}: these tests open a browser, which no stage has.`,
    fix: 'Give package.json a script test:ci that needs none, or leave test out of --stages.',
  });
}

function absent(from: string, runner: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${from} runs ${runner}, which is not among the packages.`,
    fix: 'Add it to devDependencies, or leave test out of --stages.',
  });
}

/** Whether a command runs its tests in a browser. Angular's own runner needs one where Karma is its builder. */
function inBrowser(project: Project, words: readonly string[]): boolean {
  const [head = '', verb = ''] = words;
  if (BROWSERS.test(head)) return true;
  if (head !== 'ng' || verb !== 'test') return false;
  return /:karma"|"karma"/.test(project.read('angular.json') ?? '') || project.has('karma.conf.js');
}
