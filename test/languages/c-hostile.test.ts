import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { parse as parseShell } from 'shell-quote';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { TARGET_IDS } from '../../src/plan/targets.ts';
import { PLACES as PLACES_OF } from '../hostile/places.ts';
import { type Files, rendered } from '../planned.ts';

/** Pieces that mean something to a Dockerfile, a shell, CMake, make, or a template. */
const PIECES = [
  '"',
  "'",
  '`',
  '$',
  '${X}',
  '$(id)',
  '$ENV{PATH}',
  '\\',
  '\\\n',
  '\n',
  '\r',
  '#',
  '<<EOF',
  '\nEOF\n',
  '\u2028',
  '\u0000',
  ' ',
  '\t',
  ';',
  '&&',
  '|',
  '>',
  '*',
  '!',
  'RUN id',
  '\nRUN id\n',
  '\nUSER root',
  '--privileged',
  '--mount=type=ssh',
  '--from=evil',
  ',target=/',
  '../',
  '/',
  '{{plan}}',
  '[',
  ']',
  '(',
  ')',
  ',',
  'a',
  'app',
  '.c',
  'é',
  '=',
];
const hostile = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

const PLACES = PLACES_OF.c;
const MAIN = 'int main(void) { return 0; }\n';

const KNOWN = new Set([
  'FROM',
  'WORKDIR',
  'RUN',
  'COPY',
  'ENV',
  'USER',
  'EXPOSE',
  'HEALTHCHECK',
  'ENTRYPOINT',
  'CMD',
  'SHELL',
]);
/** All that our own templates and commands use. */
const OPERATORS = new Set(['&&', '|', ';', '>']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\u0085\u2028\u2029]/;

/** Words of our own that the shell replaces. */
const OURS: readonly (string | RegExp)[] = [
  '"$(nproc)"',
  / "?\$(?:CFLAGS|CXXFLAGS|LDFLAGS|IMAGE_FLAGS)\b/g,
  / test -e "\/base\$library" \|\| install -D "\$library" "\/install(\/usr)?\$\{library#\/usr\}"/,
  'rm -rf /var/lib/apt/lists/*',
];

function assertSafe(dockerfile: string): void {
  expect(dockerfile).not.toMatch(CONTROL);
  const file = DockerfileParser.parse(dockerfile);
  expect(file.getDirectives().map((d) => d.getValue())).toEqual(['docker/dockerfile:1']);
  for (const instruction of file.getInstructions()) {
    expect(KNOWN).toContain(instruction.getKeyword());
    const text = instruction.getTextContent();
    if (instruction.getKeyword() === 'FROM')
      expect(text).toMatch(
        /^FROM (--platform=\$BUILDPLATFORM )?(scratch|base|alpine:[\d.]+|debian:trixie-slim|gcr\.io\/distroless\/cc-debian13:nonroot) AS \w+$/,
      );
    if (instruction.getKeyword() === 'USER') expect(text).toBe('USER 65532:65532');
    if (['CMD', 'ENTRYPOINT'].includes(instruction.getKeyword()))
      expect(Array.isArray(JSON.parse(instruction.getArgumentsContent() ?? ''))).toBe(true);
    if (['RUN', 'COPY'].includes(instruction.getKeyword())) expect(text).not.toMatch(/<<-?['"]?\w/);
    if (instruction.getKeyword() !== 'RUN') continue;
    // what is left when our own words are taken away: outside of single quotes nothing is run or replaced
    const bare = OURS.reduce<string>((left, own) => left.replace(own, ''), text.replace(/'[^']*'/g, ''));
    expect(bare).not.toMatch(/[`$]/);
    const command = bare.replace(/\\\n/g, ' ').replace(/^RUN\s+(--mount=\S+\s+)*/, '');
    for (const word of parseShell(command))
      if (typeof word === 'object' && 'op' in word) expect(OPERATORS).toContain(String(word.op));
  }
}

describe('no text of a C project becomes an instruction or a word of the shell', () => {
  test.each(Object.entries(PLACES))(
    '%s',
    async (_, place) => {
      await fc.assert(
        fc.asyncProperty(hostile, fc.constantFrom(...TARGET_IDS), async (text, target) => {
          try {
            const [dockerfile] = await rendered(place(text), target);
            assertSafe(dockerfile.text);
          } catch (error) {
            // refused in a sentence of ours, which shows no control character
            if (!(error instanceof UserError)) throw error;
          }
        }),
        // the same texts each time; SEED=… tries others
        { numRuns: Number(process.env.RUNS ?? 60), seed: Number(process.env.SEED ?? 1) },
      );
    },
    60_000,
  );

  test.each(Object.keys(PLACES))('%s: a plain text is taken', async (name) => {
    const [dockerfile] = await rendered((PLACES[name] as (text: string) => Files)('plain'), 'slim');
    assertSafe(dockerfile.text);
    expect(dockerfile.text).toContain('ENTRYPOINT');
  });

  test('the check itself sees an attack', async () => {
    const [{ text }] = await rendered({ 'main.c': MAIN }, 'slim');
    for (const evil of [
      'USER root',
      'RUN `id`',
      'RUN $(id)',
      'RUN id & id',
      'ONBUILD RUN id',
      'FROM evil AS x',
      'RUN <<EOF\nid\nEOF',
      'RUN echo $HOME',
      'CMD sh',
    ])
      expect(() => assertSafe(`${text}${evil}\n`), evil).toThrow();
  });
});
