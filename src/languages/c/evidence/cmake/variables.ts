import type { Argument } from './commands.ts';

/** Values of variables; a name that is not in it is not known, or not set. */
export type Variables = Map<string, string>;

/** More than any value that means something: one that grows by itself ends there. */
const LIMIT = 65_536;

/** `${NAME}` and `$ENV{NAME}` replaced, inner ones first; what is not known stays away as CMake would have it. */
export function expand(text: string, variables: Variables): string {
  let out = text;
  let left = LIMIT;
  for (let round = 0; round < 20 && left > 0; round++) {
    const next = out.replace(/(?<!\\)\$(?:ENV)?\{([\w.+/-]*)\}/g, (whole, name: string) => {
      const value = whole.startsWith('$ENV') ? '' : (variables.get(name) ?? '');
      left -= value.length;
      return left > 0 ? value : '';
    });
    if (next === out) break;
    out = next;
  }
  return out.replace(/\\([^\w;])/g, '$1');
}

/** Sets a list as long as it is one that a person could have meant. */
export function setList(variables: Variables, name: string, list: readonly string[]): void {
  const value = list.join(';');
  if (value.length <= LIMIT) variables.set(name, value);
}

/** The words of a command, lists split. */
export function words(args: readonly Argument[], variables: Variables): readonly string[] {
  return args.flatMap(({ text, quoted }) => {
    const value = expand(text, variables);
    return quoted ? [value] : value.split(';').filter((word) => word !== '');
  });
}

/** True, false, or undefined for what only the machine that builds knows. */
type Truth = boolean | undefined;

/** What the target is and is not: a Linux, built by GCC. */
const FALSE_HERE = new Set(
  'WIN32 APPLE MSVC MINGW CYGWIN MSYS ANDROID IOS EMSCRIPTEN BORLAND XCODE IPHONE BSD FREEBSD NETBSD OPENBSD HAIKU WINDOWS_STORE QNX QNXNTO SUNOS SOLARIS AIX DRAGONFLY MINGW64 WINDOWS CMAKE_CROSSCOMPILING'.split(
    ' ',
  ),
);
const TRUE_HERE = new Set(['UNIX', 'LINUX', 'CMAKE_COMPILER_IS_GNUCXX', 'CMAKE_COMPILER_IS_GNUCC']);

function constant(text: string): Truth {
  if (/^(1|ON|YES|TRUE|Y|-?[1-9]\d*)$/i.test(text)) return true;
  if (/^(0|OFF|NO|FALSE|N|IGNORE|NOTFOUND|)$|-NOTFOUND$/i.test(text)) return false;
  return undefined;
}

/** Names, one of which a compiler has: `GNU|Clang`, `^(GNU|Clang)$`. */
const NAMES = /^\^?\(?\w+(?:\|\w+)*\)?\$?$/;

/** Whether a compiler is one of those. The pattern is the project's: it is read, and never run. */
function named(pattern: string, compiler: string): boolean {
  const begins = pattern.startsWith('^');
  const ends = pattern.endsWith('$');
  return pattern
    .replace(/[()^$]/g, '')
    .split('|')
    .some((name) =>
      begins && ends
        ? compiler === name
        : begins
          ? compiler.startsWith(name)
          : ends
            ? compiler.endsWith(name)
            : compiler.includes(name),
    );
}

/** A condition of `if`, in three values. `exists` tells of a path in the build stage, `target` of a target's name. */
export function evaluate(
  args: readonly Argument[],
  variables: Variables,
  known: { exists(path: string): boolean; target(name: string): boolean },
): Truth {
  let at = 0;
  const peek = () => args[at];
  const is = (word: string) => peek()?.quoted === false && peek()?.text === word;
  const value = (arg: Argument): string | undefined => {
    const text = expand(arg.text, variables);
    if (arg.quoted || /\$/.test(arg.text)) return text;
    return variables.has(text) ? variables.get(text) : text;
  };
  const or = (): Truth => {
    let left = and();
    while (is('OR')) {
      at++;
      const right = and();
      left = left === true || right === true ? true : left === false && right === false ? false : undefined;
    }
    return left;
  };
  const and = (): Truth => {
    let left = not();
    while (is('AND')) {
      at++;
      const right = not();
      left = left === false || right === false ? false : left === true && right === true ? true : undefined;
    }
    return left;
  };
  const not = (): Truth => {
    if (!is('NOT')) return operand();
    at++;
    const inner = not();
    return inner === undefined ? undefined : !inner;
  };
  const operand = (): Truth => {
    const arg = peek();
    if (arg === undefined) return undefined;
    at++;
    if (!arg.quoted && arg.text === '(') {
      const inner = or();
      if (is(')')) at++;
      return inner;
    }
    if (
      !arg.quoted &&
      /^(DEFINED|TARGET|EXISTS|COMMAND|POLICY|TEST|IS_DIRECTORY|IS_ABSOLUTE)$/.test(arg.text)
    ) {
      const next = args[at++];
      const text = next === undefined ? '' : expand(next.text, variables);
      if (arg.text === 'DEFINED')
        return variables.has(text) ? true : /^CMAKE_BUILD_TYPE$/.test(text) ? true : undefined;
      if (arg.text === 'TARGET') return known.target(text) ? true : undefined;
      if (/EXISTS|IS_DIRECTORY/.test(arg.text)) return known.exists(text);
      return undefined;
    }
    const next = peek();
    if (
      next !== undefined &&
      !next.quoted &&
      /^(STREQUAL|EQUAL|LESS|GREATER|MATCHES|VERSION_\w+|LESS_EQUAL|GREATER_EQUAL|STRLESS|STRGREATER|IN_LIST)$/.test(
        next.text,
      )
    ) {
      at++;
      const other = args[at++];
      if (other === undefined) return undefined;
      return compare(next.text, arg, other);
    }
    return single(arg);
  };
  const compare = (operator: string, left: Argument, right: Argument): Truth => {
    const [a, b] = [value(left), value(right)];
    const system = (arg: Argument) => /^\$?\{?(CMAKE_SYSTEM_NAME|CMAKE_HOST_SYSTEM_NAME)\}?$/.test(arg.text);
    if (operator === 'STREQUAL' && (system(left) || system(right))) return (system(left) ? b : a) === 'Linux';
    if (operator === 'MATCHES' && system(left)) return /Linux/.test(b ?? '');
    const id = /^\$?\{?(CMAKE_C(XX)?_COMPILER_ID)\}?$/.exec(left.text)?.[1];
    if (operator === 'MATCHES' && id !== undefined && NAMES.test(b ?? ''))
      return named(b ?? '', variables.get(id) ?? 'GNU');
    if (operator === 'STREQUAL') {
      const fixed = (arg: Argument, v: string | undefined) =>
        arg.quoted || variables.has(arg.text.replace(/^\$\{|\}$/g, '')) || v !== '';
      return fixed(left, a) && fixed(right, b) ? a === b : undefined;
    }
    return undefined;
  };
  const single = (arg: Argument): Truth => {
    const text = expand(arg.text, variables);
    const plain = constant(text);
    if (plain !== undefined && (arg.quoted || text !== '' || !/\$/.test(arg.text))) return plain;
    if (FALSE_HERE.has(text)) return false;
    if (TRUE_HERE.has(text)) return true;
    const held = variables.get(text);
    if (held === undefined) return undefined;
    return constant(held) ?? true;
  };
  return or();
}
