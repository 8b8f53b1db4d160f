import type { From } from 'dockerfile-ast';
import type { Rule } from './rule.ts';

export const rule: Rule = {
  says: 'a comment over each stage begins with its name: people read it, and so does docker build --call=targets',
  broken(instructions, text) {
    const source = text.split('\n');
    return (instructions.filter((i) => i.getKeyword() === 'FROM') as From[])
      .filter((from) => {
        const name = from.getBuildStage();
        if (name === null && from.getImage() === '${ENVIRONMENT:-production}') return false;
        return name === null || !source[from.getRange().start.line - 1]?.startsWith(`# ${name} `);
      })
      .map((from) => from.getTextContent());
  },
  good: ['# runtime is what ships\nFROM x AS runtime'],
  bad: ['FROM x AS runtime', '# what ships\nFROM x AS runtime', '# x\nFROM x'],
};
