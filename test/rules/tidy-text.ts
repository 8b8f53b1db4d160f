import type { Rule } from './rule.ts';

export const rule: Rule = {
  says: 'the text begins with the syntax line, has LF and no trailing blanks, and no empty line stands twice',
  broken(_, text) {
    const all = text.split('\n');
    return [
      ...(all[0] === '# syntax=docker/dockerfile:1' ? [] : ['no syntax line']),
      ...(text.endsWith('\n') && !text.endsWith('\n\n') ? [] : ['its end']),
      ...all.filter((line) => /[ \t\r]$/.test(line)),
      ...(/\n\n\n/.test(text) ? ['two empty lines'] : []),
    ];
  },
  good: ['# syntax=docker/dockerfile:1\n\nFROM x\n'],
  bad: [
    'FROM x\n',
    '# syntax=docker/dockerfile:1\n\n\nFROM x\n',
    '# syntax=docker/dockerfile:1\nFROM x',
    '# syntax=docker/dockerfile:1\nFROM x \n',
  ],
};
