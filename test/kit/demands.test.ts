import { expect, test } from 'vitest';
import { type Demanding, demandsOf } from '../../src/kit/demands.ts';
import type { Dialect } from '../../src/kit/dialect.ts';
import { scan } from '../../src/kit/syntax.ts';
import { GO } from '../../src/languages/go/dialect.ts';
import { DEMANDING as OF_GO } from '../../src/languages/go/evidence/demands.ts';
import { NODE } from '../../src/languages/node/dialect.ts';
import { DEMANDING as OF_NODE } from '../../src/languages/node/evidence/demands.ts';
import { PYTHON } from '../../src/languages/python/dialect.ts';
import { DEMANDING as OF_PYTHON } from '../../src/languages/python/evidence/demands.ts';

const GRAMMARS: Readonly<Record<string, readonly [path: string, Dialect, Demanding]>> = {
  node: ['a.js', NODE, OF_NODE],
  go: ['a.go', GO, OF_GO],
  python: ['a.py', PYTHON, OF_PYTHON],
};

/** A variable that the program ends without, in each language; an empty list: it does without. */
test.each<[situation: string, language: string, text: string, names: readonly string[]]>([
  ['a condition', 'node', "if (!process.env.KEY_A) {\n  throw new Error('no');\n}", ['KEY_A']],
  ['a condition that goes on', 'node', 'if (!process.env.KEY_A) {\n  console.warn();\n}', []],
  [
    'a function of its own',
    'node',
    'function need(name) {\n  const v = process.env[name];\n  if (!v) throw new Error(name);\n  return v;\n}\nconst a = need("KEY_A");',
    ['KEY_A'],
  ],
  [
    'a function with a default',
    'node',
    'function get(name, fallback) {\n  const v = process.env[name] ?? fallback;\n  if (!v) throw new Error(name);\n  return v;\n}\nconst a = get("KEY_A", "x");',
    [],
  ],
  [
    'a schema of envalid',
    'node',
    "const spec = {\n  KEY_A: str({ devDefault: 'x' }),\n  KEY_B: num({ default: 1 }),\n};\ncleanEnv(process.env, spec);",
    ['KEY_A'],
  ],
  [
    'a schema of zod',
    'node',
    'const env = z.object({\n  KEY_A: z.string().min(8),\n  KEY_B: z.string().optional(),\n  KEY_C: z.coerce\n    .number()\n    .default(1),\n}).parse(process.env);',
    ['KEY_A'],
  ],
  ['a schema of a request', 'node', 'const body = z.object({\n  KEY_A: z.string(),\n}).parse(req.body);', []],
  [
    'a condition',
    'go',
    'package main\nfunc main() {\n\tif os.Getenv("KEY_A") == "" {\n\t\tlog.Fatal("no")\n\t}\n}\n',
    ['KEY_A'],
  ],
  [
    'a function of its own',
    'go',
    'package main\nfunc must(to *string, key string) {\n\tv := os.Getenv(key)\n\tif v == "" {\n\t\tpanic(key)\n\t}\n\t*to = v\n}\nfunc main() {\n\tmust(&a, "KEY_A")\n}\n',
    ['KEY_A'],
  ],
  [
    'a tag',
    'go',
    'package main\ntype C struct {\n\tA string `env:"KEY_A,required"`\n\tB string `envconfig:"KEY_B" required:"true"`\n\tC string `env:"KEY_C" envDefault:"x"`\n}\n',
    ['KEY_A', 'KEY_B'],
  ],
  [
    'where the module is loaded',
    'python',
    'import os\nA = os.environ["KEY_A"]\nos.environ["KEY_B"] = "x"\n',
    ['KEY_A'],
  ],
  [
    'under a try',
    'python',
    'import os\ntry:\n    A = os.environ["KEY_A"]\nexcept KeyError:\n    A = None\n',
    [],
  ],
  ['a condition', 'python', 'import os, sys\nif not os.environ.get("KEY_A"):\n    sys.exit(1)\n', ['KEY_A']],
  [
    'a function of its own',
    'python',
    'import os\ndef need(name):\n    value = os.getenv(name)\n    if not value:\n        raise RuntimeError(name)\n    return value\nA = need("KEY_A")\n',
    ['KEY_A'],
  ],
  [
    'settings of pydantic',
    'python',
    'class Settings(BaseSettings):\n    secret_key: str\n    port: int = 8000\n',
    ['SECRET_KEY'],
  ],
  ['a model of pydantic', 'python', 'class Item(BaseModel):\n    secret_key: str\n', []],
])('%s, in %s', (_, language, text, names) => {
  const [path, dialect, demanding] = GRAMMARS[language] as (typeof GRAMMARS)[string];
  const source = scan(path, text, dialect);
  const resolve = () => [];
  const demands = demandsOf({ sources: [source], memo: new Map(), resolve }, demanding);
  expect(demands.map(({ name }) => name)).toEqual(names);
});
