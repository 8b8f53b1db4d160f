import { files, SERVER, table } from './project.ts';

const LIBRARY = { 'main.go': 'package shop\n' };
const programs = (...folders: readonly string[]) =>
  Object.fromEntries(folders.map((folder) => [`${folder}/main.go`, SERVER]));

table('main', [
  [
    'programs of the module, before those of modules inside of it',
    files({
      ...LIBRARY,
      ...programs('basic', 'tracing'),
      'tracing/go.mod': 'module example.com/tracing\n\ngo 1.26\n',
    }),
    './basic',
    'basic/main.go, the only package main',
  ],
  [
    'the one called like the module, before what releases hold',
    files({
      ...LIBRARY,
      ...programs('cmd/shop', 'cmd/shopctl'),
      '.goreleaser.yml': 'builds:\n  - main: ./cmd/shopctl\n',
    }),
    './cmd/shop',
    'example.com/shop/cmd/shop, called like the module',
  ],
  [
    'a server before its client',
    files({ ...LIBRARY, ...programs('cmd/echo-client', 'cmd/echo-server') }),
    './cmd/echo-server',
    'example.com/shop/cmd/echo-server, with echo-client as its tools',
  ],
  [
    'a daemon by the letter that it ends with',
    files({ ...LIBRARY, ...programs('cmd/shopd', 'cmd/worker') }),
    './cmd/shopd',
    'example.com/shop/cmd/shopd, called like the module',
  ],
  [
    'an API before what fills and moves its data',
    files({ ...LIBRARY, ...programs('cmd/api', 'cmd/migrate', 'cmd/seed') }),
    './cmd/api',
    'example.com/shop/cmd/api, with migrate, seed as its tools',
  ],
  [
    'the root, beside which a migration stands',
    files(programs('cmd/migrate')),
    '.',
    'example.com/shop, with migrate as its tools',
  ],
  [
    'a module with a major version and the language in its name',
    files({ ...LIBRARY, ...programs('cmd/stock', 'cmd/other') }, 'module example.com/go-stock/v2\n'),
    './cmd/stock',
    'example.com/go-stock/v2/cmd/stock, called like the module',
  ],
  [
    'what main holds is a program as much as what cmd holds',
    files({ ...LIBRARY, ...programs('cmd/importer', 'main/web') }),
    new Error('The program could be ./cmd/importer (example.com/shop/cmd/importer) or ./main/web'),
  ],
  [
    'tests, tools and examples by a part of their names',
    files({ ...LIBRARY, ...programs('cmd/api', 'cmd/test-server', 'cmd/api-example', 'cmd/dev_tools') }),
    './cmd/api',
    'cmd/api/main.go, the only package main',
  ],
  [
    'two that serve are a tie, whatever stands beside them',
    files({ ...LIBRARY, ...programs('cmd/api', 'cmd/admin-api', 'cmd/seed') }),
    new Error('The program could be ./cmd/admin-api'),
  ],
]);
