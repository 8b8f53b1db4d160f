import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { TARGET_IDS, type TargetId } from '../../src/plan/targets.ts';
import { chanceOf } from '../fuzz/mutate.js';
import { type Files, rendered } from '../planned.ts';
import { FLASK, GO_SERVER, JAVA, LOCK, PLACES, SERVER } from './places.ts';
import { harmless, instructionsOf, skeletonOf } from './twin.ts';

/** Pieces that mean something to a Dockerfile, a shell, a build tool, a template or a terminal, and some that do not. */
const PIECES = [
  ...[
    '"',
    "'",
    '`',
    '$',
    '${PATH}',
    '$(id)',
    '$ENV{PATH}',
    '\\',
    '\\\n',
    '\n',
    '\r\n',
    '#',
    '# escape=`',
    '<<EOF',
    '\nEOF\n',
  ],
  ...[
    '\u2028',
    '\u0085',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\u200b',
    ' ',
    '\t',
    ';',
    '&&',
    '||',
    '|',
    '>',
    '&',
    '*',
    '?',
    '~',
    '!',
  ],
  ...[
    'RUN id',
    '\nRUN id\n',
    'FROM evil',
    '\nUSER root',
    '--privileged',
    '--mount=type=ssh',
    '--from=evil',
    ',target=/',
  ],
  ...[
    '../',
    '/',
    '{{plan}}',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    ',',
    'a',
    'server',
    '.js',
    'é',
    '%0a',
    '=',
    ':',
    '@',
    '-',
    '"]',
    "';id;'",
  ],
  ...['$(', '${', '", "', "' && id && '", '%(x)s', '@x@', '\\"', '$$', '!x', '1'],
];

type Place = (text: string) => Files;

/** Texts, or whole projects, that decide as a sign does which means something to whoever reads the file, and why. */
const OTHERS: Readonly<Record<string, readonly (string | Files)[]>> = {
  // a shell would put something in its place: what is built is not known then, and all of it ships
  'node: a script’s name': [
    {
      'package.json': JSON.stringify({
        name: 'x',
        scripts: { start: 'node server.js', build: './build.sh' },
        dependencies: { ms: '2.1.3' },
      }),
      'server.js': SERVER,
      'lib/a.ts': '',
    },
  ],
  // no file of the disk has such a name, and a Yarn that is not there is installed
  'node: yarnPath': [
    {
      'package.json': JSON.stringify({
        name: 'x',
        scripts: { start: 'node server.js' },
        dependencies: { ms: '2.1.3' },
      }),
      'server.js': SERVER,
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.yarnrc.yml': '{"yarnPath":"absent"}',
    },
  ],
  // a line that lets something in is its owner's list of what a build takes
  'node: .dockerignore': ['!plain'],
  // a quote that ends the text: the command has no name then
  'go: a command': [{ 'go.mod': 'module example.com/x\n\ngo 1.26\n', 'main.go': GO_SERVER }],
  // no text of C goes on in another line, so no file is named
  'c: a file that is read': [{ 'main.c': 'int main(void) { return 0; }\n' }],
  // no text of Groovy goes on in another line, so nothing says what the jar is called
  'java: Gradle: the name of the jar': [
    {
      'settings.gradle': "rootProject.name = 'x'\n",
      'build.gradle': `plugins { id 'application' }\napplication { mainClass = 'a.Main' }\njar { archiveFileName = name() }\n`,
      'src/main/java/a/Main.java': JAVA,
    },
  ],
  // a package that no member of the workspace is
  'python: a member of uv’s workspace': [
    {
      'pyproject.toml':
        '[project]\nname = "x"\nversion = "1"\ndependencies = ["flask", "y"]\n[tool.uv.workspace]\nmembers = ["plain"]\n',
      'app.py': FLASK,
      'uv.lock': LOCK,
    },
  ],
  // a folder of nothing that pip could install
  'python: a folder that is installed': [{ 'requirements.txt': 'flask\n', 'app.py': FLASK }],
  // pip puts a variable in its place, which is a secret of the build
  'python: an index of packages': ['${TOKEN}', '${TOKEN}${TOKEN}'],
};

const ALL = Object.entries(PLACES).flatMap(([language, places]) =>
  Object.entries(places).map(([name, place]) => ({ name: `${language}: ${name}`, place })),
);
/** FUZZ=all: 10,000 projects. The same each time; SEED=… tries others. */
const COUNT = process.env.FUZZ === 'all' ? 10_000 : 500;
const SEED = Number(process.env.SEED ?? 1);

