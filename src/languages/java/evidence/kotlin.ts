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
  // a call with a lambda behind it is no head of a function
  head: /\b(?:fun|def)\s+(?:<[^>]{0,80}>\s*)?(?:\w+\.)*(?<name>[A-Za-z_]\w*)\s*\($/,
  tail: /\s{0,40}(?::\s*[\w.<>?,]{1,80}\s{0,10})?(?=[{=])/y,
  ends: 'line',
  continues: /\s*(?:\.|\?\.|\?:|&&|\|\|)/y,
  keywords: true,
  naming: 'first',
  introduces: [
    { pattern: /\b(?:const\s+)?(?:val|var|def)\s+(?=\w)/g, kind: 'declare' },
    { pattern: /(?<![\w.])(?<path>[A-Za-z_]\w*(?:\.\w+)*)\s*(?<sign>[-+*/%]?=)(?!=)/g, kind: 'assign' },
  ],
  passes: new RegExp(`${JAVA.passes.source}|\\.(?:toInt|toIntOrNull|toInteger|toLong)$`),
  or: ['?:', '||'],
};
