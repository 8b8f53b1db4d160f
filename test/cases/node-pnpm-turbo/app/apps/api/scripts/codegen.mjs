import { writeFileSync } from 'node:fs';

writeFileSync('src/generated.ts', "export const NAME = 'desk';\n");
