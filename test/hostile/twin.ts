import { DockerfileParser, type Env } from 'dockerfile-ast';
import { parse } from 'unbash';

/** An instruction as a parser of Dockerfiles reads it. */
export interface Instruction {
  readonly name: string;
  readonly flags: readonly string[] | null;
  readonly words: readonly string[];
  readonly heredocs: readonly string[];
  readonly json: boolean | null;
}

/** As the parser does that is always there; BuildKit's own answers in the same form. */
export function instructionsOf(text: string): readonly Instruction[] {
  return DockerfileParser.parse(text)
    .getInstructions()
    .map((one) => {
      const name = one.getKeyword();
      const [whole = '', ...heredoc] = one.getTextContent().replace(/\\\n/g, '').split('\n');
      const [flags = '', rest = ''] = /^\w+\s+((?:--[\w-]+(?:=\S*)?\s+)*)(.*)$/.exec(whole)?.slice(1) ?? [];
      const split = flags.trim() === '' ? [] : flags.trim().split(/\s+/);
      const heredocs = heredoc.length === 0 ? [] : [heredoc.join('\n')];
      const after = /^(CMD\s+)?(.*)$/.exec(rest);
      const words = jsonOf(after?.[2] ?? '');
      const before = name === 'HEALTHCHECK' && after?.[1] !== undefined ? ['CMD'] : [];
      if (words !== undefined)
        return { name, flags: split, words: [...before, ...words], heredocs, json: true };
      if (name === 'ENV') {
        const pairs = (one as Env).getProperties();
        const each = pairs.flatMap((pair) => [pair.getName(), pair.getUnescapedValue() ?? '', '=']);
        return { name, flags: split, words: each, heredocs, json: false };
      }
      const shell = ['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL'].includes(name);
      return { name, flags: split, words: shell ? [rest] : rest.split(/\s+/), heredocs, json: false };
    });
}

