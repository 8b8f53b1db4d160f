#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import type { Terminal } from './output/terminal.ts';
import type { Platform } from './plan/targets.ts';

// since Node 22.8: the second run need not compile again
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const argv = process.argv.slice(2);
const [only] = argv;
// nobody reads what is said: the files and the exit code are right all the same
process.stderr.on('error', () => undefined);

if (argv.length === 1 && (only === '--version' || only === '-v')) output().write(`${ownVersion()}\n`);
else void run();

async function run(): Promise<void> {
  // prompts look for it themselves
  if (argv.includes('--no-color')) process.env.NO_COLOR = '1';
  const { command } = await import('./run.ts');
  process.exitCode = await command(argv, terminal());
}

/** Standard output, from the first time on that something is written there. */
function output(): NodeJS.WriteStream {
  const { stdout } = process;
  return stdout.listeners('error').includes(lost) ? stdout : stdout.on('error', lost);
}

/** A reader that goes away (`| head`) is no error. Data that cannot be written is, whatever was done before. */
function lost(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  const why = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  process.stderr.write(`Standard output cannot be written: ${why}.\n`);
  process.on('exit', () => {
    process.exitCode = 1;
  });
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).version;
}

function terminal(): Terminal {
  const { env, stderr } = process;
  const dumb = env.TERM === 'dumb';
  const ci = env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
  const color = (stream: { isTTY?: boolean }) => {
    if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
    if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
    return stream.isTTY === true && !dumb;
  };
  return {
    version: ownVersion(),
    cwd: process.cwd(),
    environment: env,
    today: new Date().toISOString().slice(0, 10),
    machine: machine(),
    interactive: !ci && !dumb && stderr.isTTY === true && process.stdin.isTTY === true,
    // opening one takes a while, and few runs read or write data
    color: {
      get out() {
        return color(process.stdout);
      },
      err: color(stderr),
    },
    get columns() {
      return process.stdout.columns ?? stderr.columns;
    },
    get stdin() {
      return process.stdin;
    },
    stderr,
    interrupted(call) {
      process.on('SIGINT', call);
      process.on('SIGTERM', call);
      return () => {
        process.off('SIGINT', call);
        process.off('SIGTERM', call);
      };
    },
    out: (text) => output().write(text),
    err: (text) => stderr.write(text),
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
