import { describe, expect, test } from 'vitest';
import { held, judge } from '../../src/engine/judge.ts';
import type { Promised, Run, Trial } from '../../src/engine/trial.ts';
import { correctionsOf } from '../../src/engine/verify.ts';

const PROMISED: Promised = {
  port: 3000,
  health: '/healthz',
  init: false,
  folder: '/app',
  settings: { include: 'none', init: 'no', port: '3000' },
  volumes: [],
  system: 'debian',
  has: () => false,
};
const ALL = { port: 3000, address: '0.0.0.0', local: false };
/** A server as it should be. */
const RUN: Run = {
  log: 'listening on 3000',
  running: true,
  exitCode: undefined,
  outOfMemory: false,
  sockets: [ALL],
  health: 'healthy',
  checkLog: '',
  ready: 0.4,
  memory: '30MiB',
  stop: { seconds: 0.2, killed: false },
};
const IMAGE = { size: 1e8, layers: 5, user: '1000:1000', checked: true, folder: '/app', ports: [3000] };

function found(run: Partial<Run>, promised: Partial<Promised> = {}, image: Partial<typeof IMAGE> = {}) {
  const trial: Trial = {
    build: { ok: true, log: '', seconds: 1 },
    image: { ...IMAGE, ...image },
    run: { ...RUN, ...run },
  };
  return judge(trial, { ...PROMISED, ...promised }).map(({ id, correction: c, mild }) =>
    [id, c === undefined ? '' : ` --${c.key} ${c.value}`, mild ? ' (told)' : ''].join(''),
  );
}

const ENDED = {
  running: false,
  sockets: [],
  health: 'unhealthy',
  ready: undefined,
  stop: undefined,
  memory: undefined,
} as const;
const SILENT = { sockets: [], health: 'starting', ready: undefined } as const;

describe('what was seen, and what does not hold', () => {
  test.each<[string, Partial<Run>, Partial<Promised>, readonly string[]]>([
    ['all holds', {}, {}, []],
    ['it has no check, and listens', { health: 'none' }, {}, []],
    ['it listens for both families', { sockets: [ALL, { ...ALL, address: '[::]' }] }, {}, []],
    ['a second port for its operators', { sockets: [ALL, { ...ALL, port: 9090 }] }, {}, []],
    ['another port', { ...SILENT, sockets: [{ ...ALL, port: 7000 }] }, {}, ['port --port 7000']],
    [
      'one port in both families',
      {
        ...SILENT,
        sockets: [
          { ...ALL, port: 7000 },
          { ...ALL, port: 7000, address: '[::]' },
        ],
      },
      {},
      ['port --port 7000'],
    ],
    [
      'two other ports decide nothing',
      {
        ...SILENT,
        sockets: [
          { ...ALL, port: 7000 },
          { ...ALL, port: 7001 },
        ],
      },
      {},
      ['ports'],
    ],
    [
      'localhost',
      { ...SILENT, sockets: [{ port: 3000, address: '127.0.0.1', local: true }] },
      {},
      ['localhost'],
    ],
    [
      'localhost and another port',
      {
        ...SILENT,
        sockets: [
          { port: 9229, address: '127.0.0.1', local: true },
          { ...ALL, port: 7000 },
        ],
      },
      {},
      ['port --port 7000'],
    ],
    ['it listens on nothing', SILENT, {}, ['silent']],
    [
      'it waits for its database',
      { ...SILENT, log: 'Error: connect ECONNREFUSED 127.0.0.1:5432' },
      {},
      ['silent', 'service'],
    ],
    ['its check fails', { health: 'unhealthy', ready: undefined }, {}, ['health']],
    ['it crashes', { ...ENDED, exitCode: 1, log: 'TypeError: x is not a function' }, {}, ['crash']],
    ['it crashes for a variable', { ...ENDED, exitCode: 1, log: 'API_KEY is not set' }, {}, ['variable']],
    ['it ends at once', { ...ENDED, exitCode: 0, log: 'started' }, {}, ['background']],
    [
      'it ends with its usage',
      { ...ENDED, exitCode: 0, log: 'Usage: relay <upstream>' },
      {},
      ['arguments', 'background'],
    ],
    ['it is ended for its memory', { ...ENDED, exitCode: 137, outOfMemory: true }, {}, ['memory']],
    ['it ignores SIGTERM', { stop: { seconds: 10.2, killed: true } }, {}, ['signal --init yes']],
    [
      'it ignores SIGTERM under tini too',
      { stop: { seconds: 10.2, killed: true } },
      { init: true },
      ['signal'],
    ],
    ['it ends slowly', { stop: { seconds: 6, killed: false } }, {}, []],
    [
      'it complains of a folder, and serves',
      { log: "EROFS: read-only file system, mkdir '/app/cache'" },
      {},
      ['write --volume /app/cache (told)'],
    ],
    [
      'a program that is no server, and ends',
      { ...ENDED, exitCode: 0, health: 'none' },
      { port: undefined },
      [],
    ],
    ['a worker that stays', { sockets: [], health: 'none' }, { port: undefined }, []],
    ['a worker that listens', { health: 'none' }, { port: undefined }, ['port --port 3000']],
  ])('%s', (_, run, promised, ids) => expect(found(run, promised)).toEqual(ids));

  test('an image that runs as root', () => {
    expect([
      found({}, {}, { user: '' }),
      found({}, {}, { user: '0:0' }),
      found({}, {}, { user: 'root' }),
    ]).toEqual([['root'], ['root'], ['root']]);
  });
  test('a build that fails says its last line when no row knows it', () => {
    const build = { ok: false, seconds: 1, log: '#9 0.1 fatal: the moon is full\n#9 ERROR: exit code: 3\n' };
    expect(judge({ build }, PROMISED).map(({ text }) => text)).toEqual([
      'The build fails: fatal: the moon is full',
    ]);
  });
});

test('what is told only does not fail', () => {
  expect(held([{ id: 'write', text: '', mild: true }])).toBe(true);
  expect(held([{ id: 'port', text: '' }])).toBe(false);
  expect(held([])).toBe(true);
});

describe('corrections', () => {
  const of = (key: string, value: string) => ({ id: key, text: '', correction: { key, value, from: '' } });
  const typed = (list: ReturnType<typeof correctionsOf>) => list.map(({ key, value }) => `${key} ${value}`);
  test('one value for each setting, and all folders', () => {
    const findings = [of('port', '7000'), of('port', '7001'), of('volume', '/app/a'), of('volume', '/app/b')];
    expect(typed(correctionsOf(findings, []))).toEqual(['port 7000', 'volume /app/a', 'volume /app/b']);
  });
  test('nothing is tried twice, and no port after another', () => {
    const tried = [of('port', '7000').correction, of('volume', '/app/a').correction];
    expect(
      typed(correctionsOf([of('port', '7001'), of('volume', '/app/a'), of('include', 'x')], tried)),
    ).toEqual(['include x']);
  });
});
