import { describe, expect, test } from 'vitest';
import { signsIn } from '../../src/engine/signs.ts';
import type { Promised } from '../../src/engine/trial.ts';

const PROMISED: Promised = {
  port: 3000,
  health: '/',
  init: false,
  folder: '/app',
  settings: { include: 'none', init: 'no', packages: 'none' },
  volumes: [],
  system: 'debian',
  has: (path) => ['config', 'config/app.json', 'tools'].includes(path),
};
const NODE: Promised = { ...PROMISED, settings: { include: 'views', init: 'no' } };

/** The first sign of a log: what is said, and what is typed for it. */
function first(log: string, of: 'build' | 'run', promised = PROMISED): readonly (string | undefined)[] {
  const [sign] = signsIn(log, of, promised);
  if (sign === undefined) return [];
  const { correction: c } = sign;
  return [sign.id, sign.text, c === undefined ? sign.advice : `--${c.key} ${c.value}`];
}

describe('what a program says while it starts', () => {
  test.each([
    [
      'a program whose loader is not there',
      'exec /server: no such file or directory',
      [
        'loader',
        '/server cannot be started: it, its loader or its shell is not in the image.',
        'A program: link it statically (CGO_ENABLED=0), or take an image with its C library. A script: has its first line the line end of Windows?',
      ],
    ],
    [
      'an entrypoint that may not be executed',
      'docker: Error response from daemon: failed to create task for container: exec: "/app/entrypoint.sh": permission denied: unknown',
      ['executable', '/app/entrypoint.sh may not be executed.', 'Copy it with its rights: COPY --chmod=755.'],
    ],
    [
      'a program of another system, called from Python',
      "OSError: [Errno 8] Exec format error: '/app/tools/convert'",
      [
        'platform',
        'A program or library in the image is made for another processor or system.',
        'Was it copied from your machine? Let the build make it.',
      ],
    ],
    [
      'a library that Python loads by itself',
      'OSError: libuv.so.1: cannot open shared object file: No such file or directory',
      ['library', 'It loads libuv.so.1, which the image does not have.', '--packages /libuv1t64'],
    ],
    [
      'Node writes',
      "Error: EROFS: read-only file system, mkdir '/app/uploads'\n    at Object.mkdirSync",
      ['write', 'It cannot write /app/uploads: the image is read-only.', '--volume /app/uploads'],
    ],
    [
      'Node makes a folder on a file system that takes none',
      "Error: ENOENT: no such file or directory, mkdir '/app/data'",
      ['write', 'It cannot write /app/data: the image is read-only.', '--volume /app/data'],
    ],
    [
      'a file in a folder of its own',
      "EACCES: permission denied, open 'logs/app.log'",
      ['write', 'It cannot write /app/logs/app.log: the image is read-only.', '--volume /app/logs'],
    ],
    [
      'a file beside the program',
      "[Errno 30] Read-only file system: '/app/shop.db'",
      [
        'write',
        'It cannot write /app/shop.db: the image is read-only.',
        'Let a variable name another folder, and mount a volume there.',
      ],
    ],
    [
      'Go writes',
      '2026/11/27 10:00:00 mkdir data: read-only file system',
      ['write', 'It cannot write /app/data: the image is read-only.', '--volume /app/data'],
    ],
    [
      'C writes',
      'fopen: /app/state/queue.bin: Read-only file system',
      ['write', 'It cannot write /app/state/queue.bin: the image is read-only.', '--volume /app/state'],
    ],
    [
      'Java writes',
      'java.nio.file.FileSystemException: /app/storage: Read-only file system',
      ['write', 'It cannot write /app/storage: the image is read-only.', '--volume /app/storage'],
    ],
    [
      'a cache in the home folder',
      "EACCES: permission denied, mkdir '/home/node/.cache'",
      [
        'write',
        'It cannot write /home/node/.cache: the image is read-only.',
        'Let it write below /tmp: docker run --env HOME=/tmp.',
      ],
    ],
    [
      'a file of the project',
      "Error: ENOENT: no such file or directory, open '/app/config/app.json'",
      ['file', 'It looks for /app/config/app.json, which is not in the image.', '--include config/app.json'],
    ],
    [
      'a file that the project does not have',
      "FileNotFoundError: [Errno 2] No such file or directory: '/app/model.bin'",
      [
        'file',
        'It looks for /app/model.bin, which is not in the image.',
        'The project has no such file: is it made by a build, or mounted?',
      ],
    ],
    [
      'a file out of the project',
      'open ../../etc/shadow: no such file or directory',
      [
        'file',
        'It looks for /etc/shadow, which is not in the image.',
        'The project has no such file: is it made by a build, or mounted?',
      ],
    ],
    [
      'a library',
      './api: error while loading shared libraries: libpq.so.5: cannot open shared object file: No such file or directory',
      ['library', 'It loads libpq.so.5, which the image does not have.', '--packages /libpq5'],
    ],
    [
      'a program, in Go',
      'panic: exec: "ffmpeg": executable file not found in $PATH',
      ['tool', 'It calls ffmpeg, which the image does not have.', '--packages /ffmpeg'],
    ],
    [
      'a program, in Python',
      "FileNotFoundError: [Errno 2] No such file or directory: 'pdftotext'\n",
      ['tool', 'It calls pdftotext, which the image does not have.', '--packages /poppler-utils'],
    ],
    [
      'a module',
      "Error: Cannot find module 'left-pad'\nRequire stack:",
      [
        'module',
        'It loads left-pad, which is not in the image.',
        'Is it a dependency for development only, or a file that a build makes?',
      ],
    ],
    [
      'a variable, in Python',
      '  File "os.py", line 685, in __getitem__\nKeyError: \'DATABASE_URL\'',
      [
        'variable',
        'It needs DATABASE_URL.',
        'Pass it when the container starts: docker run --env DATABASE_URL=…',
      ],
    ],
    [
      'a variable, in a list of envalid',
      '\u001b[37m================================\u001b[0m\n \u001b[33mMissing\u001b[0m environment variables:\n    \u001b[34mJWT_SECRET\u001b[0m: undefined\n',
      [
        'variable',
        'It needs JWT_SECRET.',
        'Pass it when the container starts: docker run --env JWT_SECRET=…',
      ],
    ],
    [
      'a variable, in a list of zod',
      'ZodError: [\n  {\n    "expected": "string",\n    "code": "invalid_type",\n    "path": [\n      "MONGO_URL"\n    ],\n    "message": "Invalid input: expected string, received undefined"\n  }\n]',
      ['variable', 'It needs MONGO_URL.', 'Pass it when the container starts: docker run --env MONGO_URL=…'],
    ],
    [
      'a variable, in a list of pydantic',
      'pydantic_core._pydantic_core.ValidationError: 1 validation error for Settings\nsecret_key\n  Field required [type=missing, input_value={}, input_type=dict]',
      [
        'variable',
        'It needs SECRET_KEY.',
        'Pass it when the container starts: docker run --env SECRET_KEY=…',
      ],
    ],
    [
      'a variable, in words',
      'Error: Missing required environment variable: SESSION_SECRET',
      [
        'variable',
        'It needs SESSION_SECRET.',
        'Pass it when the container starts: docker run --env SESSION_SECRET=…',
      ],
    ],
    [
      'a variable, the other way around',
      'STRIPE_KEY is not set',
      [
        'variable',
        'It needs STRIPE_KEY.',
        'Pass it when the container starts: docker run --env STRIPE_KEY=…',
      ],
    ],
    [
      'a service',
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      [
        'service',
        'It needs another service: 127.0.0.1:5432 does not answer.',
        'Start it beside the container, and say where it is by a variable.',
      ],
    ],
    [
      'a processor',
      'exec /app/worker: exec format error',
      [
        'platform',
        'A program or library in the image is made for another processor or system.',
        'Was it copied from your machine? Let the build make it.',
      ],
    ],
    [
      'root',
      'nginx: [emerg] chown("/var/cache/nginx/client_temp", 101) failed (1: Operation not permitted)',
      [
        'root',
        'It wants to be root: to change owners, or to become another user.',
        'Let it run as the user that it is: the image gives it its own.',
      ],
    ],
    [
      'arguments',
      'usage: relay [-h] --upstream URL\nrelay: error: the following arguments are required: --upstream',
      ['arguments', 'It wants arguments.', 'Say them with --args "…".'],
    ],
    [
      'memory',
      'java.lang.OutOfMemoryError: Java heap space',
      ['memory', 'It runs out of memory.', 'Give the container more: docker run --memory 1g'],
    ],
    ['nothing of note', 'listening on 3000', []],
  ])('%s', (_, log, said) => expect(first(log, 'run')).toEqual(said));

  test('what is included already stays', () => {
    expect(first("ENOENT: no such file or directory, open '/app/config/app.json'", 'run', NODE).at(-1)).toBe(
      '--include views,config/app.json',
    );
  });
  test('where no flag takes packages, the package is named', () => {
    expect(first('Error: spawn ffmpeg ENOENT', 'run', NODE).at(-1)).toBe(
      'Install the package ffmpeg in stage runtime.',
    );
  });
});

