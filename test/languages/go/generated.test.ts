import { describe, expect, test } from 'vitest';
import type { GoApp } from '../../../src/languages/go/plan/plan.ts';
import type { Plan } from '../../../src/plan/plan.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found, planned } from '../../planned.ts';
import { files, main, requiring } from './project.ts';

const uses = (...paths: readonly string[]): Files => ({ 'main.go': main('', ...paths) });
const DB = 'example.com/shop/internal/db';

describe('what is generated and not here is refused by the name of its tool', () => {
  test.each<readonly [string, Files, string]>([
    [
      'templ, of whose version nothing is said',
      files({ ...uses('example.com/shop/views'), 'views/a.templ': 'package views\n' }),
      'views/a.templ is there, and the Go file that templ makes of it is not. Run templ generate, so that the files are there when the image is built, or require github.com/a-h/templ in go.mod, and the build runs it.',
    ],
    [
      'one template of a package whose others were generated',
      files({
        ...uses('example.com/shop/views'),
        'views/a.templ': 'package views\n',
        'views/b.templ': 'package views\n',
        'views/a_templ.go': 'package views\n',
      }),
      'views/b.templ is there, and the Go file that templ makes of it is not.',
    ],
    [
      'quicktemplate',
      files({ ...uses('example.com/shop/pages'), 'pages/home.qtpl': '' }),
      'pages/home.qtpl is there, and the Go file that qtc makes of it is not. Run qtc,',
    ],
    [
      'sqlc, whose configuration lies below',
      files({ ...uses(DB), 'sqlc.json': '{"sql": [{"gen": {"go": {"out": "internal/db"}}}]}' }),
      `main.go:4 imports ${DB}, which has no Go file here. Run sqlc generate,`,
    ],
    [
      'buf, which needs plugins',
      requiring(['github.com/bufbuild/buf v1.50.0'], {
        ...uses('example.com/shop/gen/v1'),
        'buf.gen.yaml': 'version: v2\nplugins:\n  - local: protoc-gen-go\n    out: gen\n',
      }),
      'which has no Go file here. Run buf generate, so that the files are there when the image is built.',
    ],
    [
      'protoc, by what its file says',
      files({
        ...uses('example.com/shop/pb'),
        'api/shop.proto': 'option go_package = "example.com/shop/pb;pb";\n',
      }),
      'main.go:4 imports example.com/shop/pb, which has no Go file here. Run protoc on api/shop.proto,',
    ],
    [
      'gqlgen',
      files({
        ...uses('example.com/shop/graph/model'),
        'gqlgen.yml': 'model:\n  filename: graph/model/models.go\n',
      }),
      'Run gqlgen generate,',
    ],
    [
      'go generate, where some file says a line of it',
      files({ ...uses('example.com/shop/assets'), 'tool.go': 'package main\n\n//go:generate ./pack.sh\n' }),
      'Run go generate ./...,',
    ],
    [
      'nothing that is known',
      files(uses('example.com/shop/lost')),
      'main.go:4 imports example.com/shop/lost, which has no Go file here. Commit that package, or correct the import.',
    ],
    [
      'wire',
      files({ 'wire.go': '//go:build wireinject\n\npackage main\n' }),
      'wire.go is there, and wire_gen.go is not. Run wire gen .,',
    ],
    [
      'ent',
      files({
        ...uses('example.com/shop/ent'),
        'ent/generate.go': 'package ent\n',
        'ent/schema/user.go': 'package schema\n\nimport "entgo.io/ent"\n',
      }),
      'ent/schema is there, and what ent makes of it is not. Run ent generate ./ent/schema,',
    ],
  ])('%s', async (_, project, message) => {
    await expect(found('main', await projectOf(project))).rejects.toThrow(message);
  });
});

describe('a tool of which the project says the version runs in the build stage', () => {
  test.each<readonly [string, Files, string]>([
    [
      'templ by go.mod',
      requiring(['github.com/a-h/templ v0.3.960'], {
        ...uses('example.com/shop/views', 'github.com/a-h/templ'),
        'views/a.templ': 'package views\n',
      }),
      'go run github.com/a-h/templ/cmd/templ@v0.3.960 generate',
    ],
    [
      'sqlc by the Makefile',
      files({
        ...uses(DB),
        Makefile: 'gen:\n\tgo run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.30.0 generate\n',
        'sqlc.yaml': 'sql:\n  - gen:\n      go:\n        out: internal/db\n',
      }),
      'go run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.30.0 generate',
    ],
    [
      'swag, whose package is called docs',
      requiring(['github.com/swaggo/swag v1.16.6'], uses('example.com/shop/docs')),
      'go run github.com/swaggo/swag/cmd/swag@v1.16.6 init',
    ],
    [
      'wire in the package that it is for',
      requiring(['github.com/google/wire v0.7.0'], {
        ...uses('example.com/shop/di'),
        'di/wire.go': '//go:build wireinject\n\npackage di\n',
        'di/di.go': 'package di\n',
      }),
      'go run github.com/google/wire/cmd/wire@v0.7.0 gen ./di',
    ],
    [
      'in the folder of the module',
      {
        'api/go.mod': 'module example.com/api\n\nrequire github.com/a-h/templ v0.3.960\n',
        'api/go.sum': 'github.com/a-h/templ v0.3.960/go.mod h1:x=\n',
        'api/main.go': main('', 'example.com/api/views'),
        'api/views/a.templ': '',
      },
      'go -C api run github.com/a-h/templ/cmd/templ@v0.3.960 generate',
    ],
  ])('%s', async (_, project, command) => {
    const { app, context } = (await planned(await projectOf(project), 'slim')) as Plan<GoApp>;
    expect(app.build.commands[0]).toBe(command);
    expect(app.build.mounts[0]).toBe('type=bind,target=.,rw');
    const templ = Object.keys(project).filter((path) => path.endsWith('.templ'));
    expect(context).toEqual(expect.arrayContaining(templ));
  });
});

test('a module of its own that is fetched is no package that is missing', async () => {
  const project = requiring(['example.com/shop/api v1.2.0'], uses('example.com/shop/api/v1'));
  expect(await found('main', await projectOf(project))).toEqual(['.', 'main.go, the only package main']);
});
