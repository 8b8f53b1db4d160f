#!/usr/bin/env node
import { fstatSync, readFileSync, statSync, writeSync } from 'node:fs';
import * as nodeModule from 'node:module';
import type { Terminal } from './output/terminal.ts';
import type { Platform } from './plan/targets.ts';

// since Node 22.8: the second run need not compile again
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const argv = process.argv.slice(2);
const [only] = argv;
let streams = mayBeTerminal(2);

if (argv.length === 1 && (only === '--version' || only === '-v')) output().write(`${ownVersion()}\n`);
else void run();

async function run(): Promise<void> {
  // prompts look for it themselves
  if (argv.includes('--no-color')) process.env.NO_COLOR = '1';
  const { command } = await import('./run.ts');
  process.exitCode = await command(argv, terminal());
}

/** Standard output. Node.js loads its streams when one is opened, and few runs need any. */
function output(): NodeJS.WriteStream {
  return heard(process.stdout, lost);
}

/** Standard error. When nobody reads it, the files and the exit code are right all the same. */
function error(): NodeJS.WriteStream {
  return heard(process.stderr, unheard);
}

function heard(stream: NodeJS.WriteStream, failed: (error: NodeJS.ErrnoException) => void) {
  return stream.listeners('error').includes(failed) ? stream : stream.on('error', failed);
}

function unheard(): void {}

/** Writes to standard error: to a file or a pipe without a stream, until one is full. */
function say(text: string): void {
  let rest = Buffer.from(text);
  try {
    while (!streams && rest.length > 0) rest = rest.subarray(writeSync(2, rest));
  } catch (thrown) {
    streams = (thrown as NodeJS.ErrnoException).code === 'EAGAIN';
    if (!streams) return;
  }
  if (rest.length > 0) error().write(rest);
}

function mayBeTerminal(descriptor: number): boolean {
  try {
    const of = fstatSync(descriptor);
    return of.isCharacterDevice() && of.rdev !== statSync('/dev/null').rdev;
  } catch {
    return true;
  }
}

/** A reader that goes away (`| head`) is no error. Data that cannot be written is, whatever was done before. */
function lost({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') return;
  const why = code === 'ENOSPC' ? 'the disk is full' : message;
  say(`Standard output cannot be written: ${why}.\n`);
  process.on('exit', () => {
    process.exitCode = 1;
  });
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).version;
}

function terminal(): Terminal {
  const { env } = process;
  const isTerminal = streams && error().isTTY;
  const dumb = env.TERM === 'dumb';
  const ci = env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
  const color = (isTTY: boolean) => {
    if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
    if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
    return isTTY && !dumb;
  };
  return {
    version: ownVersion(),
    cwd: process.cwd(),
    environment: env,
    today: new Date().toISOString().slice(0, 10),
    machine: machine(),
    interactive: !ci && !dumb && isTerminal && process.stdin.isTTY === true,
    color: {
      get out() {
        return color(process.stdout.isTTY === true);
      },
      err: color(isTerminal),
    },
    get columns() {
      return process.stdout.columns ?? (isTerminal ? error().columns : undefined);
    },
    get stdin() {
      return process.stdin;
    },
    get stderr() {
      return error();
    },
    interrupted(call) {
      process.on('SIGINT', call);
      process.on('SIGTERM', call);
      return () => {
        process.off('SIGINT', call);
        process.off('SIGTERM', call);
      };
    },
    out: (text) => output().write(text),
    err: say,
  };
}

/** Docker builds for Linux, also on another system. */
function machine(): Platform {
  switch (process.arch) {
    case 'arm64':
      return 'linux/arm64';
    case 'arm':
      return 'linux/arm/v7';
    case 'ppc64':
      return 'linux/ppc64le';
    case 's390x':
      return 'linux/s390x';
    default:
      return 'linux/amd64';
  }
}
