import type { Dialect } from '../../../kit/dialect.ts';
import { JAVA } from '../dialect.ts';

/** Kotlin, Scala and Groovy as far as calls, names and values are read: lines end statements, texts hold code. */
export const KOTLIN: Dialect = {
  ...JAVA,
  quotes: [
    { open: '"""', close: '"""', lines: true, raw: true, holes: '${' },
    { open: "'''", close: "'''", lines: true },
    { open: '"', close: '"', holes: '${' },
    { open: "'", close: "'" },
  ],
  ends: 'line',
  continues: /\s*(?:\.|\?\.|\?:|&&|\|\|)/y,
  naming: 'first',
  introduces: [
    { pattern: /\b(?:const\s+)?(?:val|var|def)\s+(?=\w)/g, kind: 'declare' },
    { pattern: /(?<![\w.])(?<path>[A-Za-z_]\w*(?:\.\w+)*)\s*(?<sign>[-+*/%]?=)(?!=)/g, kind: 'assign' },
  ],
  passes: new RegExp(`${JAVA.passes.source}|\\.(?:toInt|toIntOrNull|toInteger|toLong)$`),
  or: ['?:', '||'],
};
