import type { Copy } from 'dockerfile-ast';
import { lines, type Rule, shipped } from './rule.ts';

export const rule: Rule = {
  says: 'what ships is copied with --link and without a change of owner; nothing is added from elsewhere',
  broken(instructions) {
    const added = instructions.filter((i) => i.getKeyword() === 'ADD');
    const copies = shipped(instructions).filter((i) => i.getKeyword() === 'COPY') as Copy[];
    const odd = copies.filter((copy) => {
      const flags = copy.getFlags().map((flag) => flag.getName());
      return !flags.includes('link') || flags.includes('chown') || flags.includes('chmod');
    });
    return lines([...added, ...odd]);
  },
  good: ['FROM x AS b\nCOPY . .\nFROM y\nCOPY --link --from=b /a ./a'],
  bad: ['FROM x\nADD a b', 'FROM x\nCOPY a b', 'FROM x\nCOPY --link --chown=1:1 a b'],
};
