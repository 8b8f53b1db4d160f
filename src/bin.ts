#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';
import type { Terminal } from './output/terminal.ts';
import type { Platform } from './plan/targets.ts';

// since Node 22.8: the second run need not compile again
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const argv = process.argv.slice(2);
const [only] = argv;
// a reader that goes away (`| head`) is no error
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));

if (argv.length === 1 && (only === '--version' || only === '-v')) process.stdout.write(`${ownVersion()}\n`);
else process.exitCode = await run();

async function run(): Promise<number> {
  try {
    const { parseCommand, perform, main } = await import('./run.ts');
    const command = parseCommand(argv, process.env);
    if ('words' in command) return await perform(command.words, terminal());
    if ('show' in command) {
      process.stdout.write(`${ownVersion()}\n`);
      return 0;
    }
    if (command.run.color === false) process.env.NO_COLOR = '1';
    return await main(command.run, terminal());
  } catch (error) {
    return await failed(error);
  }
}

function ownVersion(): string {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return JSON.parse(manifest).version;
}

function terminal(): Terminal {
  const { env, stdin, stdout, stderr } = process;
  const dumb = env.TERM === 'dumb';
  const ci = env.CI !== undefined && env.CI !== '' && env.CI !== 'false' && env.CI !== '0';
  const color = (stream: { isTTY?: boolean }) => {
    if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
    if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
    return stream.isTTY === true && !dumb;
  };
  return {
    cwd: process.cwd(),
    today: new Date().toISOString().slice(0, 10),
    machine: machine(),
    interactive: stdin.isTTY === true && stderr.isTTY === true && !ci && !dumb,
    color: { out: color(stdout), err: color(stderr) },
    columns: stdout.columns ?? stderr.columns,
    stdin,
    stderr,
    interrupted(call) {
      process.on('SIGINT', call);
      process.on('SIGTERM', call);
      return () => {
        process.off('SIGINT', call);
        process.off('SIGTERM', call);
      };
    },
    out: (text) => stdout.write(text),
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

async function failed(error: unknown): Promise<number> {
  const { Cancelled, UserError, printable } = await import('./run.ts');
  if (error instanceof Cancelled) {
    process.stderr.write('Cancelled; nothing was written.\n');
    return 130;
  }
  const json = argv.includes('--json');
  if (error instanceof UserError) {
    if (json) {
      const document = { error: { ...error.problem, message: error.message } };
      process.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
    }
    process.stderr.write(`${printable(error.message)}\n`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `This is a bug in create-dockerfile ${ownVersion()}; please report it with:\n${stack}\n`,
  );
  return 70;
}
