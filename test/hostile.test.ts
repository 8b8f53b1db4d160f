import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { parse as parseShell } from 'shell-quote';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/errors.ts';
import { detect } from '../src/index.ts';
import { TARGET_IDS, type TargetId } from '../src/plan/targets.ts';
import { PLACES as PLACES_OF } from './hostile/places.ts';
import { type Files, rendered } from './planned.ts';
import { folderOf } from './run.ts';

/** Pieces that mean something to a Dockerfile, a shell, a template or a terminal. */
const PIECES = [
  '"',
  "'",
  '`',
  '$',
  '${PATH}',
  '$(id)',
  '\\',
  '\\\n',
  '\n',
  '\r',
  '\r\n',
  '#',
  '# syntax=evil/frontend:1',
  '# escape=`',
  '<<EOF',
  '\nEOF\n',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u0000',
  '\u001b[2J',
  ' ',
  '\t',
  ';',
  '&&',
  '|',
  '>',
  '*',
  '?',
  '~',
  '!',
  'RUN id',
  '\nRUN id\n',
  'FROM evil',
  '\nUSER root',
  '--privileged',
  '--mount=type=ssh',
  '--from=evil',
  ',target=/',
  '../',
  '/',
  '{{plan}}',
  '{{> rootfs}}',
  '[',
  ']',
  ',',
  'a',
  'server',
  '.js',
  'é',
  '\u202e',
  '%0a',
  '=',
];
const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

const PLACES = { ...PLACES_OF.node, ...prefixed('Go', PLACES_OF.go) };

function prefixed<T>(before: string, places: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(places).map(([name, place]) => [`${before}: ${name}`, place]));
}

/** The skeleton of a Dockerfile: its instructions, their flags, and the words of their shell commands but for plain arguments. */
function skeleton(text: string): readonly string[] {
  const file = DockerfileParser.parse(text);
  return file.getInstructions().map((instruction) => {
    const [head = '', ...words] = instruction.getTextContent().replace(/\\\n/g, ' ').split(/\s+/);
    const flags = words.filter((word) =>
      /^--(mount|from|link|platform|chown|security|network|privileged)/.test(word),
    );
    return [head, ...flags.map((flag) => flag.replace(/=.*/, ''))].join(' ');
  });
}

/** Operators of the shell in RUN: none may come from the project. */
function operators(text: string): readonly string[] {
  const runs = DockerfileParser.parse(text)
    .getInstructions()
    .filter((i) => i.getKeyword() === 'RUN');
  return runs.flatMap((run) => {
    const command = run
      .getTextContent()
      .replace(/\\\n/g, ' ')
      .replace(/^RUN\s+(--\S+\s+)*/, '');
    return parseShell(command, (name) => ({ op: `$${name}` }) as never).flatMap((word) =>
      typeof word === 'object' && 'op' in word ? [String(word.op)] : [],
    );
  });
}

