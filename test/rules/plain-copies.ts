import { posix } from 'node:path';
import type { Copy } from 'dockerfile-ast';
import { lines, type Rule, shipped } from './rule.ts';

export const rule: Rule = {
  says: 'what ships is copied with --link and without a change of owner, but into folders that its user writes to; nothing is added from elsewhere',
  broken(instructions) {
    const all = shipped(instructions);
    const added = instructions.filter((i) => i.getKeyword() === 'ADD');
    const user = all.findIndex((i) => i.getKeyword() === 'USER');
    const written = all
      .slice(user < 0 ? all.length : user)
      .filter((i) => i.getKeyword() === 'WORKDIR')
      .map((i) => i.getArgumentsContent() ?? '');
    const copies = all.filter((i) => i.getKeyword() === 'COPY') as Copy[];
    const odd = copies.filter((copy) => {
      const flags = copy.getFlags().map((flag) => flag.getName());
      const into = posix.resolve('/app', copy.getArguments().at(-1)?.getValue() ?? '');
      // with --link a layer of its own would hold the folders above it, and change their owner too
      if (flags.join() === 'chown') return !written.includes(into);
      return !flags.includes('link') || flags.includes('chown') || flags.includes('chmod');
    });
    return lines([...added, ...odd]);
  },
  good: [
    'FROM x AS b\nCOPY . .\nFROM y\nCOPY --link --from=b /a ./a',
    'FROM x\nWORKDIR /app\nCOPY --chown=1:1 data ./data\nUSER 1:1\nWORKDIR /app/data\nWORKDIR /app',
  ],
  bad: [
    'FROM x\nADD a b',
    'FROM x\nCOPY a b',
    'FROM x\nCOPY --link --chown=1:1 a b',
    'FROM x\nWORKDIR /app\nCOPY --chown=1:1 data ./data\nUSER 1:1\nWORKDIR /app',
  ],
};
