import { lines, type Rule, shipped } from './rule.ts';

export const rule: Rule = {
  says: 'a health check is there once, in exec form, or said to be none; a server that exposes a port has one, unless nothing in its image could ask',
  broken(instructions) {
    const stage = shipped(instructions);
    const checks = stage.filter((i) => i.getKeyword() === 'HEALTHCHECK');
    const text = checks[0]?.getRawArgumentsContent() ?? '';
    const exposes = stage.some((i) => i.getKeyword() === 'EXPOSE');
    // one binary in an image without any other
    const alone = stage.some((i) => /^\["\/static-web-server"/.test(i.getArgumentsContent() ?? ''));
    const right = exposes && !alone ? /CMD\s+\["/.test(text) : text === 'NONE';
    return checks.length === 1 && right ? [] : ['HEALTHCHECK', ...lines(checks)];
  },
  good: [
    'FROM x\nEXPOSE 80\nHEALTHCHECK --timeout=5s \\\n  CMD ["node", "-e", "0"]',
    'FROM x\nHEALTHCHECK NONE',
    'FROM x\nEXPOSE 80\nHEALTHCHECK NONE\nENTRYPOINT ["/static-web-server"]',
  ],
  bad: ['FROM x', 'FROM x\nEXPOSE 80\nHEALTHCHECK CMD curl localhost', 'FROM x\nEXPOSE 80\nHEALTHCHECK NONE'],
};