const KNOWN = new Set([
  'FROM',
  'WORKDIR',
  'RUN',
  'COPY',
  'ENV',
  'USER',
  'EXPOSE',
  'HEALTHCHECK',
  'ENTRYPOINT',
  'CMD',
  'SHELL',
  'ARG',
]);
/** All that our own templates and commands use. */
const OPERATORS = new Set([
  ...['&&', '|', ';', '>', '$PNPM_VERSION', '$YARN_VERSION', '$BUN_VERSION', 'glob'],
  ...['$TARGETOS', '$TARGETARCH', '$VERSION', '$REVISION'],
]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/;

/** The one heredoc that is ours: its text is the template's, to the letter. */
const PROBE = /^COPY <<'EOF' [\s\S]*?^EOF\n/m.exec(
  readFileSync(new URL('../templates/go/partials/probe.hbs', import.meta.url), 'utf8'),
)?.[0] as string;

function assertSafe(whole: string): void {
  const dockerfile = whole.replace(PROBE, '');
  expect(dockerfile).not.toMatch(CONTROL);
  const file = DockerfileParser.parse(dockerfile);
  expect(file.getDirectives().map((d) => d.getValue())).toEqual(['docker/dockerfile:1']);
  for (const instruction of file.getInstructions()) {
    expect(KNOWN).toContain(instruction.getKeyword());
    const text = instruction.getTextContent();
    // nothing of the project is a heredoc, an image, a stage, a user or a mount out of it
    if (instruction.getKeyword() === 'FROM')
      expect(text).toMatch(
        /^FROM (--platform=\$BUILDPLATFORM )?(scratch|(?:node|golang|alpine|debian):[\w.-]+|oven\/bun:[\w.-]+|gcr\.io\/distroless\/[\w-]+:nonroot) AS \w+$/,
      );
    if (instruction.getKeyword() === 'USER') expect(text).toMatch(/^USER \d+:\d+$/);
    if (['CMD', 'ENTRYPOINT'].includes(instruction.getKeyword()))
      expect(Array.isArray(JSON.parse(instruction.getArgumentsContent() ?? ''))).toBe(true);
    if (['RUN', 'COPY'].includes(instruction.getKeyword())) expect(text).not.toMatch(/<<-?['"]?\w/);
    if (instruction.getKeyword() !== 'RUN') continue;
    // outside of single quotes the shell would run what stands in these
    expect(text.replace(/'[^']*'/g, '')).not.toMatch(/`|\$\(/);
    for (const [, mount = ''] of text.matchAll(/--mount=(\S+)/g)) {
      expect(mount).toMatch(/^type=(bind|cache|secret),/);
      if (mount.startsWith('type=bind,source=')) expect(mount).not.toMatch(/\.\.\/|source=\//);
    }
  }
  for (const operator of operators(dockerfile)) expect(OPERATORS).toContain(operator);
}

describe('hostile text', () => {
  test.each(Object.entries(PLACES))(
    'in %s',
    async (_, place) => {
      await fc.assert(
        fc.asyncProperty(hostile, fc.constantFrom(...TARGET_IDS), async (text, target) => {
          try {
            const [dockerfile] = await rendered(place(text), target);
            assertSafe(dockerfile.text);
          } catch (error) {
            // refusing is as safe as quoting, and says so in words of ours
            if (!(error instanceof UserError)) throw error;
          }
        }),
        // the same texts each time; SEED=… tries others
        { numRuns: Number(process.env.RUNS ?? 150), seed: Number(process.env.SEED ?? 1) },
      );
    },
    30_000,
  );

  test('a hostile text makes no instruction that a plain one would not have', async () => {
    for (const [title, place] of Object.entries(PLACES)) {
      for (const target of TARGET_IDS) {
        const shapes = await Promise.all(
          ['plain', '$(id)', 'a"b', "a'b", 'a\\b', '#x', 'a;b', '${HOME}'].map(async (text) => {
            try {
              const [dockerfile] = await rendered(place(text), target);
              return skeleton(dockerfile.text)
                .filter((line) => !line.startsWith('RUN --mount'))
                .join('\n');
            } catch (error) {
              if (error instanceof UserError) return undefined;
              throw error;
            }
          }),
        );
        const [plain, ...others] = shapes;
        for (const other of others) {
          if (other === undefined || plain === undefined) continue;
          const extra = other.split('\n').filter((line) => !plain.split('\n').includes(line));
          expect(
            extra.filter((line) => !/^(COPY|ENV|EXPOSE)/.test(line)),
            `${title} on ${target}`,
          ).toEqual([]);
        }
      }
    }
  }, 60_000);

  test.each(['é.txt', '{a}.txt', 'a b.txt', "'.txt", 'a"b.txt', '$(id).txt'])(
    'a file that a program reads is refused where it cannot be named, and never left out: %s',
    async (name) => {
      const text = name.replace(/"/g, '\\"');
      const program = `int main(void) { return fopen("data/${text}", "r") == 0; }\n`;
      await expect(rendered({ 'main.c': program, [`data/${name}`]: '' }, 'slim')).rejects.toThrow(
        'cannot stand in a Dockerfile',
      );
    },
  );

  test('the check itself sees an attack', () => {
    const lines = ['# syntax=docker/dockerfile:1', 'FROM node:24-alpine AS runtime', 'USER 1000:1000'];
    expect(() => assertSafe([...lines, 'CMD ["node"]'].join('\n'))).not.toThrow();
    for (const evil of [
      'USER root',
      'RUN `id`',
      'RUN $(id)',
      'RUN id & id',
      'ONBUILD RUN id',
      'FROM evil AS x',
      'RUN <<EOF\nid\nEOF',
      'RUN --mount=type=ssh id',
      'RUN echo $HOME',
      'CMD sh',
    ])
      expect(() => assertSafe([...lines, evil].join('\n')), evil).toThrow();
  });
});

/** Where a project's text can get into the configuration of a site's server, which is a heredoc. */
const SITES: Readonly<Record<string, (text: string) => readonly [files: Files, start?: string]>> = {
  base: (text) => [vite(`base: ${JSON.stringify(`/${text}/`)}`)],
  'the output folder': (text) => [vite(`build: { outDir: ${JSON.stringify(text)} }`)],
  'the folder of assets': (text) => [vite(`build: { assetsDir: ${JSON.stringify(text)} }`)],
  'a folder that is typed': (text) => [vite(''), `static "${text}"`],
  'a base that is typed': (text) => [vite(''), `static dist --base "/${text}/"`],
  'a fallback that is typed': (text) => [vite(''), `static dist --fallback "${text}.html"`],
};

function vite(config: string): Files {
  return {
    'package.json': JSON.stringify({ scripts: { build: 'vite build' }, devDependencies: { vite: '^7.0.0' } }),
    'vite.config.js': `export default { ${config} };`,
    'index.html': '',
  };
}

describe('hostile text in the configuration of a site’s server', () => {
  test.each(Object.entries(SITES))(
    '%s',
    async (_, place) => {
      const render = async (text: string, target: TargetId) => {
        const [files, start] = place(text);
        const [dockerfile] = await rendered(files, target, start === undefined ? {} : { start });
        return dockerfile.text;
      };
      /** What begins each line: a directive, a key or an instruction. */
      const heads = (dockerfile: string) =>
        dockerfile.split('\n').map((line) => /^\s*[^\s=]*/.exec(line)?.[0]);
      const plain = new Map<TargetId, readonly unknown[]>();
      for (const id of TARGET_IDS) plain.set(id, heads(await render('plain', id)));
      await fc.assert(
        fc.asyncProperty(hostile, fc.constantFrom(...TARGET_IDS), async (text, target) => {
          try {
            const dockerfile = await render(text, target);
            expect(dockerfile).not.toMatch(CONTROL);
            expect(dockerfile.match(/^EOF$/gm)).toHaveLength(1);
            for (const head of heads(dockerfile)) expect(plain.get(target)).toContain(head);
            expect(heads(dockerfile).length).toBeLessThanOrEqual(plain.get(target)?.length ?? 0);
            // a quote or a semicolon in a path would be one more word, or one directive more
            expect(dockerfile).not.toMatch(/(location|root|try_files) [^{\n]*["'`;][^\n]*;/);
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
          }
        }),
        { numRuns: Number(process.env.RUNS ?? 100), seed: Number(process.env.SEED ?? 1) },
      );
    },
    30_000,
  );
});

describe('a manifest that is no text is called that', () => {
  const nested = (text: string) => `${text.repeat(200_000)}`;
  test.each<[title: string, make: (path: string) => void, words: string]>([
    ['a named pipe', (path) => execFileSync('mkfifo', [path]), 'cannot be read: it is a named pipe.'],
    ['a device', (path) => symlinkSync('/dev/zero', path), 'cannot be read: it is a device.'],
    ['too large', (path) => writeFileSync(path, Buffer.alloc(65 * 1024 * 1024)), 'it has more than 4 MiB.'],
    ['too deep', (path) => writeFileSync(path, nested('[')), 'is malformed: it is nested too deeply.'],
  ])('%s', async (_, make, words) => {
    for (const name of ['package.json', 'go.mod']) {
      if (name === 'go.mod' && words.includes('nested')) continue;
      const folder = folderOf({});
      make(join(folder, name));
      await expect(detect(folder)).rejects.toThrow(words);
    }
  });
});
