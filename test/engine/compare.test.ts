import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { advise } from '../../src/engine/advice.ts';
import { chartOf } from '../../src/engine/chart.ts';
import { bytesOf, type Measured, type Measures, median, withOwnCaches } from '../../src/engine/measure.ts';
import { naiveOf, sourceOf } from '../../src/engine/naive.ts';
import { barsOf, markdownOf, tableOf } from '../../src/engine/table.ts';
import { tarReader } from '../../src/engine/tar.ts';
import type { TargetId } from '../../src/plan/targets.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, planned } from '../planned.ts';

/** Figures as a service of Node.js has them. */
const SLIM: Measures = {
  unpacked: 250e6,
  compressed: 80e6,
  layers: 7,
  packages: 90,
  shell: true,
  user: '1000:1000',
  first: 20,
  rebuild: 2,
  answer: 0.6,
  memory: 30e6,
};
const NAIVE: Measures = { ...SLIM, unpacked: 1.1e9, compressed: 400e6, packages: 420, user: 'root' };
const ALPINE: Measures = { ...SLIM, unpacked: 160e6, compressed: 55e6, packages: 18 };
const DISTROLESS: Measures = { ...SLIM, unpacked: 180e6, compressed: 62e6, packages: 12, shell: false };
const SCRATCH: Measures = { ...SLIM, unpacked: 150e6, compressed: 50e6, packages: undefined, shell: false };

function one(name: string, measures: Measures, failed?: string): Measured {
  const kind = name === 'naive' || name === 'existing' ? name : 'target';
  return { name, kind, failed, measures, runs: [] };
}
const ALL = [
  one('naive', NAIVE),
  one('slim', SLIM),
  one('alpine', ALPINE),
  one('distroless', DISTROLESS),
  one('scratch', SCRATCH),
];

describe('what is recommended', () => {
  test.each<[what: string, all: readonly Measured[], sentence: string | undefined]>([
    [
      'not the smallest, but the one that most speaks for',
      ALL,
      'Take distroless: 62.0 MB to pull (naive: 400 MB), 12 packages of the system to patch, no shell and a list of packages for scanners; scratch is smaller (50.0 MB), but has no list of packages for scanners.',
    ],
    [
      'one that does not run is none',
      [one('naive', NAIVE), one('slim', SLIM, 'It ended with 1.')],
      undefined,
    ],
    ['a naive one is never it', [one('naive', NAIVE)], undefined],
    [
      'one alone is it',
      [one('slim', SLIM)],
      'Take slim: 80.0 MB to pull, 90 packages of the system to patch, a list of packages for scanners and glibc.',
    ],
    [
      'what is equal goes to the one with fewer surprises',
      [one('slim', ALPINE), one('alpine', ALPINE)],
      'Take slim: 55.0 MB to pull and glibc.',
    ],
    [
      'a memory three times as large outweighs a few megabytes',
      [one('slim', { ...ALPINE, compressed: 60e6 }), one('alpine', { ...ALPINE, memory: 120e6, answer: 3 })],
      'Take slim: 60.0 MB to pull, glibc, an answer after 0.60 s and 30.0 MB of memory; alpine is smaller (55.0 MB), but has musl in place of glibc.',
    ],
  ])('%s', (_, all, sentence) => {
    expect(advise(all)?.because).toBe(sentence);
  });
});

test('a table as wide as the terminal', () => {
  expect(tableOf(ALL, 80)).toMatchInlineSnapshot(`
    "                   naive        slim      alpine  distroless     scratch
    compressed        400 MB     80.0 MB     55.0 MB     62.0 MB     50.0 MB
    unpacked         1.10 GB      250 MB      160 MB      180 MB      150 MB
    layers                 7           7           7           7           7
    packages             420          90          18          12           –
    shell                yes         yes         yes          no          no
    user                root   1000:1000   1000:1000   1000:1000   1000:1000
    first build       20.0 s      20.0 s      20.0 s      20.0 s      20.0 s
    rebuild            2.0 s       2.0 s       2.0 s       2.0 s       2.0 s
    first answer      0.60 s      0.60 s      0.60 s      0.60 s      0.60 s
    memory           30.0 MB     30.0 MB     30.0 MB     30.0 MB     30.0 MB
    "
  `);
  expect(tableOf(ALL, 40).split('\n\n')).toHaveLength(3);
  for (const line of tableOf(ALL, 40).split('\n')) expect(line.length).toBeLessThanOrEqual(40);
});

