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

/** Where a project's own text can get into a plan. Each takes the text and gives a project around it. */
const SERVER = "require('http').createServer().listen(process.env.PORT || 3000);";
const base = { name: 'x', scripts: { start: 'node server.js' }, dependencies: { ms: '2.1.3' } };
const project = (manifest: object, more: Files = {}): Files => ({
  'package.json': JSON.stringify(manifest),
  'server.js': SERVER,
  ...more,
});
const GO_SERVER =
  'package main\nimport ("net/http"; "os")\nfunc main() { http.ListenAndServe(":" + os.Getenv("PORT"), nil) }\n';
const goProject = (more: Files = {}, mod = 'module example.com/x\n\ngo 1.26\n'): Files => ({
  'go.mod': mod,
  'main.go': GO_SERVER,
  ...more,
});
const PLACES: Readonly<Record<string, (text: string) => Files>> = {
  name: (text) => project({ ...base, name: text }),
  'scripts.start': (text) => project({ ...base, scripts: { start: `node ${text}` } }, { [text]: SERVER }),
  'a quoted argument': (text) =>
    project({ ...base, scripts: { start: `node server.js ${JSON.stringify(text)}` } }),
  'a variable of the script': (text) =>
    project({ ...base, scripts: { start: `MODE='${text}' node server.js` } }),
  'a script’s name': (text) =>
    project(
      { ...base, scripts: { ...base.scripts, [text]: 'tsc', build: `npm run ${JSON.stringify(text)}` } },
      { 'lib/a.ts': '' },
    ),
  main: (text) => project({ name: 'x', main: text }, { [text]: SERVER }),
  'tsc’s outDir': (text) =>
    project(
      { ...base, scripts: { build: 'tsc', start: `node ${text}/server.js` } },
      {
        'tsconfig.json': JSON.stringify({ compilerOptions: { outDir: text, rootDir: 'src' } }),
        'src/server.ts': SERVER,
      },
    ),
  port: (text) =>
    project(base, { 'server.js': `require('http').createServer().listen(${JSON.stringify(text)});` }),
  host: (text) =>
    project(base, {
      'server.js': `require('http').createServer().listen(3000, process.env.HOST || ${JSON.stringify(text)});`,
    }),
  'health path': (text) => project(base, { 'server.js': `app.get('/${text}/healthz', f);\n${SERVER}` }),
  '.env.example': (text) =>
    project(base, { 'server.js': 'x.listen(process.env.PORT)', '.env.example': `PORT=${text}` }),
  packageManager: (text) => project({ ...base, packageManager: `pnpm@${text}` }),
  'engines.node': (text) => project({ ...base, engines: { node: text } }),
  '.nvmrc': (text) => project(base, { '.nvmrc': text }),
  'a file: package': (text) =>
    project({ ...base, dependencies: { a: `file:${text}` } }, { [`${text}/package.json`]: '{}' }),
  yarnPath: (text) =>
    project(base, {
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.yarnrc.yml': JSON.stringify({ yarnPath: text }),
      [text]: '',
    }),
  '.npmrc': (text) => project(base, { '.npmrc': `//x/:_authToken=\${${text}}\nregistry=${text}` }),
  'a folder that the program reads': (text) =>
    project(
      { ...base, scripts: { build: 'tsc', start: 'node dist/server.js' } },
      {
        'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
        'src/server.ts': `read(${JSON.stringify(`../${text}`)});\n${SERVER}`,
        [`${text}/a`]: '',
      },
    ),
  '.dockerignore': (text) => project(base, { '.dockerignore': text }),
  'Go: the module’s path': (text) => goProject({}, `module ${text}\n\ngo 1.26\n`),
  'Go: the module’s path in quotes': (text) => goProject({}, `module "example.com/${text}"\n`),
  'Go: the main package’s folder': (text) => ({ 'go.mod': 'module x\n', [`cmd/${text}/main.go`]: GO_SERVER }),
  'Go: the module’s folder': (text) => ({ [`${text}/go.mod`]: 'module x\n', [`${text}/main.go`]: GO_SERVER }),
  'Go: a file without a module': (text) => ({ 'main.go': GO_SERVER, [`${text}.go`]: 'package main\n' }),
  'Go: versions': (text) =>
    goProject({ '.go-version': text, '.tool-versions': `golang ${text}` }, `module x\n\ngo ${text}\n`),
  'Go: a requirement': (text) =>
    goProject({ 'go.sum': `${text} v1.0.0/go.mod h1:x\n` }, `module x\n\nrequire ${text} v1.0.0\n`),
  'Go: a replacement': (text) =>
    goProject({ [`${text}/go.mod`]: 'module y\n' }, `module x\n\nreplace y => ./${text}\n`),
  'Go: a workspace': (text) => ({
    'go.work': `go 1.26\n\nuse ./${text}\n`,
    [`${text}/go.mod`]: 'module x\n\nrequire example.com/y v1.0.0\n',
    [`${text}/go.sum`]: 'example.com/y v1.0.0/go.mod h1:x\n',
    [`${text}/main.go`]: GO_SERVER,
  }),
  'Go: the address': (text) =>
    goProject({ 'main.go': GO_SERVER.replace('":" + os.Getenv("PORT")', JSON.stringify(text)) }),
  'Go: a flag and its default': (text) =>
    goProject({
      'main.go': `package main\nimport ("flag"; "net/http")\nvar a = flag.String(${JSON.stringify(text)}, "localhost:80", "")\nfunc main() { http.ListenAndServe(*a, nil) }\n`,
    }),
  'Go: a variable': (text) => goProject({ 'main.go': GO_SERVER.replace('"PORT"', JSON.stringify(text)) }),
  'Go: a health path': (text) => goProject({ 'h.go': `package main\nvar p = "/${text}/healthz"\n` }),
  'Go: a version': (text) => goProject({ 'v.go': `package main\nvar version = ${JSON.stringify(text)}\n` }),
  'Go: a symbol that the Makefile fills': (text) =>
    goProject({ Makefile: `go build -ldflags "-X ${text}=1"\n`, 'v.go': 'package main\nvar version = ""\n' }),
  'Go: build tags': (text) => goProject({ Makefile: `\tgo build -tags "${text}" .\n` }),
  'Go: private modules': (text) => goProject({ Makefile: `export GOPRIVATE=${text}\n` }),
  'Go: a folder that the program reads': (text) =>
    goProject({
      'f.go': `package main\nvar f = os.DirFS(${JSON.stringify(text)})\n`,
      [`${text}/a.html`]: '',
    }),
  'Go: an embedded file': (text) =>
    goProject({ 'e.go': `package main\n//go:embed ${text}\nvar f embed.FS\n`, [text]: '' }),
  'Go: a command': (text) =>
    goProject({
      'c.go': `package main\nimport "github.com/spf13/cobra"\nvar c = &cobra.Command{Use: "serve ${text}"}\n`,
    }),
  'Go: a C library': (text) =>
    goProject({
      'c.go': `package main\n// #cgo LDFLAGS: -l${text}\n// #cgo pkg-config: ${text}\nimport "C"\n`,
    }),
};

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
    ['too large', (path) => writeFileSync(path, Buffer.alloc(65 * 1024 * 1024)), 'it has more than 32 MiB.'],
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