describe('what a build says', () => {
  test.each([
    [
      'a secret that is a file of another machine',
      'ERROR: failed to build: failed to stat /root/.npmrc: stat /root/.npmrc: no such file or directory',
      [
        'secret',
        'The build needs the secret /root/.npmrc, which is not there.',
        'Is it a file of your machine that says who you are to a registry? Log in to it first.',
      ],
    ],
    [
      'an empty submodule, as BuildKit shows what CMake says in three lines',
      '#12 0.345 CMake Error at CMakeLists.txt:3 (add_subdirectory):\n#12 0.345   The source directory\n#12 0.345 \n#12 0.345     /src/third_party/http\n#12 0.345 \n#12 0.345   does not contain a CMakeLists.txt file.',
      [
        'submodule',
        'The build reads /src/third_party/http, which is empty or not there.',
        'Is it a submodule? git submodule update --init --recursive',
      ],
    ],
    [
      'a package without its lists',
      '#7 0.412 E: Unable to locate package libuv1-dev',
      [
        'package',
        'The package libuv1-dev is not in the lists of the distribution.',
        'Fetch them in the same RUN: apt-get update && apt-get install. Or is it called otherwise there?',
      ],
    ],
    [
      'a command',
      '#12 0.312 /bin/sh: 1: bison: not found',
      ['tool', 'The build calls bison, which is not there.', '--packages bison/'],
    ],
    [
      'a header',
      'src/db.c:3:10: fatal error: sqlite3.h: No such file or directory',
      [
        'library',
        'The build needs sqlite3.h of sqlite3, which is not there.',
        '--packages libsqlite3-dev/libsqlite3-0',
      ],
    ],
    [
      'a module of pkg-config',
      "Package 'libcurl', required by 'virtual:world', not found",
      [
        'library',
        'The build needs libcurl of libcurl, which is not there.',
        '--packages libcurl4-openssl-dev/libcurl4t64',
      ],
    ],
    [
      'a library to link to',
      '/usr/bin/ld: cannot find -lpq: No such file or directory',
      ['library', 'The build needs pq of libpq, which is not there.', '--packages libpq-dev/libpq5'],
    ],
    [
      'a lock file',
      'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.',
      [
        'lock',
        'The lock file does not fit the manifest.',
        'Install once on your machine, and commit the lock file.',
      ],
    ],
    [
      'a registry',
      'npm error code E401\nnpm error Unable to authenticate',
      [
        'registry',
        'A registry or repository wants to know who asks.',
        'Give its token as a build secret: docker build --secret id=…,env=…',
      ],
    ],
    [
      'the network',
      'npm error request to https://npm.example/left-pad failed, reason: getaddrinfo ENOTFOUND npm.example',
      [
        'network',
        'The build cannot reach npm.example.',
        'Is there a proxy? docker build --build-arg HTTPS_PROXY=…',
      ],
    ],
    [
      'a script',
      'npm error Missing script: "build"',
      ['script', 'package.json has no script build.', 'Say another with --build.'],
    ],
    [
      'a file that is not copied',
      'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref abc::def: "/dist": not found',
      [
        'context',
        'The Dockerfile copies /dist, which is not in the build context.',
        'Is it ignored by .dockerignore, or made by a build that ran on your machine?',
      ],
    ],
    [
      'a submodule',
      'CMake Error at CMakeLists.txt:9 (add_subdirectory):\n  The source directory\n\n    /src/third_party/json\n\n  does not contain a CMakeLists.txt file.'
        .replace(/\n\n +/g, ' ')
        .replace(/\n\n {2}/, ' '),
      [
        'submodule',
        'The build reads /src/third_party/json, which is empty or not there.',
        'Is it a submodule? git submodule update --init --recursive',
      ],
    ],
    [
      'types',
      "src/app.ts(14,3): error TS2322: Type 'string' is not assignable to type 'number'.",
      [
        'types',
        "src/app.ts:14 does not compile: Type 'string' is not assignable to type 'number'.",
        'Mend it, or say a build that does not check types with --build.',
      ],
    ],
  ])('%s', (_, log, said) => expect(first(log, 'build')).toEqual(said));

  test('packages that were given stay', () => {
    const given = { ...PROMISED, settings: { packages: 'flex/tini' } };
    expect(first('sh: bison: not found', 'build', given).at(-1)).toBe('--packages flex,bison/tini');
  });
});

test('a log as long as a book is read in no time', () => {
  const log = `${'a/'.repeat(100_000)}\n${'x: '.repeat(100_000)}\n${"'".repeat(50_000)}`.repeat(3);
  const begin = performance.now();
  signsIn(log, 'run', PROMISED);
  signsIn(log, 'build', PROMISED);
  expect(performance.now() - begin).toBeLessThan(2000);
});