test('bars as wide as the terminal, and without one where nothing was measured', () => {
  const failed = one('alpine', { ...ALPINE, answer: undefined, memory: undefined }, 'It does not answer.');
  const bars = barsOf([one('naive', NAIVE), failed], 60);
  expect(bars).toMatchInlineSnapshot(`
    "compressed
    naive   ███████████████████████████████████████████  400 MB
    alpine  █████▉  55.0 MB

    unpacked
    naive   ███████████████████████████████████████████  1.10 GB
    alpine  ██████▎  160 MB

    first build
    naive   ████████████████████████████████████████████  20.0 s
    alpine  ████████████████████████████████████████████  20.0 s

    rebuild
    naive   █████████████████████████████████████████████  2.0 s
    alpine  █████████████████████████████████████████████  2.0 s

    first answer
    naive   ████████████████████████████████████████████  0.60 s

    memory
    naive   ███████████████████████████████████████████  30.0 MB
    "
  `);
  for (const line of bars.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
});

test('a table for a pull request, with what failed as text and not as markup', () => {
  const failed = one('scratch', { ...SCRATCH, answer: undefined }, 'It loads <b>|libpq*|</b>.');
  expect(markdownOf([one('slim', SLIM), failed], 'Take slim.')).toMatchInlineSnapshot(`
    "|  | slim | scratch |
    | --- | ---: | ---: |
    | compressed | 80.0 MB | 50.0 MB |
    | unpacked | 250 MB | 150 MB |
    | layers | 7 | 7 |
    | packages | 90 | – |
    | shell | yes | no |
    | user | 1000:1000 | 1000:1000 |
    | first build | 20.0 s | 20.0 s |
    | rebuild | 2.0 s | 2.0 s |
    | first answer | 0.60 s | – |
    | memory | 30.0 MB | 30.0 MB |

    - **scratch**: It loads \\<b\\>\\|libpq\\*\\|\\</b\\>.

    Take slim.
    "
  `);
});

test('a picture that is well-formed, and holds no text as markup', () => {
  const picture = chartOf(ALL, { title: 'a <b> & c', taken: 'distroless' });
  expect(picture).toContain('<title>a &lt;b&gt; &amp; c</title>');
  expect(picture).toContain('@media (prefers-color-scheme:dark)');
  expect(picture.match(/class="taken"/g)).toHaveLength(6);
  const open = [...picture.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)].reduce(
    (depth, [, close, , self]) => depth + (self === '/' ? 0 : close === '/' ? -1 : 1),
    0,
  );
  expect(open).toBe(0);
});

test.each<[text: string, own: string]>([
  [
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'RUN --mount=type=cache,target=/root/.npm,id=x--root-npm npm ci',
  ],
  [
    'RUN --mount=type=cache,id=npm,target=/root/.npm,sharing=locked npm ci',
    'RUN --mount=type=cache,target=/root/.npm,sharing=locked,id=x-npm npm ci',
  ],
  [
    'RUN --mount=type=bind,source=a,target=a --mount=type=cache,dst=/c make',
    'RUN --mount=type=bind,source=a,target=a --mount=type=cache,dst=/c,id=x--c make',
  ],
  ['RUN --mount=type=secret,id=token make', 'RUN --mount=type=secret,id=token make'],
])('a cache of its own: %s', (text, own) => {
  expect(withOwnCaches(text, 'x')).toBe(own);
});

test.each<[text: string | undefined, bytes: number | undefined]>([
  ['11.79MiB', 11.79 * 2 ** 20],
  ['1.5GiB', 1.5 * 2 ** 30],
  ['12.5MB', 12.5e6],
  ['900kB', 900e3],
  ['512B', 512],
  ['--', undefined],
  [undefined, undefined],
])('memory as engines print it: %s', (text, bytes) => {
  expect(bytesOf(text)).toBe(bytes);
});

test('the median of an even number lies between', () => {
  expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, undefined]);
});

