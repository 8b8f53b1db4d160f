import { describe, expect, test } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { failedIn } from '../../src/engine/trace.ts';
import type { Promised, Run, Traced } from '../../src/engine/trial.ts';

/** As strace 6.13 said it of a server of Node.js beside runc. */
const LOG = `7<runc:[2:INIT]> mount("/proc/scsi", "/proc/scsi", 0x2a116a6f79b, MS_BIND|MS_REC, NULL) = -1 ENOENT (No such file or directory)
7<runc:[2:INIT]> openat(AT_FDCWD</var/lib/docker/rootfs/x>, "dev/ptmx", O_RDWR|O_CREAT) = -1 EACCES (Permission denied)
7<node> access("/etc/ld.so.preload", R_OK)      = -1 ENOENT (No such file or directory)
7<node> openat(AT_FDCWD</app>, "/etc/ssl/openssl.cnf", O_RDONLY) = -1 ENOENT (No such file or directory)
7<node> mkdir("/srv/visitors", 0777) = -1 EROFS (Read-only file system)
7<node> openat(AT_FDCWD</app>, "data/count.txt", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = -1 EROFS (Read-only file system)
9<node> openat(AT_FDCWD</app>, "data/other.txt", O_WRONLY|O_CREAT, 0666) = -1 EROFS (Read-only file system)
9<node> openat(7</app/views>, "index.html", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)
9<node> openat(AT_FDCWD</app>, ".env", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)
9<node> openat(AT_FDCWD</app>, "/etc/secret \\"x\\"", O_RDONLY) = -1 EACCES (Permission denied)
9<node> readlink("/usr", 0x7ffd, 1023)           = -1 EINVAL (Invalid argument)
9<node> openat(AT_FDCWD</app>, "/app/__pycache__/a.pyc", O_WRONLY|O_CREAT, 0666) = -1 EROFS (Read-only file system)
9<node> +++ exited with 0 +++
`;

const PROMISED: Promised = {
  port: 3000,
  health: '/',
  init: false,
  folder: '/app',
  settings: { include: 'none' },
  volumes: [],
  system: 'debian',
  has: (path) => ['views/index.html', '.env'].includes(path),
};
const RUN: Run = {
  log: '',
  running: true,
  exitCode: undefined,
  outOfMemory: false,
  sockets: [{ port: 3000, address: '0.0.0.0', local: false }],
  health: 'healthy',
  checkLog: '',
  ready: 1,
  memory: undefined,
  stop: { seconds: 0.1, killed: false },
};

function found(run: Partial<Run>, traced: Traced = { calls: failedIn(LOG) }) {
  const image = { size: 1, layers: 1, user: '1:1', checked: true, folder: '/app', ports: [3000] };
  const build = { ok: true, log: '', seconds: 1 };
  return judge({ build, image, run: { ...RUN, ...run }, traced }, PROMISED).map(
    ({ id, mild, correction }) =>
      `${id}${mild ? ' (told)' : ''}${correction === undefined ? '' : ` --${correction.key} ${correction.value}`}`,
  );
}

describe('what a tracer saw', () => {
  test('is of the program alone, with whole paths, and once', () => {
    expect(
      failedIn(LOG + LOG).map(({ path, error, writes }) => `${error} ${path}${writes ? ' w' : ''}`),
    ).toEqual([
      'EROFS /srv/visitors w',
      'EROFS /app/data/count.txt w',
      'EROFS /app/data/other.txt w',
      'ENOENT /app/views/index.html',
      'ENOENT /app/.env',
      'EACCES /etc/secret \\',
    ]);
  });
  test('of a program that works, writes are told, and each folder is one volume', () => {
    expect(found({})).toEqual([
      'write (told) --volume /srv/visitors',
      'write (told) --volume /app/data',
      'read (told)',
    ]);
  });
  test('of one that does not, a file of the project is the cause; what its owner keeps to himself is none', () => {
    expect(found({ running: false, exitCode: 1, ready: undefined, health: 'none', stop: undefined })).toEqual(
      [
        'crash',
        'write --volume /srv/visitors',
        'write --volume /app/data',
        'file --include views/index.html',
        'read',
      ],
    );
  });
  test('what the log says is not said twice', () => {
    const log = "Error: EROFS: read-only file system, mkdir '/srv/visitors'";
    expect(found({ log }).filter((one) => one.includes('/srv/visitors'))).toHaveLength(1);
  });
  test('nothing is made up where nothing was followed', () => {
    expect(found({}, { because: 'ptrace(PTRACE_SEIZE, 7): Operation not permitted' })).toEqual([]);
  });
  test('a long line is read in a moment', () => {
    const begin = performance.now();
    failedIn(`7<a> open(${'"<'.repeat(500_000)} = -1 EROFS (x)\n${'7<a> open('.repeat(200_000)}`);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
