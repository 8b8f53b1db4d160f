// Builds, runs, probes and stops cases in whatever Docker engine is there.
//
//   node test/e2e/run.js [--all] [--standard] [--platform linux/arm64] [--jobs N] [--sizes] [case[/target]]…
//
// --sizes builds a naive image of each case too, one stage with everything in it, and prints both sizes, unpacked and as
// they travel.
// --standard has each case extend examples/standard, and looks for all that it says in the image.
// IMAGE_PROVIDER names a command that is called with a Dockerfile's path before it is built.
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, findEngine, HARDENED, inspect, provideImages, remove, tryOut } from '../../dist/engine.js';
import { tryStages } from './stages.js';
import { assertStandard, extendStandard, STANDARD_CASES } from './standard.js';

const CASES = new URL('../cases/', import.meta.url).pathname;
const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;
const TARGETS = ['alpine', 'slim', 'distroless', 'scratch'];
/** In place of a target: the stages beside the one that ships. */
const STAGES = 'stages';
const STOP_SECONDS = 2;
const READY_SECONDS = 60;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    platform: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    sizes: { type: 'boolean', default: false },
    standard: { type: 'boolean', default: false },
  },
});

/** A command's output. A failure throws what it said. */
function call(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 << 20, ...options }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else
        reject(
          new Error(`${program} ${args.slice(0, 3).join(' ')}: ${`${stdout}${stderr}`.trim().slice(-8000)}`),
        );
    });
  });
}
const docker = (...args) => call('docker', args);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function assert(condition, message) {
  if (!condition) throw new Error(message);
}

