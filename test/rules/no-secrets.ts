import { lines, type Rule } from './rule.ts';

export const rule: Rule = {
  says: 'no secret is an argument, a variable, or a file that is copied',
  broken: (instructions) =>
    lines(
      instructions.filter((i) => {
        const text = i.getRawArgumentsContent() ?? '';
        if (['ARG', 'ENV'].includes(i.getKeyword())) return /TOKEN|SECRET|PASSWORD|_KEY\b/.test(text);
        return ['COPY', 'ADD'].includes(i.getKeyword()) && /(^|[\s/])\.(npmrc|yarnrc|env)\b/.test(text);
      }),
    ),
  good: ['FROM x\nENV PORT=1\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN npm ci'],
  bad: [
    'FROM x\nARG NPM_TOKEN',
    'FROM x\nENV API_KEY=1',
    'FROM x\nCOPY .npmrc ./',
    'FROM x\nCOPY package.json .env ./',
  ],
};
