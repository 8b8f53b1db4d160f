import { expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';

const SERVER =
  "const express = require('express');\nconst app = express();\nrequire('./routes');\napp.listen(process.env.PORT || 3000);\n";

const app = (more: Files = {}): Files => ({
  'package.json':
    '{ "name": "shop", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^5" } }',
  'package-lock.json': '{ "lockfileVersion": 3, "packages": { "": {} } }',
  'app.js': SERVER,
  'routes/index.js': '',
  ...more,
});

test.each<[string, Files, string]>([
  ['what it loads', {}, 'app.js package.json routes'],
  [
    'what it may read without a word',
    { 'views/a.ejs': '', 'public/a.css': '', 'newrelic.js': '', 'models/a.js': '', '.sequelizerc': '' },
    '.sequelizerc app.js models newrelic.js package.json public routes views',
  ],
  [
    'a folder of tests, though a word of the sources is called so',
    { 'routes/index.js': "module.exports = 'the latest test';", 'test/a.js': '' },
    'app.js package.json routes',
  ],
  [
    'no templates of an organisation, whatever their folder is called',
    { 'house-style/create-dockerfile.yaml': 'port: 3000\n', 'house-style/ca.pem': '' },
    'app.js package.json routes',
  ],
  [
    'nothing for people and tools',
    {
      ...{
        'README.md': '',
        LICENSE: '',
        '.eslintrc.json': '',
        'jest.config.js': '',
        'test/a.js': '',
        'docs/a.md': '',
      },
      ...{
        '.github/ci.yml': '',
        '.vscode/x.json': '',
        'nodemon.json': '{}',
        'docker-compose.yml': '',
        Makefile: '',
      },
    },
    'app.js package.json routes',
  ],
  [
    'documents that it serves',
    { 'app.js': `${SERVER}app.use('/docs', express.static('docs'));\n`, 'docs/api.html': '' },
    'app.js docs package.json routes',
  ],
  [
    'what a tool reads, where it reads it too',
    { 'app.js': `${SERVER}console.log(require('./app.json').name);\n`, 'app.json': '{}' },
    'app.js app.json package.json routes',
  ],
  [
    'no package of its own beside it',
    { 'client/package.json': '{}', 'client/src/a.js': '' },
    'app.js package.json routes',
  ],
  [
    'unless the server names it',
    {
      'app.js': `${SERVER}app.use(express.static('client'));\n`,
      'client/package.json': '{}',
      'client/index.html': '',
    },
    'app.js client package.json routes',
  ],
  [
    'a package that is installed from here',
    {
      'package.json':
        '{ "scripts": { "start": "node app.js" }, "dependencies": { "express": "^5", "lib": "file:./lib" } }',
      'lib/package.json': '{}',
      'lib/index.js': '',
    },
    'app.js lib package.json routes',
  ],
  [
    'nothing that git ignores, on whose machine ever',
    { '.gitignore': 'uploads\n*.db\n', 'uploads/a.png': '', 'shop.db': '' },
    'app.js package.json routes',
  ],
  [
    'nothing that the build does not have',
    { '.dockerignore': 'seeds\n', 'seeds/a.json': '', 'keys/a.pem': '', 'server.key': '' },
    'app.js package.json routes',
  ],
  [
    'all of it, where it loads what nobody can tell',
    { 'routes/index.js': 'require(process.env.PLUGIN);\n' },
    '.',
  ],
  [
    'all of it, where a compiler reads along',
    { 'routes/index.ts': '', 'routes/index.js': "require('./index.ts')" },
    '.',
  ],
  [
    'all of it, where a .dockerignore lets in',
    { '.dockerignore': '*\n!app.js\n!routes\n!package*.json\n' },
    '.',
  ],
])('a server that is not built ships %s', async (_, more, source) => {
  const { artifacts } = await planned(await projectOf(app(more)), 'slim');
  expect(artifacts.find(({ stage }) => stage === undefined)?.source).toBe(source);
});
