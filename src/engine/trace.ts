import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { HARMLESS, RUNTIMES, TRACER } from '../catalog/tracer.ts';
import { build, remove, type Start, tryOut } from './container.ts';
import { type Engine, provideImages } from './engine.ts';
import type { Failed, Run, Traced } from './trial.ts';

/** Calls that change something, by their names; `open` does where its flags say so. */
const WRITES =
  /^(?:mkdir|mknod|unlink|rename|rmdir|link|symlink|truncate|creat|chmod|fchmod|chown|lchown|fchown|utime)/;
const OPENS_TO_WRITE = /\bO_(?:WRONLY|RDWR|CREAT)\b/;
/** So many different ones are kept. */
const MOST = 200;

/** Runs it once more, with a tracer beside it. The container itself gets no right more than without. */
export async function traced(engine: Engine, to: Start): Promise<Traced> {
  const folder = await mkdtemp(join(tmpdir(), 'create-dockerfile-'));
  const tracer = { name: `${to.name}-tracer`, image: `${TRACER.image}-${to.name}` };
  const dockerfile = join(folder, 'Dockerfile');
  const name = `${to.name}-traced`;
  try {
    await writeFile(dockerfile, TRACER.dockerfile);
    await provideImages(dockerfile);
    const nothing = { platform: undefined, secrets: [], line: () => undefined };
    const made = await build(engine, { dockerfile, context: folder, tag: tracer.image, ...nothing });
    if (!made.ok) return { because: `its tracer cannot be built: ${lastOf(made.log)}` };
    const rights = ['--cap-drop', 'ALL', '--cap-add', 'SYS_PTRACE', '--network', 'none'];
    const began = await engine.call(['run', '--detach', '--name', tracer.name, ...rights, tracer.image]);
    if (!began.ok) return { because: lastOf(began.err) };
    const run = await tryOut(engine, { ...to, name, processes: tracer.name });
    const { out, err } = await engine.call(['logs', tracer.name]);
    return followed(`${out}\n${err}`, run);
  } finally {
    await engine.call(['rm', '--force', '--volumes', name], { always: true });
    await remove(engine, tracer);
    await rm(folder, { recursive: true, force: true });
  }
}

function followed(log: string, run: Run): Traced {
  const refused = /^(?:\/\S{0,100})?strace: ([^\n]{1,300})/m.exec(log)?.[1];
  const calls = failedIn(log);
  if (calls.length > 0 || (refused === undefined && run.exitCode !== 125)) return { calls };
  return { because: refused ?? lastOf(run.log) };
}

function lastOf(log: string): string {
  return log.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
}

/** The calls that failed, each once. */
export function failedIn(log: string): readonly Failed[] {
  const found = new Map<string, Failed>();
  for (const line of log.split('\n')) {
    const one = failedAt(line.slice(0, 2000));
    if (one === undefined || HARMLESS.some(([path]) => path.test(one.path))) continue;
    const key = `${one.writes} ${one.error} ${one.path}`;
    if (found.size < MOST && !found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}

/** `7<node> openat(AT_FDCWD</app>, "log", O_WRONLY|O_CREAT, 0666) = -1 EROFS (Read-only file system)` */
function failedAt(line: string): Failed | undefined {
  const end = line.lastIndexOf(' = -1 E');
  if (end < 0) return undefined;
  const [, program = '', call = '', folder = '/'] =
    /^\d+<([^>]{0,20})> (\w+)\((?:[\w-]{1,20}<([^>"]*)>, )?/.exec(line) ?? [];
  const [, error = ''] = /^ = -1 (E(?:ROFS|ACCES|PERM|NOENT)) /.exec(line.slice(end)) ?? [];
  const [, path = ''] = /"([^"]*)"/.exec(line.slice(0, end)) ?? [];
  if (RUNTIMES.test(program) || call === '' || error === '' || path === '') return undefined;
  const writes = WRITES.test(call) || (call.startsWith('open') && OPENS_TO_WRITE.test(line));
  return { call, error, writes, path: posix.resolve('/', folder, path) };
}
