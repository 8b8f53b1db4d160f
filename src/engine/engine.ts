import { UserError } from '../errors.ts';
import { pathOutside, programOutside } from '../project/program.ts';

/** What came of one call. A failure is an answer too. */
interface Called {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

/** A container engine by its command: contexts, remote builders and plug-ins come with it. */
export interface Engine {
  readonly program: string;
  /** Ended from outside: Ctrl-C. */
  readonly ended: AbortSignal;
  call(args: readonly string[], options?: CallOptions): Promise<Called>;
  /** What it writes to standard output, piece by piece, for what is too large to be held; false: it failed. */
  stream(args: readonly string[], chunk: (bytes: Uint8Array) => void | Promise<void>): Promise<boolean>;
}

interface CallOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Each line as soon as it is written, of both streams. */
  readonly line?: (text: string) => void;
  /** Runs on though the rest was ended: what removes things. */
  readonly always?: boolean;
}

const PROGRAMS = ['docker', 'podman', 'nerdctl'] as const;

/** The engine of this machine: the first whose command answers. Refuses with what the last one said. */
export async function findEngine(ended: AbortSignal): Promise<Engine> {
  let said = '';
  for (const program of PROGRAMS) {
    const place = programOutside(program);
    if (place === undefined) continue;
    const engine = await engineOf(program, place, ended);
    const { ok, err } = await engine.call(['version']);
    if (ok) return engine;
    const last = err.trim().split('\n').at(-1) ?? '';
    if (last !== '' && !/ENOENT|not found/.test(last) && said === '') said = ` ${program} says: ${last}`;
  }
  throw new UserError({
    kind: 'refused',
    message: `There is no container engine here to build with: none of ${PROGRAMS.join(', ')} answers.${said}`,
    fix: 'Start one, or install Docker: https://docs.docker.com/engine/install/',
  });
}

async function engineOf(program: string, place: string, ended: AbortSignal): Promise<Engine> {
  const { execa } = await import('execa');
  const PATH = pathOutside();
  return {
    program,
    ended,
    async call(args, { env = {}, line, always = false } = {}) {
      const child = execa(place, args, {
        reject: false,
        stdin: 'ignore',
        env: { ...env, PATH },
        // of a log as long as a night only the end matters
        maxBuffer: 64 * 2 ** 20,
        all: true,
        ...(always ? {} : { cancelSignal: ended, gracefulCancel: false }),
      });
      if (line !== undefined) for await (const text of child.iterable({ from: 'all' })) line(String(text));
      const { failed, stdout, stderr, message } = await child;
      return { ok: !failed, out: stdout, err: stderr === '' && failed ? (message ?? '') : stderr };
    },
    async stream(args, chunk) {
      const child = execa(place, args, {
        reject: false,
        stdin: 'ignore',
        env: { PATH },
        encoding: 'buffer',
        buffer: false,
        cancelSignal: ended,
        gracefulCancel: false,
      });
      try {
        // what reads slower than it is written holds the writer up
        for await (const bytes of child.iterable({ binary: true })) await chunk(bytes as Uint8Array);
      } catch {
        return false;
      }
      return !(await child).failed;
    },
  };
}

/** A command that brings base images onto a machine that can reach no registry, as the tests of this project use it. */
export async function provideImages(dockerfile: string): Promise<void> {
  const { IMAGE_PROVIDER } = process.env;
  if (IMAGE_PROVIDER === undefined || IMAGE_PROVIDER === '') return;
  const { execa } = await import('execa');
  await execa('sh', ['-c', `${IMAGE_PROVIDER} "$1"`, 'sh', dockerfile]);
}
