import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test, vi } from 'vitest';
import { ACTIONS } from '../src/catalog/actions.ts';
import { ciOf } from '../src/output/ci.ts';
import type { Plan } from '../src/plan/plan.ts';
import { projectOf } from '../src/project/project.ts';
import { planned } from './planned.ts';
import { folderOf, run, SERVER } from './run.ts';

vi.setConfig({ testTimeout: 30_000 });

const FILES = {
  'package.json': JSON.stringify({ scripts: { start: 'node server.js' } }),
  'server.js': "require('http').createServer((q, s) => s.end()).listen(3000);\n",
};
const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, own]) => [`${folder}/${path}`, own]));
const SECRETS: Plan['secrets'] = [
  { id: 'NPM_TOKEN', from: 'env', source: 'NPM_TOKEN' },
  { id: 'maven-settings', from: 'file', source: '~/.m2/settings.xml' },
  { id: 'default', from: 'ssh', source: 'default' },
];

async function text(service: 'github' | 'gitlab', more: Partial<Plan> = {}, app = '.'): Promise<string> {
  return (await filesOf(service, more, app))[0]?.text ?? '';
}

async function filesOf(service: 'github' | 'gitlab', more: Partial<Plan>, app: string, context?: string) {
  const below = (path: string) => (app === '.' ? path : `${app}/${path}`);
  const files = Object.fromEntries(Object.entries(FILES).map(([path, own]) => [below(path), own]));
  const project = await projectOf(files, 'Some Folder', app);
  const plan = await planned(project, 'slim', {}, ['linux/amd64', 'linux/arm64']);
  return ciOf(service, { ...plan, ...more }, project, '1.2.3', context);
}

test('a workflow of GitHub', async () => {
  const workflow = await text('github');
  expect(workflow).toMatchInlineSnapshot(`
    "# Checks the Dockerfile, builds it for all of its platforms, and pushes the image by its digest
    name: image

    on:
      push:
        branches: [main, master]
        tags: ['v*']
      pull_request:

    permissions:
      contents: read

    concurrency:
      group: \${{ github.workflow }}-\${{ github.ref }}
      cancel-in-progress: \${{ github.event_name == 'pull_request' }}

    jobs:
      check:
        runs-on: ubuntu-24.04
        steps:
          - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
            with:
              persist-credentials: false
          - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
            with:
              node-version: 24
              package-manager-cache: false
          - run: npx --yes create-dockerfile@1.2.3 --yes --check

      image:
        needs: check
        runs-on: ubuntu-24.04
        permissions:
          contents: read
          packages: write
        steps:
          - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
            with:
              persist-credentials: false
          - uses: docker/setup-qemu-action@96fe6ef7f33517b61c61be40b68a1882f3264fb8 # v4.2.0
            with:
              platforms: linux/arm64
          - uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0
          - uses: docker/login-action@4907a6ddec9925e35a0a9e82d7399ccc52663121 # v4.1.0
            if: github.event_name != 'pull_request'
            with:
              registry: ghcr.io
              username: \${{ github.actor }}
              password: \${{ github.token }}
          # names in a registry have no capitals
          - run: echo "IMAGE=ghcr.io/\${GITHUB_REPOSITORY,,}" >> "$GITHUB_ENV"
          - id: build
            uses: docker/build-push-action@53b7df96c91f9c12dcc8a07bcb9ccacbed38856a # v7.3.0
            with:
              context: .
              file: Dockerfile
              platforms: linux/amd64,linux/arm64
              cache-from: type=gha,scope=image
              cache-to: type=gha,scope=image,mode=max
              provenance: mode=max
              sbom: true
              outputs: \${{ github.event_name == 'pull_request' && 'type=cacheonly' || format('type=image,name={0},push-by-digest=true,name-canonical=true,push=true', env.IMAGE) }}
          - if: github.event_name != 'pull_request'
            env:
              DIGEST: \${{ steps.build.outputs.digest }}
            run: |
              docker buildx imagetools create --tag "$IMAGE:\${GITHUB_REF_NAME//[^A-Za-z0-9_.-]/-}" "$IMAGE@$DIGEST"
              echo "$IMAGE@$DIGEST" >> "$GITHUB_STEP_SUMMARY"
    "
  `);
  expect(load(workflow)).toMatchObject({ jobs: { check: {}, image: { needs: 'check' } } });
});

