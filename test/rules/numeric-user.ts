import { lines, type Rule, shipped } from './rule.ts';

export const rule: Rule = {
  says: 'the image runs as a numeric user that is not root, so that runAsNonRoot can be checked',
  ships: true,
  broken(instructions) {
    const users = shipped(instructions).filter((i) => i.getKeyword() === 'USER');
    const last = users.at(-1);
    if (last === undefined) return ['no USER'];
    return /^[1-9]\d*:[1-9]\d*$/.test(last.getArgumentsContent() ?? '') ? [] : lines([last]);
  },
  good: ['FROM x\nUSER 1000:1000', 'FROM a\nUSER root\nFROM b\nUSER 65532:65532'],
  bad: ['FROM x', 'FROM x\nUSER node', 'FROM x\nUSER 0:0', 'FROM x\nUSER 1000:1000\nUSER root'],
};
