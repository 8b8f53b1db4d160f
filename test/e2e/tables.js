// What images of Python and Java take: their sizes beside the official images with the same program, the time to the first
// answer, and the memory at rest.
//
//   node test/e2e/tables.js [python|java [case]]
//
// Every container runs on a read-only root, without capabilities, as a numeric user. IMAGE_PROVIDER as in run.js.
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provideImages } from '../../dist/engine.js';

const CASES = new URL('../cases/', import.meta.url).pathname;
const BIN = new URL('../../dist/bin.js', import.meta.url).pathname;
const RUNS = 5;
const HARDENED = '--read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges'.split(' ');

const call = (program, args) =>
  new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trim());
      else reject(new Error(`${program} ${args.join(' ')}: ${`${stdout}${stderr}`.trim().slice(-1500)}`));
    });
  });
const docker = (...args) => call('docker', args);
const shell = (script, ...args) => call('sh', ['-c', script, 'sh', ...args]);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const median = (all) => [...all].sort((a, b) => a - b)[all.length >> 1];
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const percent = (share) => `${(100 * share).toFixed(0)} %`;

/**
 * Bytes of the files of an image, or of those below a path. Symbols of machine code do not count: a JDK of Debian has them
 * beside it, one of Temurin has not.
 */
async function unpacked(image, path = '') {
  const id = await docker('create', image, 'none');
  const sum = `index($6, below) == 1 && $6 !~ /[.]debuginfo$/ { bytes += $3 } END { printf "%d", bytes }`;
  try {
    return Number(await shell('docker export "$1" | tar -tv | awk -v below="$2" "$3"', id, path, sum));
  } finally {
    await docker('rm', '--force', id);
  }
}

const answers = (url) =>
  new Promise((resolve) => {
    get(url, { agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode < 500);
    })
      .on('error', () => resolve(false))
      .on('timeout', () => resolve(false));
  });

