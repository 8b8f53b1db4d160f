import type { From } from 'dockerfile-ast';
import { lines, type Rule } from './rule.ts';

const CHOSEN = '${ENVIRONMENT:-production}';

export const rule: Rule = {
  says: 'every image is literal and has a tag, so that update bots can raise it; distroless has the one for non-root',
  broken(instructions) {
    const froms = instructions.filter((i) => i.getKeyword() === 'FROM') as From[];
    const stages = froms.map((from) => from.getBuildStage());
    return lines(
      froms.filter((from) => {
        const image = from.getImage() ?? '';
        // what ENVIRONMENT names is a stage of the file
        if (image === 'scratch' || stages.includes(image) || image === CHOSEN) return false;
        if (/\/distroless\//.test(image) && !image.endsWith(':nonroot')) return true;
        return image.includes('$') || !/:[\w.-]+$/.test(image) || /:latest$/.test(image);
      }),
    );
  },
  good: ['FROM node:24-alpine AS a\nFROM a\nFROM scratch', 'FROM gcr.io/distroless/cc-debian13:nonroot'],
  bad: [
    'FROM node',
    'FROM node:latest',
    'ARG V=1\nFROM node:${V}',
    'FROM gcr.io/distroless/cc-debian13:latest',
  ],
};