test('a pipeline of GitLab', async () => {
  const pipeline = await text('gitlab');
  expect(pipeline).toMatchInlineSnapshot(`
    "# Checks the Dockerfile, builds it for all of its platforms, and pushes the image by its digest
    stages: [check, image]

    workflow:
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
        - if: $CI_COMMIT_TAG || $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH

    check:
      stage: check
      image: node:24-slim
      script:
        - npx --yes create-dockerfile@1.2.3 --yes --check

    build:
      stage: image
      image: docker:29-cli
      needs: [check]
      services: ['docker:29-dind']
      variables:
        DOCKER_TLS_CERTDIR: /certs
        IMAGE: $CI_REGISTRY_IMAGE
        OUTPUT: type=image,name=$CI_REGISTRY_IMAGE,push-by-digest=true,name-canonical=true,push=true
        CACHE: type=registry,ref=$CI_REGISTRY_IMAGE/cache
      rules:
        - if: $CI_PIPELINE_SOURCE == "merge_request_event"
          variables:
            OUTPUT: type=cacheonly
        - when: on_success
      before_script:
        - printf %s "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"
        - docker run --privileged --rm tonistiigi/binfmt:latest --install arm64
        # a builder that keeps its cache in the registry, over the connection that the job has to its engine
        - docker context create engine && docker buildx create --use --name builder engine
      script:
        - >-
          docker buildx build --platform linux/amd64,linux/arm64
          --cache-from "$CACHE" --cache-to "$CACHE,mode=max"
          --provenance mode=max --sbom true --metadata-file build.json --output "$OUTPUT"
          --file Dockerfile .
        - |
          if [ "$OUTPUT" != type=cacheonly ]; then
            digest=$(sed -n 's/.*"containerimage.digest": *"\\([^"]*\\)".*/\\1/p' build.json)
            docker buildx imagetools create --tag "$IMAGE:$CI_COMMIT_REF_SLUG" "$IMAGE@$digest"
            echo "$IMAGE@$digest"
          fi
    "
  `);
  expect(load(pipeline)).toMatchObject({ stages: ['check', 'image'], check: {}, build: {} });
});

/** Words of a pipeline that are no jobs: https://docs.gitlab.com/ci/jobs/#job-names */
const KEYWORDS =
  'image services stages before_script after_script variables cache include pages default workflow';
/** Keys of a job that are used here, and what GitLab takes for them: https://docs.gitlab.com/ci/yaml/ */
const KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  stage: (value) => value === 'check' || value === 'image',
  image: (value) => typeof value === 'string',
  services: isTexts,
  needs: isTexts,
  script: isTexts,
  before_script: isTexts,
  variables: (value) => isTexts(Object.values(value as object)),
  rules: (value) =>
    Array.isArray(value) &&
    value.every((rule) => Object.keys(rule).every((key) => ['if', 'variables', 'when'].includes(key))),
};
function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

test.each(['.', 'apps/api'])('GitLab knows every key of the pipeline of %s', async (app) => {
  const files = await filesOf('gitlab', { secrets: SECRETS }, app);
  const whole = Object.assign({}, ...files.map(({ text: one }) => load(one))) as Record<string, object>;
  const { stages, workflow, include, ...jobs } = whole;
  expect(stages).toEqual(['check', 'image']);
  expect(workflow).toEqual({ rules: [{ if: expect.any(String) }, { if: expect.any(String) }] });
  expect(include === undefined).toBe(app === '.');
  expect(Object.keys(jobs)).toHaveLength(2);
  for (const [name, job] of Object.entries(jobs)) {
    expect(KEYWORDS.split(' ')).not.toContain(name);
    for (const [key, value] of Object.entries(job))
      expect([name, key, KEYS[key]?.(value)]).toEqual([name, key, true]);
    for (const need of (job as { needs?: string[] }).needs ?? []) expect(Object.keys(jobs)).toContain(need);
  }
});

describe('every action', () => {
  test.each(Object.values(ACTIONS))('$name is pinned by its commit', async ({ name, commit, version }) => {
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
    expect(await text('github')).toContain(`uses: ${name}@${commit} # ${version}\n`);
  });
  test('and no other is used', async () => {
    const uses = [...(await text('github', { secrets: SECRETS })).matchAll(/uses: (\S+)/g)].map(
      ([, use]) => use,
    );
    const known: readonly string[] = Object.values(ACTIONS).map(({ name, commit }) => `${name}@${commit}`);
    expect(uses.filter((use) => !known.includes(use ?? ''))).toEqual([]);
  });
});

