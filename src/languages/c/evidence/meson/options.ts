import { table, verbatim } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { argumentsOf, blanked, optionCalls, textOf } from './calls.ts';

/** The options of a project as they are when nobody sets them, and as words of the command line do: by `get_option('name')`. */
export function optionsOf(project: Project, words: readonly string[]): Map<string, string> {
  const file = ['meson.options', 'meson_options.txt'].find((path) => project.isFile(path));
  const text = file === undefined ? '' : blanked(file, project.read(file) ?? '');
  const options = new Map<string, string>();
  for (const call of optionCalls(text)) {
    const [name = '', ...rest] = argumentsOf(call);
    const keyword = (key: string) =>
      rest.find((arg) => new RegExp(`^${verbatim(key)}\\s*:`).test(arg))?.replace(/^\w+\s*:\s*/, '');
    const type = textOf(keyword('type') ?? '', options) ?? '';
    const value = keyword('value') ?? DEFAULTS[type];
    if (value !== undefined) options.set(`get_option(${name})`, textOf(value, options) ?? value);
  }
  for (const word of words) {
    const [, name, value = ''] = /^-D([\w.:-]+)=(.*)$/.exec(word) ?? [];
    if (name !== undefined) options.set(`get_option('${name}')`, value);
  }
  return options;
}

/** https://mesonbuild.com/Build-options.html */
const DEFAULTS: Readonly<Record<string, string>> = table({ boolean: 'true', feature: 'auto', string: '' });

const SYSTEMS = /^(?:host|build|target)_machine\.system\(\)$|^\w*(?:system|os)\w{0,200}$/;

/** A condition of `if` in three values: what is asked of the compiler or of the system's libraries is not known. */
export function condition(text: string, variables: ReadonlyMap<string, string>): boolean | undefined {
  const plain = text.trim();
  const [or, ...alternatives] = plain.split(/(?<!\s)\s+or\s+/);
  if (alternatives.length > 0)
    return some([or ?? '', ...alternatives].map((part) => condition(part, variables)));
  const parts = plain.split(/(?<!\s)\s+and\s+/);
  if (parts.length > 1) {
    const negated = some(parts.map((part) => condition(`not ${part}`, variables)));
    return negated === undefined ? undefined : !negated;
  }
  const [, negation, rest = ''] = /^(not\s+)?([\s\S]*)$/.exec(plain) ?? [];
  const truth = rest.startsWith('not ') ? condition(rest, variables) : single(rest.trim(), variables);
  return negation === undefined || truth === undefined ? truth : !truth;
}

function some(truths: readonly (boolean | undefined)[]): boolean | undefined {
  return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
}

function single(text: string, variables: ReadonlyMap<string, string>): boolean | undefined {
  const [, left = '', operator, right = ''] = /^([^=!]+)(==|!=)\s*(.+)$/.exec(text) ?? [];
  if (operator !== undefined) {
    const value = textOf(left, variables) ?? (SYSTEMS.test(left.trim()) ? 'linux' : undefined);
    const other = textOf(right, variables);
    if (value === undefined || other === undefined) return undefined;
    return (value === other) === (operator === '==');
  }
  const [, feature, asked] = /^(get_option\('[^']*'\))\.(enabled|disabled|allowed)\(\)$/.exec(text) ?? [];
  const value = variables.get(feature ?? text) ?? text;
  if (asked !== undefined)
    return value === 'auto'
      ? asked === 'allowed'
        ? undefined
        : false
      : (value === 'disabled') === (asked === 'disabled');
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