describe('an archive', () => {
  const deep = `${'a-long-folder-name/'.repeat(12)}file.txt`;
  test.each(['gnu', 'pax', 'ustar'])('of %s is read in pieces of any size', (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
    try {
      const long = format === 'ustar' ? 'a/file.txt' : deep;
      mkdirSync(join(folder, long, '..'), { recursive: true });
      writeFileSync(join(folder, long), 'found\n');
      writeFileSync(join(folder, 'big'), 'x'.repeat(5000));
      writeFileSync(join(folder, 'empty'), '');
      const archive = execFileSync('tar', ['--create', `--format=${format}`, '--directory', folder, '.']);
      for (const size of [archive.length, 512, 700, 13]) {
        const seen: string[] = [];
        let bytes = 0;
        const read = tarReader({
          entry: ({ path, size, folder }) => void (folder || seen.push(`${path} ${size}`)),
          wants: ({ path }) => path === long,
          content: (path, text) => void seen.push(`${path === long} ${text}`),
          part: (_, part) => {
            bytes += part.length;
          },
        });
        for (let at = 0; at < archive.length; at += size) read(archive.subarray(at, at + size));
        expect(seen.sort()).toEqual([`${long} 6`, 'big 5000', 'empty 0', 'true found\n'].sort());
        expect(bytes).toBe(5006);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the naive Dockerfile', { timeout: 60_000 }, () => {
  const naive = async (files: Files, given: Readonly<Record<string, string>> = {}) => {
    const project = await projectOf(files);
    const plan = await planned(project, 'slim' as TargetId, given, ['linux/amd64']);
    return `# ${sourceOf(plan, project)}\n${await naiveOf(plan, project)}`;
  };
  test('of Node.js', async () => {
    expect(
      await naive({
        'package.json': JSON.stringify({
          scripts: { start: 'node dist/server.js', build: 'tsc' },
          dependencies: { express: '5.1.0' },
          devDependencies: { typescript: '5.9.3' },
        }),
        'package-lock.json': JSON.stringify({ lockfileVersion: 3, packages: {} }),
        'tsconfig.json': JSON.stringify({ compilerOptions: { outDir: 'dist', rootDir: 'src' } }),
        'src/server.ts': "import express from 'express';\nexpress().listen(3000);\n",
        'test/server.ts': '',
      }),
    ).toMatchInlineSnapshot(`
      "# src/server.ts
      FROM node:26
      WORKDIR /usr/src/app
      COPY package.json package-lock.json ./
      RUN npm install
      COPY . .
      RUN npm run build
      ENV NODE_ENV=production
      EXPOSE 3000
      CMD ["npm", "start"]
      "
    `);
  });
  test('of Go', async () => {
    expect(
      await naive({
        'go.mod': 'module example.com/hello\n\ngo 1.26\n',
        'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
      }),
    ).toMatchInlineSnapshot(`
      "# main.go
      FROM golang:1.27
      WORKDIR /usr/src/app
      COPY . .
      RUN go build -o /out/hello .
      EXPOSE 8080
      CMD ["/out/hello"]
      "
    `);
  });
  test('of Python', async () => {
    expect(
      await naive({
        'requirements.txt': 'flask==3.1.2\ngunicorn==23.0.0\n',
        'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n',
      }),
    ).toMatchInlineSnapshot(`
      "# app.py
      FROM python:3.13
      WORKDIR /usr/src/app
      COPY requirements.txt ./
      RUN pip install --no-cache-dir --requirement requirements.txt
      COPY . .
      ENV PYTHONUNBUFFERED=1
      ENV HOME=/tmp
      EXPOSE 8000
      CMD ["gunicorn", "app:app", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm"]
      "
    `);
  });
  test('of Java', async () => {
    expect(
      await naive({
        'Main.java':
          'import com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\nclass Main { public static void main(String[] a) throws Exception { HttpServer.create(new InetSocketAddress(8000), 0).start(); } }\n',
      }),
    ).toMatchInlineSnapshot(`
      "# Main.java
      FROM eclipse-temurin:25-jdk
      WORKDIR /usr/src/app
      COPY . .
      RUN mkdir -p /classes /out/lib && find . -name '*.java' > /sources && javac -encoding UTF-8 -d /classes @/sources && jar cf /out/app.jar -C /classes .
      WORKDIR /out
      EXPOSE 8000
      CMD ["java", "-cp", "app.jar:lib/*", "Main"]
      "
    `);
  });
  test('of C', async () => {
    expect(
      await naive(
        {
          Makefile: 'server: server.c\n\t$(CC) -o $@ $<\n',
          'server.c': 'int main(void) { return 0; }\n',
        },
        { port: 'none' },
      ),
    ).toMatchInlineSnapshot(`
      "# server.c
      FROM gcc:14
      RUN apt-get update && apt-get install --yes make
      WORKDIR /src
      COPY . .
      RUN make CC=gcc server && install -D /src/server /usr/local/bin/server
      WORKDIR /app
      CMD ["/usr/local/bin/server"]
      "
    `);
  });
});
