import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../src/errors.ts';
import { joined, parse, parseCommand } from '../src/request/cli.ts';
import { FLAGS } from '../src/request/flags.ts';
import { near } from '../src/request/near.ts';
import { parserOf, perform } from '../src/request/yargs.ts';
import { terminalOf } from './run.ts';

const request = (...argv: readonly string[]) => {
  const command = parseCommand(argv, {});
  if (!('run' in command)) throw new Error(`no plain run: ${JSON.stringify(command)}`);
  return command.run;
};
const refusal = (...argv: readonly string[]) => {
  try {
    parseCommand(argv, {});
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return undefined;
};

describe('one definition, two parsers', () => {
  const names = Object.keys(FLAGS).filter((name) => name !== 'help');
  const short = Object.values(FLAGS).flatMap(({ alias }) => (alias && alias !== 'h' ? [`-${alias}`] : []));
  const word = fc.oneof(
    fc.constantFrom(...names.map((name) => `--${name}`), ...short),
    fc.constantFrom(...names.map((name) => `--${name}=a b`)),
    fc.constantFrom('.', 'apps/api', 'a b', '--', '8080', '', 'none', '-DX=1', '-n 1', 'true'),
  );
  test('a plain run reads the same words as yargs does', async () => {
    const parser = await parserOf(FLAGS, 80);
    parser.strict(false);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
        const words = [...joined(argv, FLAGS)];
        const { $0, ...full } = parser.parse(words, {}) as Record<string, unknown>;
        const plain = parse(words, FLAGS);
        // both are refused then, and what else they hold does not matter
        const refused = (typed: object) =>
          Object.keys(typed).some((name) => name !== '_' && !(name in FLAGS));
        expect(refused(plain), words.join(' ')).toBe(refused(full));
        if (!refused(full)) expect(plain, words.join(' ')).toEqual(full);
      }),
      { numRuns: 400 },
    );
  });
  test('what is no flag is refused by both', async () => {
    const strict = (await parserOf(FLAGS, 80)).fail((message) => {
      throw new Error(message);
    });
    for (const argv of [['--taget', 'x'], ['-x'], ['--no-yes'], ['--targetx=1']]) {
      expect(() => strict.parse(argv, {}), argv[0]).toThrow('Unknown argument');
      expect(refusal(...argv), argv[0]).toMatch(/^There is no flag -/);
    }
  });
});

describe('values', () => {
  test.each<[argv: readonly string[], key: string, value: unknown]>([
    [['--args', '-n 1'], 'given', { args: '-n 1' }],
    [['--args', '-f'], 'given', { args: '-f' }],
    [['--options', '-DBUILD_TESTS=OFF -DX=1'], 'given', { options: '-DBUILD_TESTS=OFF -DX=1' }],
    [['--options=-DX=1'], 'given', { options: '-DX=1' }],
    [['--language', 'js'], 'language', 'node'],
    [['-l', 'TypeScript'], 'language', 'node'],
    [['-l', 'nodejs'], 'language', 'node'],
    [['-l', 'golang'], 'language', 'go'],
    [['-l', 'cpp'], 'language', 'c'],
    [['-l', 'C++'], 'language', 'c'],
    [['-p', 'x86_64,aarch64'], 'platforms', ['linux/amd64', 'linux/arm64']],
    [['-p', 'amd64,'], 'platforms', ['linux/amd64']],
    [['-p', 'linux/arm64/v8, arm/v7'], 'platforms', ['linux/arm64', 'linux/arm/v7']],
    [['-p', 'armv7'], 'platforms', ['linux/arm/v7']],
    [['-t', 'Alpine'], 'target', 'alpine'],
  ])('%j', (argv, key, value) => {
    expect(request(...argv)).toMatchObject({ [key]: value });
  });
  test.each<[argv: readonly string[], words: string | RegExp]>([
    [['--target', '--yes'], '--target needs a value'],
    [['--language', 'rust'], /^--language takes [a-z, ]+, not "rust"\.$/],
    [['--language', 'pyhton'], /^--language takes/],
    [['--platform', ','], '--platform takes'],
    [['--platform', 'riscv64'], /s390x, not "riscv64"\.$/],
    [['--dry'], 'Did you mean --dry-run?'],
    [['--lang', 'go'], 'Did you mean --language?'],
    [['--frobnicate'], 'There is no flag --frobnicate. See create-dockerfile --help.'],
  ])('%j is refused', (argv, words) => {
    expect(refusal(...argv)).toMatch(words);
  });
  test('a suggestion is near, or there is none', () => {
    expect(near('python', ['node', 'go', 'c'])).toBeUndefined();
    expect(near('nod', ['node', 'go', 'c'])).toBe('node');
    expect(near('slm', ['slim', 'alpine'])).toBe('slim');
    expect(near('x', [])).toBeUndefined();
  });
});

describe('help', () => {
  const shown = async (words: readonly string[], columns?: number) => {
    const { terminal, stdout } = terminalOf('/', { columns });
    expect(await perform(words, terminal)).toBe(0);
    return stdout();
  };
  test.each([undefined, 80, 60, 200])('fits a terminal of %s columns', async (columns) => {
    const lines = (await shown(['--help'], columns)).split('\n');
    // an address cannot be broken
    const longest = Math.max(...lines.filter((line) => !line.startsWith('https')).map((line) => line.length));
    expect(longest).toBeLessThanOrEqual(Math.min(columns ?? 80, 100));
    expect(longest).toBeGreaterThan(50);
  });
  test('names every flag and every command, with examples', async () => {
    const text = await shown(['--help']);
    for (const name of Object.keys(FLAGS)) expect(text).toContain(`--${name}`);
    expect(text).toContain('create-dockerfile completion [shell]');
    expect(text).toMatch(/^Examples:$/m);
  });
  test('a command has help of its own', async () => {
    expect(await shown(['completion', '--help'])).toMatch(/^create-dockerfile completion \[shell\]\n/);
  });
});

describe('completion', () => {
  const shown = async (...words: readonly string[]) => {
    const { terminal, stdout } = terminalOf('/');
    await perform(words, terminal);
    return stdout();
  };
  test.each([
    ['bash', 'complete -o bashdefault'],
    ['zsh', '#compdef create-dockerfile'],
    ['fish', 'complete -f -c create-dockerfile'],
  ])('for %s', async (shell, words) => {
    const script = await shown('completion', shell);
    expect(script).toContain(words);
    expect(script).toContain(`env SHELL=${shell} create-dockerfile --get-yargs-completions`);
    if (shell === 'bash') expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0);
  });
  test('completes flags, their values and commands', async () => {
    const asked = (...words: readonly string[]) =>
      shown('--get-yargs-completions', 'create-dockerfile', ...words);
    process.env.SHELL = 'bash';
    expect((await asked('--ta')).split('\n')).toContain('--target');
    expect((await asked('--target', 's')).trim().split('\n')).toEqual(['slim', 'scratch']);
    expect((await asked('com')).split('\n')).toContain('completion');
  });
  test('another shell is refused', async () => {
    await expect(shown('completion', 'zs')).rejects.toThrow('Did you mean zsh?');
    await expect(shown('completion', '--yse')).rejects.toThrow('There is no flag --yse.');
    await expect(shown('completion', 'zsh', 'fish')).rejects.toThrow('"fish"');
  });
});