function jsonOf(text: string): readonly string[] | undefined {
  if (!/^\[.*\]\s*$/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Signs that mean nothing to anybody. A text and its harmless twin are the same but for the others. */
export function harmless(text: string): string {
  return text.replace(/[\t ]/g, ' ').replace(/[^\w./ -]/gu, 'x');
}

/**
 * What a Dockerfile does: its instructions and their flags, how many words each has, and the tree of each command. Words
 * that a project may choose are `W`, with what a shell or the builder would put in their place; all others stand as they are.
 */
export function skeletonOf(instructions: readonly Instruction[]): readonly string[] {
  return instructions.map(({ name, flags, words, heredocs, json }) =>
    JSON.stringify([
      name.toUpperCase(),
      (flags ?? []).map(flag),
      json === true,
      said(name.toUpperCase(), words, json),
      heredocs,
    ]),
  );
}

function said(name: string, words: readonly string[], json: boolean | null): readonly unknown[] {
  if (json === true) return command(words);
  if (name === 'RUN') return words.map((one) => shell(one));
  if (name === 'ENV')
    return words.map((one, at) => (at % 3 === 0 ? variable(one) : at % 3 === 1 ? word(one) : one));
  if (name === 'COPY' || name === 'WORKDIR') return words.map(word);
  if (name === 'EXPOSE') return words.map((one) => one.replace(/^\d{1,5}(?=$|\/udp$)/, 'N'));
  return words;
}

/** Keys of a flag stand as they are, and what they are set to where that decides what is mounted, or who owns it. */
function flag(text: string): string {
  const [, name = text, value = ''] = /^(--[\w-]+)=?(.*)$/s.exec(text) ?? [];
  if (name !== '--mount') return text;
  const parts = value.split(',').map((part) => {
    const [, key = part, what = ''] = /^([\w-]+)=?(.*)$/s.exec(part) ?? [];
    return /^(id|source|target|env)$/.test(key) && /^[\w./@+-]*$/.test(what) ? key : part;
  });
  return `${name} ${parts.join(' ')}`;
}

/** A name that a shell can expand is as good as another. */
function variable(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? 'NAME' : name;
}

/** A word of an instruction, as the builder takes it: what it would put in the place of `$` stays to be seen. */
function word(text: string): string {
  const expanded = text.replace(/'[^']*'|\\./g, '').match(/\$(\{[^}]*\}?|\w*)/g) ?? [];
  return `W${expanded.join('')}${/(^|\/)\.\.(\/|$)/.test(text) ? ' outside' : ''}`;
}

/** Programs that are given a program: https://nodejs.org/api/cli.html#-e---eval-script */
const SHELLS = /(^|\/)(sh|bash)$/;
const LANGUAGES = /(^|\/)(node|bun|python[\d.]*)$/;

/** The words of a command without a shell: what it runs stands as it is, a script among them is taken apart. */
function command(words: readonly string[]): readonly unknown[] {
  const at = words[0] === 'CMD' ? 1 : 0;
  return words.map((one, index) => {
    if (index < at || (index === at && (SHELLS.test(one) || LANGUAGES.test(one)))) return one;
    const [runs = '', option] = [words[at], words[index - 1]];
    if (SHELLS.test(runs) && option === '-c') return shell(one);
    // in a check alone: what a project starts may be a script of its own
    if (at === 1 && LANGUAGES.test(runs) && /^-[ce]$/.test(option ?? '')) return script(one);
    return 'W';
  });
}

/** Code of ours in which a project has texts: what stands between quotes, and the name of a variable. */
function script(text: string): string {
  return text.replace(/process\.env\.[A-Za-z_]\w*/g, 'process.env.NAME').replace(/'(?:[^'\\]|\\.)*'/g, "''");
}

/** A script of a shell as a tree; what one shell hands to another is a tree in it. */
function shell(text: string): unknown {
  return tree(parse(text));
}

/** Parts of a word that are no more than their text. */
const TEXTS = /^(Literal|SingleQuoted|AnsiCQuoted)$/;

/** What a shell would do, without where it stands. */
function tree(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(tree);
  if (typeof node !== 'object' || node === null) return typeof node === 'function' ? undefined : node;
  const entries = valuesOf(node);
  if (entries.type === 'Word') return argument(String(entries.value), entries.parts);
  if (entries.type === 'Command') return called(entries);
  return Object.fromEntries(
    Object.entries(entries)
      .filter(([key]) => !/^(pos|end|start|text|source|parent|offset|args|_.*)$/.test(key))
      .map(([key, value]) => [key, tree(value)]),
  );
}

/** A command of a script: its name stands as it is. */
function called({ name, prefix, suffix, redirects }: Readonly<Record<string, unknown>>): unknown {
  const { value, parts } = typeof name === 'object' && name !== null ? valuesOf(name) : {};
  const words = Array.isArray(suffix) ? suffix : [];
  const inner = words.map((one, at) => {
    const before = at === 0 ? undefined : valuesOf(words[at - 1]).value;
    return before === '-c' && SHELLS.test(String(value)) ? shell(String(valuesOf(one).value)) : tree(one);
  });
  return [value === undefined ? [] : [value, expansionsIn(parts)], tree(prefix), inner, tree(redirects)];
}

/** An argument: an option has its name, all else is a word that may be another. */
function argument(value: string, parts: unknown): unknown {
  const option = /^-[\w-]*/.exec(value)?.[0] ?? '';
  return [`${option}W${/(^|\/)\.\.(\/|$)/.test(value) ? ' outside' : ''}`, ...expansionsIn(parts)];
}

/** What is replaced, run or matched in a word. */
function expansionsIn(parts: unknown): readonly unknown[] {
  if (!Array.isArray(parts)) return [];
  return parts.flatMap((part) => {
    const { type, text, parts: inner } = valuesOf(part);
    if (TEXTS.test(String(type))) return [];
    if (type === 'DoubleQuoted') return expansionsIn(inner);
    return [
      type === 'SimpleExpansion' && /^\$[A-Za-z_]\w*$/.test(String(text)) ? '$NAME' : `${type} ${text}`,
    ];
  });
}

function valuesOf(node: object): Readonly<Record<string, unknown>> {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(node)))
    .filter(([name, { get }]) => get !== undefined && !name.startsWith('_'))
    .map(([name]) => name);
  const names = [...Object.keys(node), ...(Object.getPrototypeOf(node) === Object.prototype ? [] : getters)];
  return Object.fromEntries(names.map((name) => [name, (node as Record<string, unknown>)[name]]));
}