describe('what the builds of a project need', () => {
  test('secrets are variables of the service, and never arguments', async () => {
    const { jobs } = load(await text('github', { secrets: SECRETS })) as {
      jobs: { image: { steps: { id?: string; env?: object; with?: Record<string, string> }[] } };
    };
    const step = jobs.image.steps.find(({ id }) => id === 'build');
    expect(step?.env).toEqual({
      NPM_TOKEN: '${{ secrets.NPM_TOKEN }}',
      MAVEN_SETTINGS: '${{ secrets.MAVEN_SETTINGS }}',
    });
    expect(step?.with?.['secret-envs']).toBe('NPM_TOKEN=NPM_TOKEN\nmaven-settings=MAVEN_SETTINGS\n');
    expect(step?.with?.ssh).toBe('default');
    const script = JSON.stringify(
      (load(await text('gitlab', { secrets: SECRETS })) as { build: object }).build,
    );
    for (const word of [
      '--secret id=NPM_TOKEN,env=NPM_TOKEN',
      '--secret id=maven-settings,src=$MAVEN_SETTINGS',
      '--ssh default',
    ])
      expect(script).toContain(word);
  });
  test('one platform that the runner is needs no emulator', async () => {
    for (const service of ['github', 'gitlab'] as const)
      expect(await text(service, { platforms: ['linux/amd64'] })).not.toMatch(/qemu|binfmt/);
  });
  test('a member of a workspace has an image and a workflow of its own', async () => {
    const workflow = await text('github', {}, 'apps/api');
    expect(workflow).toContain('name: image-apps-api\n');
    expect(workflow).toContain('file: apps/api/Dockerfile\n');
    expect(workflow).toContain('create-dockerfile@1.2.3 apps/api --yes --check');
    const [own, all] = await filesOf('gitlab', {}, 'apps/api');
    expect(own?.path).toBe('.gitlab/image-apps-api.yml');
    expect(own?.text).toContain('IMAGE: $CI_REGISTRY_IMAGE/apps-api\n');
    const jobs = load(own?.text ?? '') as Record<string, object>;
    expect(jobs).toMatchObject({ 'check-apps-api': {}, 'build-apps-api': { needs: ['check-apps-api'] } });
    // the same for every member, so that none takes the place of another
    expect(all).toMatchObject({ path: '.gitlab-ci.yml', unsigned: true });
    expect(load(all?.text ?? '')).toMatchObject({
      stages: ['check', 'image'],
      include: [{ local: '.gitlab/image-*.yml' }],
    });
    expect((await filesOf('gitlab', {}, 'apps/web'))[1]).toEqual(all);
  });
  test('a folder of a repository is built as the repository has it', async () => {
    const [file] = await filesOf('github', {}, '.', 'services/api');
    expect(file?.path).toBe('../../.github/workflows/image-services-api.yml');
    expect(file?.text).toContain('context: services/api\n          file: services/api/Dockerfile\n');
    expect(file?.text).toContain('create-dockerfile@1.2.3 services/api --yes --check');
    const paths = (await filesOf('gitlab', {}, 'apps/api', 'shop')).map(({ path }) => path);
    expect(paths).toEqual(['../.gitlab/image-shop-apps-api.yml', '../.gitlab-ci.yml']);
    const [{ text: own = '' } = {}] = await filesOf('gitlab', {}, 'apps/api', 'shop');
    expect(own).toContain('--file shop/apps/api/Dockerfile shop\n');
  });
  test('the folder that holds the repository decides nothing', async () => {
    for (const service of ['github', 'gitlab'] as const)
      expect(await text(service)).not.toMatch(/some.?folder/i);
  });
});

describe('in a folder of a repository', () => {
  test.each(['github', 'gitlab'])('%s: where the service looks for it, and nowhere else', async (service) => {
    const top = folderOf({
      '.git/HEAD': 'ref: refs/heads/main\n',
      ...below('a/api', SERVER),
      ...below('web', SERVER),
    });
    for (const name of ['a/api', 'web']) {
      const { code, stderr } = await run(join(top, name), ['--ci', service]);
      expect(stderr).toMatch(/^created {4}\S+(image-a-api|image-web)\.yml$/m);
      expect(code).toBe(0);
      expect((await run(join(top, name), ['--check', '-q'])).code).toBe(0);
    }
    // the second has taken nothing from the first
    expect((await run(join(top, 'a/api'), ['--check', '-q'])).code).toBe(0);
    const folder = service === 'github' ? '.github/workflows' : '.gitlab';
    expect(readdirSync(join(top, folder)).sort()).toEqual(['image-a-api.yml', 'image-web.yml']);
    expect(readdirSync(join(top, 'web')).sort()).toEqual(
      ['.dockerignore', 'Dockerfile', ...Object.keys(SERVER)].sort(),
    );
    expect(existsSync(join(top, '.gitlab-ci.yml'))).toBe(service === 'gitlab');
  });
  test('a workflow of somebody is left as it is, and a link that leads out of the repository is not followed', async () => {
    const top = folderOf({ '.git/HEAD': '', ...below('web', SERVER), '.gitlab-ci.yml': 'mine: {}\n' });
    const ran = await run(join(top, 'web'), ['--ci', 'gitlab']);
    expect(ran.stderr).toContain('.gitlab-ci.yml is left as it is');
    expect(readFileSync(join(top, '.gitlab-ci.yml'), 'utf8')).toBe('mine: {}\n');
    const out = folderOf({});
    for (const folder of [top, join(top, 'web')]) symlinkSync(out, join(folder, '.github'));
    const { code, stderr } = await run(join(top, 'web'), ['--ci', 'github']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining('a symbolic link on the way leads out of the project'),
    ]);
    expect(readdirSync(out)).toEqual([]);
  });
});
