import { listOf, recordOf, table, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { withoutComments } from '../comments.ts';

/** What a file of pm2 starts. */
export interface Declared {
  readonly script: string;
  readonly args: readonly string[];
  readonly node: readonly string[];
  readonly interpreter: string | undefined;
  readonly folder: string | undefined;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The one program that a file of pm2 declares, `several` when that is not exactly one that can be read, undefined for
 * what is no such file. https://pm2.keymetrics.io/docs/usage/application-declaration
 */
export function ecosystemOf(project: Project, path: string): Declared | 'several' | undefined {
  if (!/\.(json|ya?ml|config\.[cm]?js)$/.test(path)) return undefined;
  const apps = /js$/.test(path) ? fromCode(project.read(path, LIMIT) ?? '') : fromData(project.parse(path));
  const [app] = apps;
  const script = textOf(app?.script);
  if (app === undefined || apps.length !== 1 || script === undefined) return 'several';
  const words = (value: unknown) =>
    Array.isArray(value) ? value.map(String) : (textOf(value)?.split(/\s+/) ?? []);
  return {
    script,
    args: words(app.args),
    node: words(app.node_args ?? app.interpreter_args),
    interpreter: textOf(app.interpreter ?? app.exec_interpreter),
    folder: textOf(app.cwd),
    env: table(
      Object.fromEntries(
        Object.entries({ ...recordOf(app.env), ...recordOf(app.env_production) })
          .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
          .map(([name, value]) => [name, String(value)]),
      ),
    ),
  };
}

/** No such file is longer. */
const LIMIT = 64 * 1024;
/** Objects in objects in the one that names the script. */
const DEPTH = 3;

type App = Readonly<Record<string, unknown>>;

function fromData(value: unknown): readonly App[] {
  const { apps } = recordOf(value);
  if (Array.isArray(apps)) return listOf(apps).map(recordOf);
  return [recordOf(apps ?? value)];
}

/** The object around each `script:` of a program; its literals are its values. */
function fromCode(code: string): readonly App[] {
  const text = withoutComments(code);
  return [...text.matchAll(/\bscript["']?\s*:/g)].slice(0, 2).map(({ index }) => {
    let depth = 0;
    let start = index;
    while (start > 0 && depth >= 0) {
      start--;
      if (text[start] === '}') depth++;
      if (text[start] === '{') depth--;
    }
    return literals(text, start, 0);
  });
}

const TOKEN =
  /(?:([\w$]{1,200})|(['"])([\w$-]+)\2)\s*:\s*(?:(['"`])((?:(?!\4)[^\\$\n])*)\4|(\d+)\b|(\[[^\][{}]*\])|(\{))|([{}])/g;

/** The properties of an object literal whose values are written out; lists are of texts. */
function literals(text: string, at: number, depth: number): App {
  const found: Record<string, unknown> = {};
  TOKEN.lastIndex = at + 1;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    const [, plain, , quoted, , string, number, list, opens, brace] = token;
    if (brace === '}') break;
    const name = plain ?? quoted ?? '';
    if (list !== undefined) found[name] = [...list.matchAll(/(['"`])([^'"`]*)\1/g)].map((one) => one[2]);
    else if (opens !== undefined || brace === '{') {
      const inner = TOKEN.lastIndex - 1;
      if (opens !== undefined && depth < DEPTH) found[name] = literals(text, inner, depth + 1);
      TOKEN.lastIndex = closing(text, inner) + 1;
    } else found[name] = string ?? number;
  }
  return found;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === '{') depth++;
    if (text[index] === '}' && --depth === 0) return index;
  }
  return text.length;
}
