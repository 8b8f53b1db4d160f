import { lines, type Rule, shipped } from './rule.ts';

export const rule: Rule = {
  says: 'a health check is there once, in exec form, or said to be none; a server that exposes a port has one, unless nothing but a server of files is in the image',
  ships: true,
  broken(instructions) {
    const stage = shipped(instructions);
    const checks = stage.filter((i) => i.getKeyword() === 'HEALTHCHECK');
    const text = checks[0]?.getRawArgumentsContent() ?? '';
    const exposes = stage.some((i) => i.getKeyword() === 'EXPOSE');
    const bare = stage.some((i) => i.getTextContent().endsWith('/static-web-server /static-web-server'));
    const right = (exposes && /CMD\s+\["/.test(text)) || ((!exposes || bare) && text === 'NONE');
    return checks.length === 1 && right ? [] : ['HEALTHCHECK', ...lines(checks)];
  },
  good: [
    'FROM x\nEXPOSE 80\nHEALTHCHECK --timeout=5s \\\n  CMD ["node", "-e", "0"]',
    'FROM x\nHEALTHCHECK NONE',
    'FROM scratch AS runtime\nCOPY --from=server /static-web-server /static-web-server\nEXPOSE 80\nHEALTHCHECK NONE',
  ],
  bad: [
    'FROM scratch\nEXPOSE 80',
    'FROM scratch AS runtime\nEXPOSE 80\nHEALTHCHECK NONE',
    'FROM gcr.io/distroless/nodejs24-debian13:nonroot\nEXPOSE 80\nHEALTHCHECK NONE',
    'FROM x',
    'FROM x\nEXPOSE 80\nHEALTHCHECK CMD curl localhost',
    'FROM x\nEXPOSE 80\nHEALTHCHECK NONE',
  ],
};