/** BuildKit's own parser, compiled by Go, for all of them; else the one that is always there. */
function buildkit(): string | undefined {
  if (process.env.FUZZ !== 'all') return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-parser-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('go', ['build', '-o', join(folder, 'parse'), '.'], {
    cwd: new URL('./buildkit', import.meta.url).pathname,
    timeout: 300_000,
  });
  return join(folder, 'parse');
}

const parser = buildkit();

/** Many Dockerfiles at once. */
function skeletons(texts: readonly string[]): readonly (readonly string[])[] {
  if (texts.length === 0) return [];
  if (parser === undefined) return texts.map((text) => skeletonOf(instructionsOf(text)));
  const input = texts.map((text) => `${JSON.stringify(text)}\n`).join('');
  const answer = execFileSync(parser, { input, encoding: 'utf8', maxBuffer: 1 << 30 });
  return answer
    .trimEnd()
    .split('\n')
    .map((line) => skeletonOf(JSON.parse(line)));
}

async function textOf(files: Files, target: TargetId): Promise<string | undefined> {
  try {
    return (await rendered(files, target))[0].text;
  } catch (error) {
    // refusing is as safe as quoting, and says so in words of ours
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Texts without any hostile sign that may decide the same: the twin itself, or what is left where a sign ends it. */
function twinsOf(text: string): readonly string[] {
  const words = text.split(/[^\w./-]+/).filter((word) => word !== '' && !/^[./-]*$/.test(word));
  return [
    harmless(text),
    'plain',
    'plain plain',
    '',
    harmless(text).trim().replace(/ +/g, 'x'),
    text.replace(/[^\w./-]/g, ''),
    ...words,
  ];
}

interface Made {
  readonly text: string;
  readonly target: TargetId;
  readonly dockerfile: string;
}

/** What is made of a place with hostile texts, but for those that are refused. */
async function madeOf(place: Place, at: number): Promise<readonly Made[]> {
  const chance = chanceOf(SEED * 1000 + at);
  const made: Made[] = [];
  for (let count = Math.ceil(COUNT / ALL.length); count > 0; count--) {
    const text = Array.from({ length: 1 + chance.below(6) }, () => chance.of(PIECES)).join('');
    const target = chance.of(TARGET_IDS);
    const dockerfile = await textOf(place(text), target);
    if (dockerfile !== undefined) made.push({ text, target, dockerfile });
  }
  return made;
}

/** Those whose Dockerfile does anything that no harmless twin's does. */
async function unlike(
  place: Place,
  all: readonly Made[],
  more: readonly (string | Files)[],
): Promise<readonly object[]> {
  const known = new Map<string, string | undefined>();
  const twin = async (one: string | Files, target: TargetId) => {
    const key = `${target} ${typeof one === 'string' ? one : JSON.stringify(one)}`;
    if (!known.has(key)) {
      const dockerfile = await textOf(typeof one === 'string' ? place(one) : one, target);
      known.set(key, dockerfile && skeletons([dockerfile])[0]?.join('\n'));
    }
    return known.get(key);
  };
  const found: object[] = [];
  const made = skeletons(all.map(({ dockerfile }) => dockerfile));
  for (const [index, { text, target }] of all.entries()) {
    const own = made[index]?.join('\n');
    let same = false;
    for (const other of [...more, ...twinsOf(text)]) {
      same = (await twin(other, target)) === own;
      if (same) break;
    }
    if (same) continue;
    const plain = (await twin('plain', target))?.split('\n') ?? [];
    const extra = made[index]?.filter((line) => !plain.includes(line));
    found.push({ text, target, more: extra, less: plain.filter((line) => !made[index]?.includes(line)) });
  }
  return found;
}

describe('a hostile text makes what its harmless twin makes', () => {
  console.log(
    `${COUNT} projects with seed ${SEED}, read by ${parser === undefined ? 'dockerfile-ast' : 'BuildKit'}`,
  );
  test.each(ALL.map((one, at) => [one.name, one.place, at] as const))(
    '%s',
    async (name, place, at) => {
      const made = await madeOf(place, at);
      expect(await unlike(place, made, OTHERS[name] ?? [])).toEqual([]);
    },
    600_000,
  );
});
