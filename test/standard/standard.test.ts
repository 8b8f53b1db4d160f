import { describe, expect, test } from 'vitest';
import type { LanguageId } from '../../src/facts/language.ts';
import { render } from '../../src/output/render.ts';
import type { TargetId } from '../../src/plan/targets.ts';
import { projectOf } from '../../src/project/project.ts';
import { withStandard } from '../../src/standard/apply.ts';
import { matchOf, referenceOf } from '../../src/standard/images.ts';
import { type ImageRule, NOTHING, type Standard } from '../../src/standard/standard.ts';
import { type Files, planned } from '../planned.ts';
import { folderOf, run, SERVER } from '../run.ts';
import { WHOLE } from './whole.ts';

const LOCKED: Files = {
  'package.json':
    '{ "name": "tiny", "scripts": { "start": "node server.js" }, "dependencies": { "a": "1" } }\n',
  'package-lock.json':
    '{ "name": "tiny", "lockfileVersion": 3, "packages": { "": { "dependencies": { "a": "1" } }, "node_modules/a": { "version": "1.0.0" } } }',
  'server.js': SERVER['server.js'] ?? '',
};
const PROJECTS: { readonly [Id in LanguageId]: Files } = {
  node: LOCKED,
  go: {
    'go.mod': 'module example.com/a\n\ngo 1.26\n',
    'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
  },
  python: {
    'requirements.txt': 'flask==3.1.0\n',
    'app.py':
      'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8000)\n',
  },
  java: {
    'pom.xml':
      '<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><properties><maven.compiler.release>21</maven.compiler.release></properties></project>',
    'src/main/java/Main.java':
      'public class Main { public static void main(String[] a) throws Exception { com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(8080), 0).start(); } }',
  },
  c: {
    'CMakeLists.txt':
      'cmake_minimum_required(VERSION 3.20)\nproject(a C)\nadd_executable(a main.c)\ninstall(TARGETS a)\n',
    'main.c': 'int main(void) { return 0; }\n',
  },
};

async function dockerfileOf(id: LanguageId, target: TargetId, standard: Partial<Standard>): Promise<string> {
  const project = await projectOf(PROJECTS[id], 'app');
  const plan = withStandard(await planned(project, target, {}), { ...NOTHING, ...standard });
  return (await render(plan, project))[0].text;
}

const rule = (replaces: string, image: string, more: Partial<ImageRule> = {}): ImageRule => ({
  replaces,
  image,
  language: undefined,
  target: undefined,
  user: undefined,
  packageManager: undefined,
  paths: {},
  from: 'create-dockerfile.yaml:1',
  ...more,
});

