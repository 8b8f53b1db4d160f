import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bindingsOf } from '../../src/kit/bindings.ts';
import type { Dialect } from '../../src/kit/dialect.ts';
import { split } from '../../src/kit/ranges.ts';
import {
  argument,
  blockAt,
  calls,
  codeOf,
  functionAt,
  lineAt,
  member,
  scan,
  textOf,
} from '../../src/kit/syntax.ts';
import { worthOf } from '../../src/kit/worth.ts';
import { C } from '../../src/languages/c/dialect.ts';
import { GO } from '../../src/languages/go/dialect.ts';
import { JAVA } from '../../src/languages/java/dialect.ts';
import { NODE } from '../../src/languages/node/dialect.ts';
import { PYTHON } from '../../src/languages/python/dialect.ts';

const ALL: readonly Dialect[] = [NODE, GO, C, PYTHON, JAVA];

describe('comments and the insides of texts are blanks', () => {
  test.each<[string, Dialect, string, string]>([
    ['JavaScript', NODE, 'a("x//y") // z', 'a("    ")     '],
    ['a template with code', NODE, '`a${b("c")}d` + e', '` ${b(" ")} ` + e'],
    ['templates in templates', NODE, '`a${`b${c}`}`', '` ${` ${c}`}`'],
    ['a regular expression', NODE, 'a = /[/"]"/g; b', 'a = /     /g; b'],
    ['a division', NODE, 'a / b / "c"', 'a / b / " "'],
    ['a division behind a bracket', NODE, '(a) / b; "c / d"', '(a) / b; "     "'],
    ['an apostrophe in JSX', NODE, "<p>don't</p>; f('x')", "<p>don't</p>; f(' ')"],
    ['an address in JSX', NODE, '<a>see https://x.org {b}</a>', '<a>see https://x.org {b}</a>'],
    ['a quote that is never closed', NODE, 'a = "b\nc("d")', 'a = "b\nc(" ")'],
    ['Go: raw texts and runes', GO, "a(`b\"\n`, '\"', '\\'') // c", "a(`  \n`, ' ', '  ')     "],
    [
      'C: separators and characters',
      C,
      "int a = 1'000; char b = '\\''; // c",
      "int a = 1'000; char b = '  ';     ",
    ],
    ['C++: raw texts', C, 'a = R"x(b)" // )x"; c', 'a =  "           "; c'],
    ['C: a word of the preprocessor', C, '#error don\'t\na("b")', '#error don\'t\na(" ")'],
    ['Python: three quotes', PYTHON, 'a = """b\n"c" # """ # d', 'a = """ \n      """    '],
    ['Python: code in texts', PYTHON, 'f\'a{b["c"]!r:>9}d{{e}}\'', ' \' {b[" "]!r:>9}      \''],
    ['Python: raw texts', PYTHON, "r'\\' + 'b'", " '     'b'"],
    ['Java: text blocks', JAVA, 'a = """\n  b " c\n  """; // d', 'a = """\n       \n  """;     '],
  ])('%s', (_, dialect, text, code) => {
    expect(scan('a', text, dialect).code).toBe(code);
  });
});

test('texts are decoded, and their code is ranges', () => {
  const source = scan('a.js', "f('a\\n\\u0041\\x42', `b${c}d`)", NODE);
  expect(source.strings).toEqual([
    { kind: 'text', from: 2, to: 17, text: 'a\nAB', parts: undefined },
    { kind: 'text', from: 19, to: 27, text: 'bd', parts: ['b', { from: 23, to: 24 }, 'd'] },
  ]);
});

