import { UserError } from '../../../errors.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

/** Where a build fetches from. */
export interface Repository {
  readonly url: string;
  readonly at: string;
}

/** A password that stands in a file as it is: not a property, not a variable. */
const PASSWORDS: readonly { readonly files: RegExp; readonly password: RegExp }[] = [
  { files: /\.xml$/, password: /<(?:password|passphrase|privateKey)>\s*([^<${}\s][^<$]*?)\s{0,200}<\//g },
  { files: /\.gradle(?:\.kts)?$/, password: /\bpassword\s*(?:=|\(|:)?\s{0,200}["']([^"'$]+)["']/g },
  {
    files: /\.properties$/,
    password:
      /^[^\S\n]*[\w.-]*(?:[pP]assword|[pP]assphrase|[tT]oken|[sS]ecret|[aA]pi[kK]ey)[^\S\n]*[=:][^\S\n]*([^\s$]\S*)/gm,
  },
  // an address of a repository with a user and a password
  {
    files: /\.(?:xml|gradle|kts|properties|config)$/,
    password: /:\/\/[^\s/:@$<>"'{]{1,200}:([^\s/@$<>"'{]{1,200})@/g,
  },
];

/** Refuses a password in a file of the build: it would be in its layers. */
export function assertNoPasswords(project: Project, files: readonly string[]): void {
  for (const file of files) {
    const text = project.read(file, 1 << 20);
    if (text === undefined) continue;
    for (const { files: names, password } of PASSWORDS) {
      if (!names.test(file)) continue;
      const match = [...text.matchAll(password)].find(({ index }) => !isComment(text, index));
      if (match === undefined) continue;
      throw new UserError({
        kind: 'refused',
        message: `${file}:${lineNumber(text, match.index)} holds a password, which everyone who has the build's cache could read.`,
        fix: 'Take it out (and change it): a property or a variable says it, and a secret of the build brings it.',
      });
    }
  }
}

function isComment(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
  return /^\s*(?:\/\/|#|\*)/.test(line) || text.lastIndexOf('<!--', index) > text.lastIndexOf('-->', index);
}