describe('what a standard adds', () => {
  test.each(Object.keys(PROJECTS) as LanguageId[])('stands in a Dockerfile of %s', async (id) => {
    const text = await dockerfileOf(id, 'slim', WHOLE);
    const stages = text.split(/^FROM /m);
    expect(stages[1]).toMatch(/^scratch AS certificates\nCOPY <<'EOF' \/certificates\.crt\n-----BEGIN/);
    const [build, ships] = [stages[2] ?? '', stages.at(-1) ?? ''];
    expect(build).toContain('ARG CHANNEL=stable\n');
    expect(build).not.toContain('ARG REVISION');
    expect(build).toContain('COPY --link --from=certificates /certificates.crt');
    expect(ships).toMatch(
      /ARG REVISION=""\nLABEL org\.opencontainers\.image\.vendor="Acme Inc\." \\\n {6}\S+revision="\$\{REVISION\}"\nUSER /,
    );
    expect(ships).toContain('TZ=Europe/Berlin');
    expect(text).not.toMatch(/proxy\.acme/);
  });

  test.each<[LanguageId, RegExp]>([
    ['node', /NPM_CONFIG_REGISTRY=https:\/\/npm\.acme\.example\//],
    ['python', /PIP_INDEX_URL=https:\/\/pypi\.acme\.example\/simple/],
    ['go', /GOPROXY=https:\/\/go\.acme\.example/],
    [
      'java',
      /COPY <<'EOF' \/root\/\.m2\/settings\.xml\n<settings>\n[\s\S]*<url>https:\/\/maven\.acme\.example\/all\?a=1&amp;b=2<\/url>/,
    ],
  ])('has the registry of %s in the stage that builds alone', async (id, pattern) => {
    const text = await dockerfileOf(id, 'slim', WHOLE);
    expect(text.match(new RegExp(pattern, 'g'))?.length).toBe(1);
    expect(text.split(/^FROM /m).at(-1)).not.toMatch(/acme\.example/);
  });

  test.each<[LanguageId, TargetId, RegExp]>([
    ['node', 'distroless', /COPY --link --from=certificates \S+ \S+\n[\s\S]*NODE_EXTRA_CA_CERTS=/],
    [
      'go',
      'scratch',
      /COPY --link --from=certificates \/certificates\.crt \/etc\/ssl\/certs\/standard\.crt\n/,
    ],
    [
      'python',
      'distroless',
      /COPY --link --from=build (\/etc\/ssl\/certs\/ca-certificates\.crt) \1\n[\s\S]*SSL_CERT_FILE=\1/,
    ],
    [
      'java',
      'distroless',
      /COPY --link --from=build (\/etc\/ssl\/certs\/java\/cacerts) \1\n[\s\S]*trustStore=\1/,
    ],
  ])('is trusted by a program of %s on %s', async (id, target, pattern) => {
    expect(
      (await dockerfileOf(id, target, WHOLE))
        .split(/^FROM /m)
        .slice(-3)
        .join(''),
    ).toMatch(pattern);
  });

  test('mounts a secret for each step of the build, and tells how it is given', async () => {
    const text = await dockerfileOf('node', 'slim', WHOLE);
    expect(text).toMatch(/--mount=type=secret,id=netrc,target=\/root\/\.netrc,required=true \\\n {4}npm ci/);
    const project = await projectOf(LOCKED, 'app');
    const { secrets } = withStandard(await planned(project, 'slim'), WHOLE);
    expect(secrets).toEqual([{ id: 'netrc', from: 'file', source: '~/.netrc' }]);
  });

  test('is nothing where it says nothing', async () => {
    const project = await projectOf(LOCKED, 'app');
    const plan = await planned(project, 'slim');
    expect(withStandard(plan, NOTHING)).toEqual(plan);
  });
});

describe('images', () => {
  const from = async (id: LanguageId, target: TargetId, images: readonly ImageRule[]) =>
    [...(await dockerfileOf(id, target, { images })).matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].map(
      ([, image]) => image,
    );

  test('of a mirror take the place of all', async () => {
    expect(
      await from('go', 'distroless', [rule('*', 'mirror.example/hub/*'), rule('gcr.io/*', 'x/*')]),
    ).toEqual([
      'mirror.example/hub/golang:1.27-alpine',
      'mirror.example/hub/gcr.io/distroless/static-debian13:nonroot',
    ]);
    expect(await from('go', 'distroless', [rule('gcr.io/*', 'mirror.example/gcr/*')])).toEqual([
      'golang:1.27-alpine',
      'mirror.example/gcr/distroless/static-debian13:nonroot',
    ]);
  });

  test('are found by role before they are found by reference, by language and by target', async () => {
    const rules = [
      rule('node', 'mirror.example/node:{tag}'),
      rule('runtime', 'go.example/x', { language: 'go' }),
      rule('runtime', 'slim.example/{name}:{version}', { target: 'slim' }),
    ];
    expect(await from('node', 'slim', rules)).toEqual([
      'mirror.example/node:26-trixie-slim',
      'slim.example/node:26',
    ]);
    expect(await from('node', 'alpine', rules)).toEqual([
      'mirror.example/node:26-alpine',
      'mirror.example/node:26-alpine',
    ]);
  });

  test('bring their user and their paths', async () => {
    const text = await dockerfileOf('node', 'slim', {
      images: [
        rule('runtime', 'hard.example/node:*', {
          user: '65532:65532',
          paths: { '/usr/bin/tini': '/sbin/tini' },
        }),
      ],
    });
    expect(text).toMatch(/^FROM hard\.example\/node:26-trixie-slim AS runtime$/m);
    expect(text).toMatch(/^USER 65532:65532$/m);
    expect(text).toMatch(/^ENTRYPOINT \["\/sbin\/tini", "--"\]$/m);
  });

  test('that can install nothing are refused where something has to be installed', async () => {
    const images = [rule('runtime', 'hard.example/node:*', { packageManager: 'none' })];
    await expect(dockerfileOf('node', 'slim', { images })).rejects.toThrow(
      'This project needs tini in the image that ships, and hard.example/node:* has no package manager (create-dockerfile.yaml:1).',
    );
  });

  test.each<[pattern: string, image: string, stars: readonly string[] | undefined]>([
    ['*', 'node:26', ['node:26']],
    ['node:*-slim', 'node:26-trixie-slim', ['26-trixie']],
    ['docker.io/library/node:*', 'node:26', ['26']],
    ['docker.io/*', 'nginxinc/nginx:1', ['nginxinc/nginx:1']],
    ['*/*', 'node:26', ['docker.io', 'library/node:26']],
    ['node', 'node:26', undefined],
    ['a*a*a*a*a*a*a*b', 'a'.repeat(50_000), undefined],
    ['n.de:*', 'node:26', undefined],
  ])('%j matches %.20j: %j', (pattern, image, stars) => {
    expect(matchOf(pattern, image)).toEqual(stars);
  });

  test.each([
    ['node', { registry: 'docker.io', repository: 'library/node', tag: undefined, digest: undefined }],
    [
      'localhost:5000/a/b:1@sha256:00',
      { registry: 'localhost:5000', repository: 'a/b', tag: '1', digest: 'sha256:00' },
    ],
    ['ghcr.io/a/b', { registry: 'ghcr.io', repository: 'a/b', tag: undefined, digest: undefined }],
    ['nginxinc/x:1', { registry: 'docker.io', repository: 'nginxinc/x', tag: '1', digest: undefined }],
  ])('%s is taken apart', (image, parts) => expect(referenceOf(image)).toEqual(parts));
});

describe('templates', () => {
  const said = async (files: Files, args: readonly string[] = ['--stdout']) => {
    const folder = folderOf({
      ...LOCKED,
      'create-dockerfile.yaml': 'extends: ./standard',
      'standard/create-dockerfile.yaml': '',
      ...files,
    });
    return run(folder, args);
  };

  test('a slot adds its lines, for all and for a language', async () => {
    const { stdout, stderr } = await said({
      'standard/create-dockerfile/build-extra.hbs': 'RUN echo {{words start.command}}\n',
      'standard/create-dockerfile/node/build-extra.hbs': 'RUN echo node',
      'standard/create-dockerfile/go/build-extra.hbs': 'RUN echo go',
      'standard/create-dockerfile/runtime-extra.hbs': '# {{user}}',
    });
    expect(stderr).not.toMatch(/refused|bug/);
    expect(stdout).toMatch(/WORKDIR \/app\nRUN echo node server\.js\nRUN echo node\nRUN --mount/);
    expect(stdout).not.toMatch(/echo go/);
    expect(stdout).toMatch(/# 1000:1000\nUSER/);
  });

  test('a partial and a template replace ours; what a project has beside it is before a standard', async () => {
    const files = {
      'standard/create-dockerfile/partials/env.hbs': 'ENV FROM=standard\n',
      'standard/create-dockerfile/node/partials/build.hbs': '# build\n',
      'create-dockerfile/partials/env.hbs': 'ENV FROM=project\n',
    };
    const { stdout } = await said(files);
    expect(stdout).toMatch(/ENV FROM=project/);
    const whole = await said({
      'standard/create-dockerfile/node/server.hbs': 'FROM {{images.runtime}}\n{{> process}}\n',
    });
    expect(whole.stdout).toMatch(/^FROM node:\S+\nUSER 1000:1000\n/m);
  });

  test('a certificate is trusted, and a private key is refused', async () => {
    const pem = '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n';
    const files = { 'standard/create-dockerfile.yaml': 'certificates: [acme.pem]', 'standard/acme.pem': pem };
    expect((await said(files)).stdout).toMatch(/TUlJQg==/);
    for (const [text, refusal] of [
      ['-----BEGIN PRIVATE KEY-----\nTUlJQg==\n-----END PRIVATE KEY-----', /holds a private key/],
      ['-----BEGIN CERTIFICATE-----\nEOF\nRUN curl x\n', /is no certificate in PEM form/],
      ['', /is no certificate in PEM form/],
    ] as const)
      expect((await said({ ...files, 'standard/acme.pem': text })).stderr).toMatch(refusal);
    const beyond = { 'standard/create-dockerfile.yaml': 'certificates: [../acme.pem]', 'acme.pem': pem };
    expect((await said(beyond)).stderr).toMatch(/cannot take "\.\.\/acme\.pem": it leads out of its folder/);
    expect((await said({ 'standard/create-dockerfile.yaml': 'certificates: [x.pem]' })).stderr).toMatch(
      /There is no certificate "x\.pem"/,
    );
  });

  test.each<[template: string, refusal: RegExp]>([
    ['{{constructor.constructor}}', /constructor\.constructor is no word of the plan/],
    ['{{#if __proto__}}x{{/if}}', /__proto__ is no word of the plan/],
    ['{{lookup this "x"}}', /there is no helper "lookup"/],
    ['{{log "x"}}', /there is no helper "log"/],
    ['{{#with env}}{{/with}}', /there is no block "with"/],
    ['{{#each env as |x|}}{{/each}}', /it names what a block gives/],
    ['{{#each env}}{{../user}}{{/each}}', /\.\.\/user leads out of its place/],
    ['{{@root.user}}', /@root\.user leads out of its place/],
    ['{{> (words env)}}', /a partial is called by a computed name/],
    ['{{> nowhere}}', /there is no partial "nowhere"/],
    ['{{#> process}}{{/process}}', /a PartialBlockStatement has no place/],
    ['{{#*inline "x"}}{{/inline}}', /a DecoratorBlock has no place/],
    ['{{> runtime-extra}}', /the partial \S*runtime-extra calls itself/],
    ['{{> runtime}}', /calls itself/],
    ['{{#each', /cannot be a template: Parse error/],
    ['{{usr}}', /cannot be filled: "usr" not defined/],
    ['{{words (json env)}}', /a SubExpression has no place/],
  ])('%s is refused', async (template, refusal) => {
    const { code, stderr } = await said({ 'standard/create-dockerfile/runtime-extra.hbs': template });
    expect(stderr).toMatch(refusal);
    expect(code).toBe(1);
  });

  test('one that replaces nothing is refused with the nearest', async () => {
    const { stderr } = await said({ 'standard/create-dockerfile/node/servr.hbs': '' });
    expect(stderr).toMatch(
      /there is no template "node\/servr" that create-dockerfile\/node\/servr\.hbs could replace\. Did you mean node\/server\?/,
    );
  });
});
