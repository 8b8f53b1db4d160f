import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { folderOf, run, SERVER } from './run.ts';

const FILE = new URL('../schema/output.schema.json', import.meta.url).pathname;

/** A fact with its origin. Values of settings differ from language to language. */
const found = z
  .strictObject({
    value: z.unknown().describe('What was decided: a text, a number, a list, or an object'),
    from: z.string().describe('Where it came from: a file, a flag, an answer, a default'),
  })
  .describe('A fact and its origin');
const strings = z.array(z.string());
const change = z.enum(['created', 'unchanged', 'updated', 'merged', 'extended', 'replaced']);

const plan = z
  .looseObject({
    language: z.string(),
    shape: z.string(),
    target: z.enum(['slim', 'alpine', 'distroless', 'scratch']),
    platforms: strings,
    images: z.looseObject({ build: z.string(), runtime: z.string() }),
    artifacts: z.array(
      z.strictObject({
        stage: z.string().optional(),
        source: z.string(),
        destination: z.string(),
        owner: z.string().optional().describe('`uid:gid`; left out: root'),
        parents: z.literal(true).optional().describe('Several sources, each keeps its place'),
        without: strings.optional().describe('What of a folder does not come along'),
      }),
    ),
    volumes: strings.optional(),
    env: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    user: z.string().describe('`uid:gid`, numeric'),
    port: z.number().int().optional(),
    also: strings.optional().describe('What is exposed beside the port: `9100`, `53/udp`'),
    health: z
      .strictObject({ asks: z.string(), command: strings.describe('Exec form') })
      .optional()
      .describe('Left out: the image has no check'),
    start: z.strictObject({ entrypoint: strings, command: strings }),
    stages: z
      .looseObject({ choices: z.string(), development: z.unknown().optional(), test: z.unknown().optional() })
      .optional()
      .describe('Stages beside the one that ships; left out: none were asked for'),
    notes: z.array(
      z.strictObject({ level: z.enum(['info', 'warning']), text: z.string(), fix: z.string().optional() }),
    ),
    choices: z.array(z.strictObject({ what: z.string(), why: z.string(), instead: z.string().optional() })),
  })
  .describe('All that the Dockerfile says, as values; more fields may be added');

const files = (about: string) => {
  const file = { path: z.string().describe(about), text: z.string() };
  return z.array(
    z.union([
      z.strictObject({
        ...file,
        done: change,
        kept: z.string().optional().describe('Where the former text is'),
      }),
      z
        .strictObject({
          ...file,
          wouldBe: change,
          stale: z
            .array(z.enum(['edited', 'tool', 'project', 'answers']))
            .optional()
            .describe(
              'Why a file of ours is not as it would be made now: edited by hand, older than the tool, older than the project, made with other answers',
            ),
          conflicts: z
            .number()
            .int()
            .optional()
            .describe('Places where an edit and what is new are at odds: the text has both, between markers'),
        })
        .describe('With --dry-run and --check'),
    ]),
  );
};

const done = z.strictObject({
  version: z.literal(1).describe('Raised when a reader would have to change'),
  context: z.string().describe('Folder of the build, as seen from the current one'),
  facts: z.record(z.string(), found),
  plan,
  files: files('Below `context`'),
});
const refused = z.strictObject({
  version: z.literal(1),
  error: z
    .looseObject({ kind: z.string(), message: z.string().describe('The sentence for people') })
    .describe('What was refused; further fields depend on its kind'),
});
const services = z
  .strictObject({
    version: z.literal(1),
    services: z.array(
      z.strictObject({
        service: z.string().describe('Its folder, or docker-bake.hcl for what all of them share'),
        language: z.string().optional().describe('Its name'),
        target: z.string().optional(),
        port: z.number().int().optional(),
        files: files('Below the folder that was named'),
        error: z
          .looseObject({ kind: z.string(), message: z.string() })
          .optional()
          .describe('Why it is refused; left out: it is not'),
      }),
    ),
  })
  .describe('With --all, and of update');
const DOCUMENT = z.union([done, services, refused]).meta({
  title: 'What create-dockerfile --json prints',
  $id: 'https://unpkg.com/create-dockerfile/schema/output.schema.json',
});

test('the schema that is shipped is this one', () => {
  const text = `${JSON.stringify(z.toJSONSchema(DOCUMENT), undefined, 2)}\n`;
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(FILE, text);
  else expect(readFileSync(FILE, 'utf8')).toBe(text);
});

const CASES = new URL('./cases/', import.meta.url).pathname;

/** A service that is there, one that is edited, and one that is refused. */
function many(): string {
  const service = (name: string) =>
    Object.fromEntries(Object.entries(SERVER).map(([path, text]) => [`${name}/${path}`, text]));
  return folderOf({
    ...service('api'),
    ...service('old'),
    'old/Dockerfile': '# Made by create-dockerfile 0.0.1, checksum 00000000\n\nFROM node:20\n',
    'odd/package.json': '{ "scripts": { "start": "node absent.js" ',
  });
}

describe('every document is of its form', () => {
  test.each<[title: string, folder: () => string, flags: readonly string[], schema: z.ZodType]>([
    ['written', () => folderOf(SERVER), [], done],
    ['replaced', () => folderOf({ ...SERVER, Dockerfile: 'mine\n' }), ['--force'], done],
    ['not written', () => folderOf(SERVER), ['--dry-run'], done],
    ['checked', () => folderOf(SERVER), ['--check'], done],
    ['a workspace', () => join(CASES, 'node-pnpm-workspaces/app'), ['--dry-run', '--app', 'apps/api'], done],
    ['Go', () => join(CASES, 'go-http/app'), ['--dry-run', '-t', 'scratch'], done],
    [
      'stages',
      () => join(CASES, 'node-npm-express-tests/app'),
      ['--dry-run', '--stages', 'development,test'],
      done,
    ],
    ['many', many, ['--all', '--bake'], services],
    ['many, checked', many, ['--all', '--check', '--keep-going'], services],
    ['C', () => join(CASES, 'c-cmake-httplib/app'), ['--dry-run'], done],
    ['a folder with nothing in it', () => folderOf({}), [], refused],
    ['a wrong flag', () => folderOf(SERVER), ['--taget', 'x'], refused],
    [
      'a tie',
      () => folderOf({ ...SERVER, 'go.mod': 'module x\n', 'main.go': 'package main\n' }),
      [],
      refused,
    ],
    ['a differing file', () => folderOf({ ...SERVER, Dockerfile: 'mine\n' }), [], refused],
  ])('%s', async (_, folder, flags, schema) => {
    const { stdout } = await run(folder(), ['--json', '--quiet', ...flags]);
    const parsed = schema.safeParse(JSON.parse(stdout));
    expect(parsed.error?.issues).toBeUndefined();
  });
});
