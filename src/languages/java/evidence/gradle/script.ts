import type { Range, Source } from '../../../../kit/dialect.ts';
import { lineAt, scan } from '../../../../kit/syntax.ts';
import type { Project } from '../../../../project/project.ts';
import { KOTLIN } from '../kotlin.ts';

/** One statement of a build script, with the blocks around it: `java.toolchain.languageVersion`. */
export interface Statement {
  /** Names of the blocks around it, and its own. */
  readonly key: string;
  /** Its code behind the name; texts are blank there. */
  readonly code: string;
  /** The texts in it, in their order; one that holds code that is not known is undefined. */
  readonly texts: readonly (string | undefined)[];
  /** Statements of the block that follows. */
  readonly inner: readonly Statement[];
  readonly at: string;
}

/** What names stand for, in the scripts and in gradle.properties. */
export type Names = (name: string) => string | undefined;

/** A script of this size is none. */
const LIMIT = 1 << 20;

export function openScript(project: Project, path: string): Source | undefined {
  const text = project.read(path, LIMIT);
  return text === undefined ? undefined : scan(path, text, KOTLIN);
}

/** The statements of a script, those of blocks inside of them. What is not understood is a statement without meaning. */
export function statementsOf(source: Source, names: Names): readonly Statement[] {
  return within(source, { from: 0, to: source.code.length }, '', names, 0);
}

function within(
  source: Source,
  range: Range,
  around: string,
  names: Names,
  depth: number,
): readonly Statement[] {
  const { code, pairs } = source;
  const found: Statement[] = [];
  let from = range.from;
  let body: Range | undefined;
  const close = (to: number) => {
    const statement = statementAt(source, { from, to }, body, around, names, depth);
    if (statement !== undefined) found.push(statement);
    from = to + 1;
    body = undefined;
  };
  for (let at = range.from; at < range.to; at++) {
    // a brace in a text begins no block
    const text = source.texts.get(at);
    if (text !== undefined) {
      at = text.to - 1;
      continue;
    }
    const end = /[{([]/.test(code[at] ?? '') ? pairs.get(at) : undefined;
    if (end !== undefined && end > at) {
      if (code[at] === '{') body = { from: at + 1, to: Math.min(end, range.to) };
      at = end;
    } else if ((code[at] === '\n' && !continues(code, at)) || code[at] === ';') close(at);
  }
  close(range.to);
  return found;
}

/** A line that the next one continues: `id("x")\n  .version("y")`, `implementation 'a',\n 'b'`. */
function continues(code: string, at: number): boolean {
  return /[,=+(]\s*$/.test(code.slice(Math.max(0, at - 40), at)) || /^\s*\./.test(code.slice(at, at + 60));
}

function statementAt(
  source: Source,
  range: Range,
  body: Range | undefined,
  around: string,
  names: Names,
  depth: number,
): Statement | undefined {
  const end = body === undefined ? range.to : body.from - 1;
  const text = source.code.slice(range.from, end);
  const start = range.from + text.search(/\S|$/);
  const head = text.trim();
  if (head === '') return undefined;
  const texts = source.strings
    .filter((one) => one.from >= start && one.to <= end)
    .map((one) =>
      fill(source.text.slice(one.from, one.to).replace(/^("""|'''|["'])([\s\S]*)\1$/, '$2'), names),
    );
  const { name, rest } = nameOf(head, texts);
  const key = around === '' ? name : `${around}.${name}`;
  return {
    key,
    code: rest,
    texts,
    inner: body === undefined || depth > 20 ? [] : within(source, body, key, names, depth + 1),
    at: lineAt(source, start),
  };
}

/** The name that a statement begins with; a task that is looked up by its name has that name. */
function nameOf(head: string, texts: readonly (string | undefined)[]): { name: string; rest: string } {
  const [all = '', first = ''] =
    /^(?:(?:val|var|def|final|String)\s+(?:\w+\s*(?:by|=)\s*)?)?`?((?:[\w-]+(?:\.(?=\w))?)+)`?/.exec(head) ??
    [];
  const rest = head.slice(all.length);
  const named = /^tasks\.(?:named|getByName|register|withType)$|^tasks$|^named$|^getByName$|^withType$/.test(
    first,
  );
  if (!named)
    return {
      name: first.replace(/^tasks\./, '').replace(/\.(?:set|configureEach|configure|add|addAll)$/, ''),
      rest,
    };
  const typed = /withType\s*(?:<|\()\s*(?:[\w.]+\.)?(\w+)/.exec(head)?.[1];
  const looked = typed ?? (/named|getByName|register/.test(first) ? texts[0] : undefined);
  return { name: looked ?? first, rest };
}

/** `$version`, `${libs.versions.x.get()}`: undefined when a name is not known. */
function fill(text: string, names: Names): string | undefined {
  let known = true;
  const filled = text.replace(
    /\$(?:\{([^{}]*)\}|([A-Za-z_][\w.]*))/g,
    (_, inner: string | undefined, plain: string | undefined) => {
      const name = (inner ?? plain ?? '')
        .replace(/^(?:project|rootProject|extra|ext)\.(?=\w)/, '')
        .replace(/^(?:project\.)?(?:property|findProperty)\(["'](\w+)["']\)$/, '$1');
      const value = names(name.trim());
      if (value === undefined) known = false;
      return value ?? '';
    },
  );
  return known ? filled : undefined;
}

/** Names that are given a text once: `ext.bootVersion = '3.5'`, `val ktor: String = "3.1"`, `set("x", "y")`. */
export function namesIn(sources: readonly Source[]): ReadonlyMap<string, string> {
  const found = new Map<string, string | undefined>();
  for (const source of sources) {
    const patterns = [
      /(?<![\w.])(?:ext\.|extra\.)?(\w+)\s*(?::\s*String\s*)?=\s*(?=["'])/g,
      /\bval\s+(\w+)\s+by\s+extra\s*\(\s*(?=["'])/g,
    ];
    for (const pattern of patterns)
      for (const match of source.code.matchAll(pattern)) {
        const text = source.texts.get(match.index + match[0].length);
        const name = match[1] ?? '';
        const value = text === undefined || text.parts !== undefined ? undefined : text.text;
        found.set(name, found.has(name) && found.get(name) !== value ? undefined : value);
      }
    for (const match of source.code.matchAll(/\b(?:set\s*\(|extra\s*\[|ext\s*\[)\s*(?=["'])/g)) {
      const first = source.texts.get(match.index + match[0].length);
      const second = source.strings.find(
        (one) => first !== undefined && one.from >= first.to && one.from < first.to + 12,
      );
      if (first !== undefined && second?.parts === undefined) found.set(first.text, second?.text);
    }
  }
  return new Map([...found].flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
