import { lines, type Rule } from './rule.ts';

export const rule: Rule = {
  says: 'what is started is in exec form, and is no shell and no package manager',
  ships: true,
  broken: (instructions) =>
    lines(
      instructions.filter((i) => {
        if (!['CMD', 'ENTRYPOINT'].includes(i.getKeyword())) return false;
        try {
          const words: unknown = JSON.parse(i.getArgumentsContent() ?? '');
          return (
            !Array.isArray(words) ||
            words.some((w) => /^(\/bin\/)?(ba|da)?sh$|^(npm|npx|yarn|pnpm|nodemon|ts-node)$/.test(w))
          );
        } catch {
          return true;
        }
      }),
    ),
  good: ['FROM x\nENTRYPOINT ["tini", "--"]\nCMD ["node", "a.js"]'],
  bad: ['FROM x\nCMD node a.js', 'FROM x\nCMD ["npm", "start"]', 'FROM x\nENTRYPOINT ["sh", "-c", "node ."]'],
};