/** Milliseconds of a processor that a container has had, where Linux says them: what else runs here does not change them. */
function spent(id) {
  const root = '/sys/fs/cgroup';
  const file = [`docker/${id}`, `system.slice/docker-${id}.scope`, `unified/docker/${id}`]
    .map((path) => join(root, path, 'cpu.stat'))
    .find(existsSync);
  const microseconds = file && /^usage_usec (\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  return microseconds === undefined ? undefined : Math.round(Number(microseconds) / 1000);
}

/** Milliseconds from `docker run` to the first answer, and bytes of memory a few seconds later. */
async function started(image, port, path, more) {
  const begin = Date.now();
  const id = await docker('run', '--detach', ...HARDENED, ...more, '--publish', `127.0.0.1::${port}`, image);
  try {
    const address = (await docker('port', id, String(port))).split('\n')[0];
    while (!(await answers(`http://${address}${path}`))) {
      if (Date.now() - begin > 120_000)
        throw new Error(`${image}: ${await docker('logs', '--tail', '20', id)}`);
      await sleep(10);
    }
    const ready = Date.now() - begin;
    const processor = spent(id);
    await sleep(3000);
    const used = await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', id);
    return { ready, processor, memory: used.split(' / ')[0] };
  } finally {
    await docker('rm', '--force', id);
  }
}

/** The flags of a case, but for those that are said otherwise. */
const merged = (own, said) => [
  ...own.filter((_, index) => !said.includes(own[index - (index % 2)])),
  ...said,
];

/** A case as an image: by our Dockerfile, to which stages may be added that take another one's place. */
async function made(id, { target, flags = [], stage = '' }) {
  const about = JSON.parse(readFileSync(join(CASES, id, 'case.json'), 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'create-dockerfile-'));
  try {
    cpSync(join(CASES, id, 'app'), folder, { recursive: true });
    await call(process.execPath, [
      BIN,
      folder,
      '--yes',
      '--target',
      target,
      ...merged(about.flags ?? [], flags),
    ]);
    const file = join(folder, 'Dockerfile');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `${text}\n${typeof stage === 'string' ? stage : stage(text)}\n`);
    await provideImages(file);
    const name = `tables-${id}-${Math.random().toString(36).slice(2, 8)}`;
    await docker('build', '--quiet', '--tag', name, folder);
    const probe = [about.probe].flat()[0];
    const more = [
      ...Object.entries(about.env ?? {}).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
      ...(about.volumes ?? []).flatMap((path) => ['--volume', path]),
      ...(id.startsWith('java-') ? ['--memory', '256m'] : []),
    ];
    return { name, port: about.port, path: probe.path ?? '/', more };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function row(title, id, how, { runs = RUNS, inside } = {}) {
  const { name, port, path, more } = await made(id, how);
  try {
    const size = await unpacked(name);
    const part = inside === undefined ? undefined : await unpacked(name, inside);
    const all = [];
    for (let run = 0; run < runs; run++) all.push(await started(name, port, path, more));
    const ready = runs === 0 ? undefined : median(all.map((one) => one.ready));
    const processor = runs === 0 ? undefined : median(all.map((one) => one.processor ?? 0));
    return { title, size, part, ready, processor, memory: all.at(-1)?.memory };
  } finally {
    await docker('image', 'rm', '--force', name);
  }
}

function print(about, rows) {
  const [first] = rows;
  console.log(`\n${about}`);
  console.log(
    `${'image'.padEnd(46)}${'size'.padEnd(11)}${'less'.padEnd(7)}${'start'.padEnd(10)}${'processor'.padEnd(11)}memory`,
  );
  for (const { title, size, part, ready, processor, memory } of rows) {
    const less = size === first.size ? '' : percent(1 - size / first.size);
    const runtime = part === undefined ? '' : `  (its runtime ${megabytes(part)})`;
    console.log(
      `${title.padEnd(46)}${megabytes(size).padEnd(11)}${less.padEnd(7)}${(ready === undefined ? '' : `${ready} ms`).padEnd(10)}${(processor ? `${processor} ms` : '').padEnd(11)}${memory ?? ''}${runtime}`,
    );
  }
}

const imageOf = (text, stage) =>
  new RegExp(`^FROM (?:--platform=\\S+ )?(\\S+) AS ${stage}`, 'm').exec(text)?.[1];

/** What the last stage says of how it starts. */
const saidAtLast = (text, words) =>
  text
    .slice(text.indexOf('AS runtime'))
    .split('\n')
    .filter((line) => words.test(line));

/** The environment and the sources on the image that they were made in; the last stage says how it starts. */
const besideSlim = (text) =>
  [
    `FROM ${imageOf(text, 'build')}`,
    ...saidAtLast(text, /^(?:WORKDIR|ENV|EXPOSE|ENTRYPOINT|CMD|USER|\s+\w+=)/),
    'COPY --from=build /opt/venv /opt/venv',
    'COPY --from=build /app /app',
  ].join('\n');

/** The image without what was compiled in the build. */
const bare = (text) => {
  const user = /^USER (\S+)/m.exec(text)?.[1];
  return `FROM runtime\nUSER 0\nRUN find /opt/venv /app /usr/local/lib -name __pycache__ -prune -exec rm -r {} +\nUSER ${user}`;
};

async function python(part) {
  for (const [what, id] of [
    ['FastAPI', 'python-uv-fastapi'],
    ['Django', 'python-poetry-django'],
  ].filter(([, one]) => one.includes(part)))
    print(`${what} (${id})`, [
      await row(
        'python:slim with the same environment',
        id,
        { target: 'slim', stage: besideSlim },
        { runs: 0 },
      ),
      await row('slim', id, { target: 'slim' }),
      await row('slim, without bytecode', id, { target: 'slim', stage: bare }),
      await row('distroless', id, { target: 'distroless' }),
      await row('scratch', id, { target: 'scratch' }),
    ]);
}

/** The archive that the build made, on an official image. */
const onImage = (kind) => (text) => {
  const build = imageOf(text, 'build') ?? '';
  const version = /(\d+)(?:-jdk|$|-alpine)/.exec(build)?.[1];
  return [
    `FROM eclipse-temurin:${version}-${kind}`,
    'WORKDIR /app',
    ...saidAtLast(text, /^(?:ENV|EXPOSE|USER|\s+\w+=)/),
    'COPY --from=build /src/target/*.jar ./app.jar',
    'ENTRYPOINT ["java", "-jar", "app.jar"]',
  ].join('\n');
};

const SMALL = ['--startup', 'small'];

async function java(part) {
  for (const id of ['java-maven-boot4', 'java-maven-boot3'].filter((one) => one.includes(part)))
    print(`Spring Boot (${id})`, [
      await row('temurin jdk with the fat jar', id, { target: 'slim', flags: SMALL, stage: onImage('jdk') }),
      await row(
        'temurin jre with the fat jar',
        id,
        { target: 'slim', flags: SMALL, stage: onImage('jre') },
        { runs: 0 },
      ),
      await row('slim', id, { target: 'slim', flags: SMALL }),
      await row('slim, --startup fast', id, { target: 'slim', flags: ['--startup', 'fast'] }),
      await row('scratch, jlink', id, { target: 'scratch', flags: SMALL }, { inside: 'opt/jre' }),
    ]);
}

const [only, part = ''] = process.argv.slice(2);
if (only !== 'java') await python(part);
if (only !== 'python') await java(part);
