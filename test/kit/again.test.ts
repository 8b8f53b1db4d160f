import { expect, test } from 'vitest';
import type { Program, Reader } from '../../src/kit/program.ts';
import { scan } from '../../src/kit/syntax.ts';
import { worth } from '../../src/kit/worth.ts';
import { NODE } from '../../src/languages/node/dialect.ts';
import { within } from '../../src/project/within.ts';

test('a step that a busy machine ends in the middle answers the same when it is begun anew', () => {
  let waits = 1;
  // it waits, and does not work: what another program does to it
  const slow: Reader = {
    of: /^slow$/,
    read: () => {
      if (waits-- > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
      return { text: '8080' };
    },
  };
  const source = scan('a.js', 'const port = slow();\nport;\n', NODE);
  const program: Program = { sources: [source], memo: new Map(), readers: [slow] };
  const at = source.code.lastIndexOf('port');
  expect(within(() => worth(program, source, { from: at, to: at + 4 }), 0.3)).toMatchObject({ text: '8080' });
  expect(waits).toBeLessThan(0);
});
