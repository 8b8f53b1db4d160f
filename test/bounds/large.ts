import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Files } from '../planned.ts';
import {
  autotools,
  cmake,
  go,
  gradle,
  JAVA_SERVER,
  make,
  maven,
  meson,
  node,
  python,
  type Row,
  times,
} from './tiny.ts';

const MANY = 100_000;
const FILES = 310_000;

/** A file of so many bytes that takes no room on the disk. */
const sparse =
  (path: string, bytes = 2 * 1024 ** 3) =>
  (folder: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const file = openSync(join(folder, path), 'w');
    ftruncateSync(file, bytes);
    closeSync(file);
  };

/** So many files in folders of 1,000. */
const filled =
  (count: number, name: (at: number) => string, text: (at: number) => string) => (folder: string) => {
    for (let at = 0; at < count; at++) {
      const inner = join(folder, `d${Math.floor(at / 1000)}`);
      if (at % 1000 === 0) mkdirSync(inner, { recursive: true });
      writeFileSync(join(inner, name(at)), text(at));
    }
  };

/** The smallest project of each kind, and the files that describe it. */
const KINDS: readonly (readonly [kind: string, files: Files, described: readonly string[]])[] = [
  [
    'Node',
    node(),
    ['package.json', '.npmrc', 'package-lock.json', '.dockerignore', 'server.js', '.env.example'],
  ],
  [
    'pnpm',
    node({}, { 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" }),
    ['pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  ],
  ['Yarn', node({}, { 'yarn.lock': '# yarn lockfile v1\n' }), ['yarn.lock', '.yarnrc', '.yarnrc.yml']],
  ['Bun', node({}, { 'bun.lock': '{"lockfileVersion":1,"packages":{}}' }), ['bun.lock', 'bunfig.toml']],
  [
    'TypeScript',
    node({ scripts: { build: 'tsc', start: 'node dist/a.js' } }, { 'src/a.ts': '' }),
    ['tsconfig.json'],
  ],
  ['Go', go(), ['go.mod', 'go.sum', 'go.work', 'main.go', 'vendor/modules.txt']],
  ['CMake', cmake(''), ['CMakeLists.txt', 'CMakePresets.json', 'main.c']],
  ['make', make(''), ['Makefile']],
  ['Meson', meson(''), ['meson.build', 'meson_options.txt']],
  ['autoconf', autotools(''), ['configure.ac', 'Makefile.am', 'configure']],
  ['pip', python(), ['requirements.txt', 'app.py', 'setup.py', 'setup.cfg', 'Pipfile', 'Pipfile.lock']],
  [
    'pyproject',
    python({ 'pyproject.toml': '[project]\nname = "x"\n' }),
    ['pyproject.toml', 'uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'],
  ],
  [
    'Maven',
    maven(''),
    [
      'pom.xml',
      '.mvn/maven.config',
      'src/main/resources/application.properties',
      'src/main/resources/application.yml',
    ],
  ],
  [
    'Gradle',
    gradle(''),
    ['build.gradle', 'settings.gradle', 'gradle.properties', 'gradle/libs.versions.toml'],
  ],
];

const SOURCES: readonly (readonly [kind: string, files: Files, extension: string, text: string])[] = [
  ['Node', node(), 'js', 'exports.a = 1;\n'],
  ['Go', go(), 'go', 'package x\n'],
  ['C', cmake(''), 'c', 'int f;\n'],
  ['C without a build system', { 'main.c': cmake('')['main.c'] ?? '' }, 'c', 'int f;\n'],
  ['Python', python(), 'py', 'import os\n'],
  ['Maven', maven(''), 'java', 'class A {}\n'],
  ['Gradle', gradle(''), 'java', 'class A {}\n'],
  ['a single Java file', { 'Main.java': JAVA_SERVER }, 'java', 'class A {}\n'],
];

/** What no person wrote: too many files, too many bytes, the same sign 30 million times, 100,000 of anything that is counted. */
export const LARGE: readonly Row[] = [
  ...SOURCES.map(([kind, files, extension, text]) => ({
    name: `${kind}: ${FILES} files`,
    files,
    make: filled(
      FILES,
      (at) => `f${at}.${extension}`,
      () => text,
    ),
  })),
  {
    name: `Node: ${FILES} files of nothing in particular`,
    files: node(),
    make: filled(
      FILES,
      (at) => `f${at}`,
      () => '',
    ),
  },
  ...KINDS.flatMap(([kind, files, described]) =>
    described.map((path) => ({ name: `${kind}: 2 GiB in ${path}`, files, make: sparse(path) })),
  ),
  ...KINDS.flatMap(([kind, files, described]) =>
    described.flatMap((path) =>
      [' ', '\n', '[', '(', '{', '"', 'a', '<a>', '#'].map((sign) => ({
        name: `${kind}: 30 MB of ${JSON.stringify(sign)} in ${path}`,
        files,
        make: (folder: string) => {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), sign.repeat(Math.floor(30_000_000 / sign.length)));
        },
      })),
    ),
  ),
  ...KINDS.flatMap(([kind, files, described]) =>
    described.flatMap((path) =>
      [' ', '[', '('].map((sign) => ({
        name: `${kind}: 1 MB of ${JSON.stringify(sign)} behind what ${path} holds`,
        files: { ...files, [path]: `${files[path] ?? ''}${sign.repeat(1_000_000)}` },
      })),
    ),
  ),
  {
    name: `Node: ${MANY} scripts`,
    files: node({
      scripts: {
        start: 'node server.js',
        ...Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`s${n}`, `npm run s${n + 1}`])),
      },
    }),
  },
  {
    name: `Node: ${MANY} dependencies`,
    files: node({ dependencies: Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`d${n}`, '1'])) }),
  },
  {
    name: `Node: ${MANY} dependencies with a lock`,
    files: node(
      { dependencies: Object.fromEntries(Array.from({ length: MANY }, (_, n) => [`d${n}`, '1'])) },
      {
        'package-lock.json': JSON.stringify({
          lockfileVersion: 3,
          packages: Object.fromEntries(
            Array.from({ length: MANY }, (_, n) => [`node_modules/d${n}`, { version: '1.0.0' }]),
          ),
        }),
      },
    ),
  },
  {
    name: `Node: ${MANY} workspaces`,
    files: node({ workspaces: Array.from({ length: MANY }, (_, n) => `p${n}`) }),
  },
  {
    name: `${MANY} lines of a .dockerignore`,
    files: node({}, { '.dockerignore': times(MANY, (n) => `a${n}/*.log\n`) }),
  },
  {
    name: `${MANY} lines of a .dockerignore that let in`,
    files: node({}, { '.dockerignore': `*\n${times(MANY, (n) => `!a${n}/*.js\n`)}` }),
  },
  {
    name: `${MANY} lines of a .gitignore`,
    files: node({}, { '.gitignore': times(MANY, (n) => `a${n}/*.log\n`) }),
  },
  { name: `CMake: ${MANY} targets`, files: cmake(times(MANY, (n) => `add_executable(t${n} main.c)\n`)) },
  {
    name: `CMake: ${MANY} libraries`,
    files: cmake(times(MANY, (n) => `add_library(l${n} main.c)\ntarget_link_libraries(l${n} l${n + 1})\n`)),
  },
  { name: `CMake: ${MANY} packages`, files: cmake(times(MANY, (n) => `find_package(P${n} REQUIRED)\n`)) },
  { name: `CMake: ${MANY} variables`, files: cmake(times(MANY, (n) => `set(V${n} "\${V${n - 1}}")\n`)) },
  {
    name: `make: ${MANY} targets`,
    files: make(times(MANY, (n) => `t${n}: main.c t${n + 1}\n\tcc -o $@ main.c\n`)),
  },
  { name: `make: ${MANY} variables`, files: make(times(MANY, (n) => `V${n} = $(V${n + 1})\n`)) },
  { name: `Meson: ${MANY} executables`, files: meson(times(MANY, (n) => `executable('t${n}', 'main.c')\n`)) },
  { name: `Meson: ${MANY} dependencies`, files: meson(times(MANY, (n) => `d${n} = dependency('d${n}')\n`)) },
  { name: `autoconf: ${MANY} checks`, files: autotools(times(MANY, (n) => `AC_CHECK_LIB([l${n}], [f])\n`)) },
  {
    name: `autoconf: ${MANY} programs`,
    files: autotools('', { 'Makefile.am': `bin_PROGRAMS = ${times(MANY, (n) => `p${n} `)}\n` }),
  },
  {
    name: `Go: ${MANY} requirements`,
    files: go({
      'go.mod': `module example.com/x\n\ngo 1.26\n\nrequire (\n${times(MANY, (n) => `\texample.com/m${n} v1.0.0\n`)})\n`,
      'go.sum': times(MANY, (n) => `example.com/m${n} v1.0.0/go.mod h1:x\n`),
    }),
  },
  {
    name: `Go: ${MANY} imports`,
    files: go({
      'a.go': `package main\n\nimport (\n${times(MANY, (n) => `\t_ "example.com/x/p${n}"\n`)})\n`,
    }),
  },
  {
    name: `Go: ${MANY} modules of a workspace`,
    files: go({ 'go.work': `go 1.26\n\nuse (\n\t.\n${times(MANY, (n) => `\t./m${n}\n`)})\n` }),
  },
  {
    name: `Python: ${MANY} requirements`,
    files: python({ 'requirements.txt': times(MANY, (n) => `p${n}==1.0\n`) }),
  },
  {
    name: `Python: ${MANY} scripts`,
    files: python({
      'pyproject.toml': `[project]\nname = "x"\n[project.scripts]\n${times(MANY, (n) => `s${n} = "app:f"\n`)}`,
    }),
  },
  {
    name: `Python: ${MANY} packages of a lock`,
    files: python({
      'pyproject.toml': '[project]\nname = "x"\ndependencies = ["p0"]\n',
      'uv.lock': `version = 1\n${times(MANY, (n) => `\n[[package]]\nname = "p${n}"\nversion = "1"\ndependencies = [{ name = "p${n + 1}" }]\n`)}`,
    }),
  },
  {
    name: `Maven: ${MANY} dependencies`,
    files: maven(
      `<dependencies>${times(MANY, (n) => `<dependency><groupId>g</groupId><artifactId>a${n}</artifactId><version>1</version></dependency>`)}</dependencies>`,
    ),
  },
  {
    name: `Maven: ${MANY} modules`,
    files: maven(
      `<packaging>pom</packaging><modules>${times(MANY, (n) => `<module>m${n}</module>`)}</modules>`,
    ),
  },
  {
    name: `Maven: ${MANY} properties`,
    files: maven(`<properties>${times(MANY, (n) => `<p${n}>\${p${n + 1}}</p${n}>`)}</properties>`),
  },
  {
    name: `Gradle: ${MANY} dependencies`,
    files: gradle(`dependencies {\n${times(MANY, (n) => `implementation 'g:a${n}:1'\n`)}}\n`),
  },
  {
    name: `Gradle: ${MANY} projects`,
    files: gradle('', { 'settings.gradle': times(MANY, (n) => `include 'p${n}'\n`) }),
  },
  {
    name: `Java: ${MANY} settings`,
    files: maven('', {
      'src/main/resources/application.properties': times(MANY, (n) => `a.b${n}=\${a.b${n + 1}}\n`),
    }),
  },
];