/** Waits until an attempt neither throws nor is undefined. */
async function until(attempt, seconds, what) {
  const end = Date.now() + seconds * 1000;
  let last;
  while (Date.now() < end) {
    try {
      const value = await attempt();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await sleep(100);
  }
  throw new Error(`${what} within ${seconds} s${last ? `: ${last.message}` : ''}`);
}

/** One case on one target, from its project to a stopped container. */
async function runCase({ id, target, about }) {
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  const name = `create-dockerfile-${id}-${target}-${process.pid}`;
  const platform = flags.platform === undefined ? [] : ['--platform', flags.platform];
  const service = join(folder, about.app ?? '.');
  const row = {};
  try {
    cpSync(join(CASES, id, 'app'), folder, { recursive: true });
    if (flags.standard) extendStandard(folder);
    await call(process.execPath, [
      BIN,
      service,
      '--yes',
      '--target',
      target === STAGES ? (about.stages.target ?? 'slim') : target,
      ...(target === STAGES ? ['--stages', about.stages.of.join(',')] : []),
      ...platform,
      ...(about.platforms ?? []).flatMap((each) => ['--platform', each]),
      ...(about.flags ?? []),
    ]);
    const dockerfile = join(service, 'Dockerfile');
    const context = ['--file', dockerfile, folder];
    await provide(dockerfile);
    const check = await docker('build', '--check', ...context);
    assert(/no warnings found/.test(check.stdout + check.stderr), `docker build --check: ${check.stdout}`);
    if (target === STAGES) {
      await tryStages({ about, folder, dockerfile, name, row }, { docker, request, until, assert });
      return { id, target, ...row };
    }
    Object.assign(process.env, about.secrets);
    const secrets = Object.keys(about.secrets ?? {}).map((key) => `id=${key},env=${key}`);
    const made = async () => {
      const built = await build(engine, {
        ...{ dockerfile, context: folder, tag: name, secrets, platform: flags.platform },
        line: () => undefined,
      });
      assert(built.ok, built.log.slice(-2500));
      // a warning to BuildKit, and a test of the wrong machine to us
      assert(!built.log.includes('InvalidBaseImagePlatform'), 'a base image is for another platform');
      return built;
    };
    row.build = secondsOf((await made()).seconds);
    const image = await inspect(engine, name);
    row.size = megabytes(image.size);
    if (flags.standard)
      await assertStandard({ id, name, service, dockerfile }, { call, docker, assert, bin: BIN });
    if (flags.sizes) await measure(id, about, name, platform, row);
    assert(/^[1-9]\d*:[1-9]\d*$/.test(image.user), `runs as ${image.user || 'root'}`);
    const history = (await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', name)).stdout;
    for (const value of Object.values(about.secrets ?? {}))
      assert(!history.includes(value), 'a secret is in the image');
    if (about.run === undefined) await runServer({ ...about, id }, name, row, image);
    else await runProgram(about, name, platform, row, image);
    // for a member of a workspace: a source of its own, then one of a member that it does not need
    for (const file of [about.edit ?? []].flat()) await editedBuild(folder, file, made, row);
    return { id, target, ...row };
  } catch (error) {
    return { id, target, ...row, error: error.message };
  } finally {
    await remove(engine, { name, image: name });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One at a time: a provider may build what the next one needs. */
let providing = Promise.resolve();
function provide(dockerfile) {
  providing = providing.catch(() => undefined).then(() => provideImages(dockerfile));
  return providing;
}

const secondsOf = (seconds) => `${seconds.toFixed(1)} s`;
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;

/** Bytes of the files of an image: what an engine says of its size differs with how it stores one. */
async function unpacked(name) {
  const id = (await docker('create', name, 'none')).stdout.trim();
  try {
    return Number((await call('sh', ['-c', 'docker export "$1" | wc -c', 'sh', id])).stdout);
  } finally {
    await docker('rm', '--force', id);
  }
}

/** Bytes of an image as it is pushed: its layers, gzipped. */
async function packed(name) {
  const { stdout } = await call('sh', ['-c', 'docker save "$1" | gzip -6 | wc -c', 'sh', name]);
  return Number(stdout);
}

/** What people write first: one stage, everything copied, everything installed, the package manager starts it. */
function naive(folder) {
  const from = /^FROM (?:--platform=\S+ )?(node:\d+|oven\/bun:\d+)/m.exec(
    readFileSync(join(folder, 'Dockerfile'), 'utf8'),
  )?.[1];
  const has = (file) => existsSync(join(folder, file));
  const { scripts = {}, packageManager } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const manager = has('pnpm-lock.yaml')
    ? ['npm install --global pnpm@10', 'pnpm']
    : has('bun.lock') || has('bun.lockb')
      ? ['npm install --global bun', 'bun']
      : /^yarn@[2-9]/.test(packageManager ?? '') || has('.yarnrc.yml')
        ? ['npm install --global --force @yarnpkg/cli-dist', 'yarn']
        : has('yarn.lock')
          ? ['npm install --global --force yarn@1', 'yarn']
          : [undefined, 'npm'];
  const [prepare, command] = manager;
  const build = ['build', 'docs:build'].find((script) => script in scripts);
  const lines = [
    `FROM ${from}`,
    'WORKDIR /app',
    'COPY . .',
    ...(prepare === undefined || from?.startsWith('oven') ? [] : [`RUN ${prepare}`]),
    `RUN ${command} install`,
    ...(build === undefined ? [] : [`RUN ${command} run ${build}`]),
    `CMD ["${command}", "start"]`,
  ];
  const file = join(folder, 'naive.Dockerfile');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const naives = new Map();

/** The sizes of an image beside those of a naive one of the same project, which is built once for all targets. */
async function measure(id, about, name, platform, row) {
  if (!naives.has(id)) naives.set(id, naiveSizes(id, about, platform));
  const other = await naives.get(id);
  const [size, zipped] = [await unpacked(name), await packed(name)];
  row.unpacked = megabytes(size);
  row.packed = megabytes(zipped);
  row.naive = megabytes(other.size);
  row['packed.'] = megabytes(other.packed);
  row.less = `${(100 * (1 - zipped / other.packed)).toFixed(1)} %`;
  shares.push({ size: 1 - size / other.size, packed: 1 - zipped / other.packed });
}
const shares = [];

async function naiveSizes(id, about, platform) {
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  const name = `create-dockerfile-naive-${id}-${process.pid}`;
  try {
    cpSync(join(CASES, id, 'app'), folder, { recursive: true });
    await call(process.execPath, [BIN, folder, '--yes', '--target', 'slim', ...(about.flags ?? [])]);
    const file = naive(folder);
    rmSync(join(folder, '.dockerignore'), { force: true });
    await provide(file);
    await docker('build', '--quiet', '--file', file, '--tag', name, ...platform, folder);
    return { size: await unpacked(name), packed: await packed(name) };
  } finally {
    await docker('image', 'rm', '--force', name).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

function request(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, timeout: 5000 }, async (response) => {
      let body = '';
      for await (const chunk of response.setEncoding('utf8')) body += chunk;
      resolve({ statusCode: response.statusCode, headers: response.headers, body });
    })
      .on('error', reject)
      .on('timeout', () => reject(new Error('no answer')));
  });
}

/** Runs it as it is meant to be run, with the probes of its case while it does. */
async function runServer(about, name, row, image) {
  const run = await tried(about, name, image, {
    port: about.port,
    environment: [
      ...Object.entries(about.env ?? {}).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      // a heap is a share of what the container has, which is little
      ...(about.id.startsWith('java-') ? ['--memory', '256m'] : []),
    ],
    volumes: about.volumes ?? [],
    probe: () => probed(about, name),
  });
  if (run.ready !== undefined) row.ready = secondsOf(run.ready);
  row.stop = secondsOf(run.stop.seconds);
}

async function tried(about, name, image, more) {
  const run = await tryOut(engine, {
    ...{ image: name, name, platform: flags.platform, wait: READY_SECONDS, helper: 'debian:trixie-slim' },
    ...{ port: undefined, environment: [], volumes: [], checked: image.checked },
    ...more,
  });
  // what it said last is why it ended
  assert(
    run.running && (run.ready !== undefined || !image.checked),
    `${run.health}\n${run.log.slice(-2500)}`,
  );
  // an emulator ends a program that has no handler for the signal with SIGKILL of its own, at once
  assert(!run.stop.killed || flags.platform !== undefined, 'it had to be killed');
  // an emulated processor is some ten times slower
  const most = about.stops ?? STOP_SECONDS;
  const limit = flags.platform === undefined ? most : 4 * most;
  assert(run.stop.seconds < limit, `docker stop took ${run.stop.seconds} s`);
  return run;
}

/** Each probe of a case: a path or a link of the first page, its status, text and headers. */
async function probed(about, name) {
  const address = (await docker('port', name, String(about.port))).stdout.trim().split('\n')[0];
  let page = '';
  const probe = async ({ path, link, status, text, headers = {} }) => {
    // a name that the build makes up is read from the first page
    const found = path ?? new RegExp(link).exec(page)?.[0]?.replace(/^\/?/, '/');
    assert(found !== undefined, `the page links to no ${link}: ${page.slice(0, 500)}`);
    const answer = await request(`http://${address}${found}`);
    page ||= answer.body;
    assert(
      [status].flat().includes(answer.statusCode),
      `${found} answers ${answer.statusCode}: ${answer.body.slice(0, 200)}`,
    );
    assert(answer.body.includes(text), `${found} answers ${answer.body.slice(0, 200)}`);
    for (const [header, value] of Object.entries(headers))
      assert(
        answer.headers[header]?.startsWith(value),
        `${found} answers with ${header}: ${answer.headers[header]}`,
      );
    return true;
  };
  const probes = [about.probe].flat();
  await until(() => probe(probes[0]), READY_SECONDS, 'no right answer');
  for (const next of probes.slice(1)) await probe(next);
}

async function runProgram(about, name, platform, row, image) {
  const { args, text, stays } = about.run;
  if (!stays) {
    const { stdout } = await docker('run', '--name', name, ...platform, ...HARDENED, name, ...args);
    assert(stdout.includes(text), `it says ${stdout.slice(0, 500)}`);
    return;
  }
  const says = async () => {
    const { stdout, stderr } = await docker('logs', name);
    return (stdout + stderr).includes(text) ? true : undefined;
  };
  const run = await tried(about, name, image, {
    args,
    probe: () => until(says, READY_SECONDS, `it does not say ${text}`),
  });
  row.stop = secondsOf(run.stop.seconds);
}

/**
 * A changed source must not install anything again. An engine with less free disk than it wants drops the layers of earlier
 * stages after each build, and what an edit repeats cannot be told from that: the rebuild is `unseen` then.
 */
async function editedBuild(folder, file, build, row) {
  let again = [];
  for (let attempt = 0; attempt === 0 || (attempt < 3 && again.length > 0); attempt++) {
    appendFileSync(join(folder, file), '\n');
    const { log, seconds } = await build();
    row.rebuild = secondsOf(seconds);
    again = installsRun(log);
  }
  if (again.length > 0 && (await isShortOfDisk())) row.rebuild = 'unseen';
  else assert(again.length === 0, `an edit of ${file} runs again: ${again[0]?.slice(0, 200)}`);
}

/** Whether the engine's own rule for free disk drops layers; an engine on another machine tells nothing. */
async function isShortOfDisk() {
  const { stdout } = await docker('buildx', 'inspect');
  const wanted = Number(/Min Free Space:\s*([\d.]+)GiB/.exec(stdout)?.[1] ?? 0) * 2 ** 30;
  const { bavail, bsize } = statfsSync('/');
  return bavail * bsize < wanted;
}

/** Steps that install something, or copy what was installed, and were not kept from the build before. */
function installsRun(log) {
  const copies = [
    ...log.matchAll(/^#(\d+) \[.*?\] (COPY .*--from=build \/out\/(?:lib|dependencies)\/ .*)$/gm),
  ]
    .filter(([, number]) => !log.includes(`#${number} CACHED`))
    .map(([, , command]) => command);
  const steps = [
    ...log.matchAll(/^#(\d+) \[(?:\S+ )?(?:deps|build|runtime|rootfs|jre) +\d+\/\d+\] RUN (.*)$/gm),
  ];
  const installed = steps.flatMap(([, number, command]) => {
    const installs =
      /(npm|pnpm|yarn|bun|yarn\.js) (ci|install|workspaces)|go .*mod download/.test(command) ||
      /apk add|apt-get|jlink --add-modules/.test(command) ||
      /\b(mvnw?|gradlew?)\b.* (dependency:(go-offline|resolve-plugins)|\S*:dependencies) ?/.test(command) ||
      // a project that is installed itself is, again; its packages are not
      (/\b(uv (sync|pip|export)|pip .*\binstall|poetry (sync|install)|pdm sync|pipenv install)\b/.test(
        command,
      ) &&
        !/type=bind,target=\.,rw/.test(command));
    return installs && !log.includes(`#${number} CACHED`) ? [command] : [];
  });
  return [...installed, ...copies];
}

function selected() {
  const all = readdirSync(CASES).flatMap((id) => {
    const about = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8'));
    const targets = TARGETS.filter((target) => !(about.refused ?? []).includes(target));
    const stages = about.stages === undefined ? [] : [STAGES];
    return [...targets, ...stages].map((target) => ({ id, target, about }));
  });
  if (positionals.length > 0)
    return all.filter(({ id, target }) => positionals.some((p) => p === id || p === `${id}/${target}`));
  if (flags.standard) return all.filter(({ id, target }) => STANDARD_CASES.includes(`${id}/${target}`));
  return flags.all
    ? all
    : all.filter(({ about, target }) =>
        target === STAGES ? about.stages.ci === true : about.ci.includes(target),
      );
}

const COLUMNS = [
  ['id', 30],
  ['target', 11],
  ['build', 9],
  ['size', 8],
  ['ready', 7],
  ['stop', 7],
  ['rebuild', 8],
  ...(flags.sizes
    ? [
        ['unpacked', 9],
        ['packed', 9],
        ['naive', 9],
        ['packed.', 9],
        ['less', 8],
      ]
    : []),
];
const line = (row) => COLUMNS.map(([key, width]) => String(row[key] ?? '').padEnd(width)).join('');

const engine = await findEngine(new AbortController().signal).catch((error) => {
  console.error(`There is nothing to test with: ${error.message}`);
  process.exit(1);
});
const open = selected();
assert(open.length > 0, 'no such case');
const failed = [];
let passed = 0;
console.log(line(Object.fromEntries(COLUMNS.map(([key]) => [key, key]))));
await Promise.all(
  Array.from({ length: Number(flags.jobs) }, async () => {
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      const row = await runCase(next);
      console.log(`${line(row)}${row.error === undefined ? 'ok' : 'FAILED'}`);
      if (row.error === undefined) passed++;
      else failed.push(row);
    }
  }),
);
for (const { id, target, error } of failed) console.log(`\n${id}/${target}\n${error}`);
if (shares.length > 0) {
  const median = (key) => {
    const sorted = shares.map((share) => share[key]).sort((a, b) => a - b);
    return (100 * ((sorted.at((sorted.length - 1) >> 1) + sorted.at(sorted.length >> 1)) / 2)).toFixed(1);
  };
  console.log(`\nin the median ${median('size')} % smaller than naive, ${median('packed')} % as it travels`);
}
console.log(`\n${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