describe('calls', () => {
  const found = (dialect: Dialect, text: string, pattern: RegExp) => {
    const source = scan('a', text, dialect);
    return calls(source, pattern).map(
      ({ at, name, args }) => `${at} ${name} ${args.map((arg) => codeOf(source, arg)).join(' | ')}`,
    );
  };
  test.each<[string, Dialect, string, RegExp, readonly string[]]>([
    [
      'arguments',
      NODE,
      'app.listen(f(1, 2), { a, b }, [c])',
      /\.listen\(/g,
      ['a:1 app.listen f(1, 2) | { a, b } | [c]'],
    ],
    [
      'a chain over lines',
      NODE,
      'express()\n  .use(a)\n  .listen(1)',
      /\.listen\(/g,
      ['a:1 express().use().listen 1'],
    ],
    [
      'not in texts or comments',
      NODE,
      '"listen(1)" // listen(2)\n/* listen(3) */ `listen(4)${listen(5)}`',
      /\blisten\(/g,
      ['a:2 listen 5'],
    ],
    ['types', NODE, 'config.get<number>("port")', /\.get\b/g, []],
    [
      'declarations',
      NODE,
      'function listen(a) {}\nclass A { listen(a): void {} }\nconst o = { listen(a) {} };\nlisten(1)',
      /\blisten\s*\(/g,
      ['a:4 listen 1'],
    ],
    [
      'Go',
      GO,
      'func listen(a int) {}\nfunc (s *S) listen(a int) error {\n\treturn s.listen(1)\n}',
      /\blisten\(/g,
      ['a:3 s.listen 1'],
    ],
    [
      'C',
      C,
      'int listen(int a);\nstatic int listen(int a) { return listen(1); }\nx->y.listen(2);',
      /\blisten\(/g,
      ['a:2 listen 1', 'a:3 x.y.listen 2'],
    ],
    ['Python', PYTHON, 'def listen(a):\n    pass\nlisten(1, b=2)', /\blisten\(/g, ['a:3 listen 1 | b=2']],
    [
      'Java',
      JAVA,
      'class A { void listen(int a) { this.listen(1); new Server(2); } }',
      /\b(?:listen|Server)\(/g,
      ['a:1 this.listen 1', 'a:1 Server 2'],
    ],
  ])('%s', (_, dialect, text, pattern, expected) => {
    expect(found(dialect, text, pattern)).toEqual(expected);
  });
});

describe('members', () => {
  const of = (dialect: Dialect, text: string, path: readonly string[]) => {
    const source = scan('a', text, dialect);
    const found = member(source, { from: 0, to: text.length }, path);
    return typeof found === 'string' ? found : source.text.slice(found.from, found.to);
  };
  test.each<[string, Dialect, string, readonly string[], string]>([
    ['an object', NODE, '{ a: 1, b: { c: 2 } }', ['b', 'c'], '2'],
    ['a quoted key', NODE, "{ 'a-b': 1 }", ['a-b'], '1'],
    ['a shorthand', NODE, '{ a, port }', ['port'], 'port'],
    ['a spread', NODE, '{ ...a, b: 1 }', ['c'], 'unknown'],
    ['a member behind a spread', NODE, '{ ...a, b: 1 }', ['b'], '1'],
    ['a member before a spread', NODE, '{ b: 1, ...a }', ['b'], 'unknown'],
    ['a member that is missing', NODE, '{ a: 1 }', ['b'], 'missing'],
    ['a structure of Go', GO, '&http.Server{Addr: ":80", TLS: nil}', ['Addr'], '":80"'],
    ['values without names', GO, 'Server{":80"}', ['Addr'], 'unknown'],
    ['a structure of C', C, '{.host = "a", .port = 80}', ['port'], '80'],
    ['a dictionary', PYTHON, "{'port': 80, **a}", ['port'], 'unknown'],
    ['a dictionary by its name', PYTHON, 'dict(port=80)', ['port'], '80'],
  ])('%s', (_, dialect, text, path, expected) => {
    expect(of(dialect, text, path)).toBe(expected);
  });

  test('keyword arguments', () => {
    const source = scan('a.py', 'run("a", port=80)', PYTHON);
    const [call] = calls(source, /\brun\(/g);
    const port = call && argument(source, call, 'port', 1);
    expect(port && codeOf(source, port)).toBe('80');
    expect(textOf(source, call?.args[0])).toBe('a');
  });
});

describe('blocks', () => {
  test('Python: by indentation', () => {
    const text = 'def a(b,\n      c):\n    if b:\n        x = 1\n\n    # d\n    y = 2\nz = 3\n';
    const source = scan('a.py', text, PYTHON);
    const kinds = ['x', 'y', 'z'].map((name) => blockAt(source, text.indexOf(`${name} =`)).kind);
    expect(kinds).toEqual(['plain', 'function', 'file']);
    expect(functionAt(source, text.indexOf('x ='))?.name).toBe('a');
  });

  test('functions and their parameters', () => {
    const names = (dialect: Dialect, text: string) =>
      scan('a', text, dialect).functions.map(
        ({ name, parameters }) => `${name}(${parameters.map((one) => one.name).join(' ')})`,
      );
    expect(
      names(
        NODE,
        'const a = async (b, { c: d = 1 }: T) => { x(e => e) }; class F { async g(h = 1): Promise<void> {} }',
      ),
    ).toEqual(['a(b d)', '(e)', 'g(h)']);
    expect(
      names(GO, 'func (s *S) A(b, c string, d ...int) (int, error) {\n}\nvar f = func(e int) {}\n'),
    ).toEqual(['A(b c d)', '(e)']);
    expect(names(C, 'static int a(const char *b, int c[2]) {}\nA::A(int d) : e(d) {}')).toEqual([
      'a(b c)',
      'A(d)',
    ]);
    expect(
      names(JAVA, 'class A { A(Map<String, Integer> b, final int c) throws E { x.y(d -> d); } }'),
    ).toEqual(['A(b c)', '(d)']);
    expect(names(PYTHON, 'def a(self, b: int = 1, *c, **d) -> int: return b')).toEqual(['a(self b c d)']);
  });

  test('lines', () => {
    const source = scan('a.js', 'a\n\nb', NODE);
    expect([0, 1, 2, 3].map((at) => lineAt(source, at))).toEqual(['a.js:1', 'a.js:1', 'a.js:2', 'a.js:3']);
    expect(split(source, { from: 0, to: 4 }, ',')).toEqual([{ from: 0, to: 4 }]);
  });
});

const SIGNS = [
  '"',
  "'",
  '`',
  '${',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '/',
  '//',
  '/*',
  '*/',
  '\\',
  '\n',
  '#',
  '"""',
  'f"',
  'R"x(',
  ')x"',
  ' ',
  'a',
  '1',
  '=',
  ':=',
  ',',
  '=>',
  ':',
  '\n  ',
  'def a(',
  '#if ',
  '#else\n',
  'const ',
  'return ',
  '.',
  '<',
  '>',
  'é',
  '😀',
];
const hostile = fc.array(fc.constantFrom(...SIGNS), { maxLength: 120 }).map((parts) => parts.join(''));

/** Where code is neither the text's own character nor a blank for it; -1: nowhere. */
function firstMoved(text: string, code: string): number {
  for (let at = 0; at < text.length; at++)
    if (code[at] !== text[at] && (code[at] !== ' ' || text[at] === '\n')) return at;
  return -1;
}

describe.each(ALL.map((dialect) => [dialect.id, dialect] as const))('any text, read as %s', (_, dialect) => {
  test('keeps every position and line break, pairs its brackets, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const source = scan('a', text, dialect);
        expect(source.code.length).toBe(text.length);
        // every position is kept: its own character, or a blank, and line breaks always
        expect(firstMoved(text, source.code)).toBe(-1);
        for (const [one, other] of source.pairs) {
          expect(source.pairs.get(other)).toBe(one);
          expect('([{)]}'.indexOf(text[one] ?? ' ') % 3).toBe('([{)]}'.indexOf(text[other] ?? ' ') % 3);
        }
        const pairs = [...source.pairs].filter(([from, to]) => from < to).sort(([a], [b]) => a - b);
        const open: number[] = [];
        for (const [from, to] of pairs) {
          while ((open.at(-1) ?? Infinity) < from) open.pop();
          expect(to).toBeLessThan(open.at(-1) ?? Infinity);
          open.push(to);
        }
        for (const name of bindingsOf(source).keys())
          worthOf({ sources: [source], memo: new Map() }, source, name);
        calls(source, /(?<![\w$])[\w$]+\(/g);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  const MEGABYTE = 1024 * 1024;
  const PROGRAM: Readonly<Record<string, string>> = {
    node: "export async function start({ port = 3000 }, ...rest) {\n  const text = `on ${port} / ${rest.length}`;\n  if (port > 1 && /a[/]b/.test(text)) app.listen(port, () => log('x')); // it's on\n}\n",
    go: 'func (s *Server) Start(addr string) error {\n\tport, err := strconv.Atoi(addr)\n\tif err != nil {\n\t\treturn fmt.Errorf("no %q: %w", addr, err)\n\t}\n\treturn s.listen(port)\n}\n',
    c: 'static int start(const char *host, int port) {\n  struct sockaddr_in to = {.sin_port = htons(port)};\n  if (bind(s, &to, sizeof to)) return -1; /* no */\n  return listen(s, 8);\n}\n',
    python:
      'class Server(Base):\n    def start(self, port: int = 3000) -> None:\n        text = f"on {port}"\n        if port > 1:\n            self.app.listen(port=port, host="x")  # on\n\n',
    java: 'class Server {\n  private int port = 8080;\n  @Override\n  public void start(String host) throws IOException {\n    app.listen(host, port, x -> x.close());\n  }\n}\n',
  };
  const BAD: readonly string[] = [
    '(',
    '{',
    '}',
    ')]',
    '"',
    "'\\'",
    '`',
    '`${',
    '/*',
    '/',
    'a',
    ' ',
    '\n',
    '=',
    'a=',
    'a.',
    'a,',
    'a(',
    '=>',
    'R"x(',
    'f"{',
    ':',
    '\t\n',
    '#if\n(',
    '#else\n',
    '<',
    'a =\n',
    'const a: ',
    'func(',
    '){',
    '): ',
    'int a, ',
    'a b',
    '@',
  ];
  /** The least processor time of three runs, in milliseconds: a machine that is shared only adds to it. */
  const least = (run: () => unknown) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const start = process.cpuUsage();
        run();
        return process.cpuUsage(start).user / 1000;
      }),
    );

  test('a megabyte of a program takes at most five times as long as to split it into words', () => {
    const unit = PROGRAM[dialect.id] ?? '';
    const text = unit.repeat(Math.ceil(MEGABYTE / unit.length));
    expect(scan('a', text, dialect).functions.length).toBeGreaterThan(1000);
    const words = least(() => [...text.matchAll(/\w+|\W/g)].length);
    const time = least(() => calls(scan('a', text, dialect), /\.listen\(/g));
    expect(time / words).toBeLessThan(5);
  }, 60_000);

  test('hostile text never hangs: the time grows with the length', () => {
    for (const unit of BAD) {
      const text = unit.repeat(Math.ceil(20_000 / unit.length));
      const start = process.cpuUsage();
      const source = scan('a', text, dialect);
      for (const name of [...bindingsOf(source).keys()].slice(0, 5))
        worthOf({ sources: [source], memo: new Map() }, source, name);
      // what is not linear takes minutes
      expect(process.cpuUsage(start).user / 1000, JSON.stringify(unit)).toBeLessThan(5000);
    }
  }, 60_000);
});
