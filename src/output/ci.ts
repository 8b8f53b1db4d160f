import { posix } from 'node:path';
import { ACTIONS, type Action, EMULATORS, JOB_IMAGES } from '../catalog/actions.ts';
import type { Plan } from '../plan/plan.ts';
import { shellWord } from '../plan/quote.ts';
import type { Project } from '../project/project.ts';
import type { CiService } from '../request/request.ts';
import { dockerfilePath } from './dockerfile.ts';
import type { File } from './render.ts';

/** Which platform a hosted runner is: the others are emulated, where the Dockerfile does not compile for them. */
const RUNNER = 'linux/amd64';

/**
 * A workflow that checks the files, builds for all platforms with the service's own cache, and pushes by digest: a tag is
 * given to what was pushed, once all of it is there.
 */
export function ciOf(
  service: CiService,
  plan: Plan,
  project: Project,
  version: string,
  context = '.',
): readonly File[] {
  const dockerfile = posix.join(context, dockerfilePath(project));
  const seen = { context, dockerfile, folder: posix.join(context, project.app), version };
  // a service looks for them at the root of the repository alone
  const up = context === '.' ? '' : '../'.repeat(context.split('/').length);
  return { github, gitlab }[service](plan, seen).map((file) => ({ ...file, path: up + file.path }));
}

/** A service as its repository has it. */
interface Seen {
  readonly context: string;
  readonly folder: string;
  readonly dockerfile: string;
  readonly version: string;
}

/** Of its place in the repository alone: the folder that holds it is called otherwise on every machine. */
function nameOf({ folder }: Seen): string {
  return folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
}

function checkOf({ folder, version }: Seen): string {
  const where = folder === '.' ? '' : ` ${shellWord(folder)}`;
  return `npx --yes create-dockerfile@${version}${where} --yes --check`;
}

/** The variable of a build secret, as it is kept in the settings of the service. */
function variableOf({ id, from, source }: Plan['secrets'][number]): string {
  return from === 'env' ? source : id.toUpperCase().replace(/\W+/g, '_');
}

/** https://docs.docker.com/build/ci/github-actions/ and https://docs.docker.com/build/cache/backends/gha/ */
function github(plan: Plan, seen: Seen): readonly File[] {
  const name = nameOf(seen);
  const own = name === '' ? '' : `/${name}`;
  const file = name === '' ? 'image' : `image-${name}`;
  const emulated = plan.platforms.filter((platform) => platform !== RUNNER);
  const ssh = plan.secrets.some(({ from }) => from === 'ssh');
  const text = `# Checks the Dockerfile, builds it for all of its platforms, and pushes the image by its digest
name: ${file}
${TRIGGERS}
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
${CHECKOUT}
      - uses: ${pinned(ACTIONS.node)}
        with:
          node-version: 24
          package-manager-cache: false
      - run: ${checkOf(seen)}

  image:
    needs: check
    runs-on: ubuntu-24.04
    permissions:
      contents: read
      packages: write
    steps:
${CHECKOUT}
${emulated.length === 0 ? '' : `      - uses: ${pinned(ACTIONS.emulators)}\n        with:\n          platforms: ${emulated.join(',')}\n`}      - uses: ${pinned(ACTIONS.builder)}
      - uses: ${pinned(ACTIONS.login)}
        if: github.event_name != 'pull_request'
        with:
          registry: ghcr.io
          username: \${{ github.actor }}
          password: \${{ github.token }}
      # names in a registry have no capitals
      - run: echo "IMAGE=ghcr.io/\${GITHUB_REPOSITORY,,}${own}" >> "$GITHUB_ENV"
${ssh ? AGENT : ''}${buildStep(plan, seen, file)}      - if: github.event_name != 'pull_request'
        env:
          DIGEST: \${{ steps.build.outputs.digest }}
        run: |
          docker buildx imagetools create --tag "$IMAGE:\${GITHUB_REF_NAME//[^A-Za-z0-9_.-]/-}" "$IMAGE@$DIGEST"
          echo "$IMAGE@$DIGEST" >> "$GITHUB_STEP_SUMMARY"
`;
  return [{ path: `.github/workflows/${file}.yml`, text }];
}

const TRIGGERS = `
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
`;

const CHECKOUT = `      - uses: ${pinned(ACTIONS.checkout)}
        with:
          persist-credentials: false`;

/** A pull request builds, and pushes nothing. */
const OUTPUT =
  "${{ github.event_name == 'pull_request' && 'type=cacheonly' || format('type=image,name={0},push-by-digest=true,name-canonical=true,push=true', env.IMAGE) }}";

function buildStep(plan: Plan, { context, dockerfile }: Seen, scope: string): string {
  const secrets = plan.secrets.filter(({ from }) => from !== 'ssh');
  const lines = (head: string, indent: number, texts: readonly string[]) =>
    texts.length === 0
      ? ''
      : `${' '.repeat(indent)}${head}\n${texts.map((text) => `${' '.repeat(indent + 2)}${text}\n`).join('')}`;
  const variables = secrets.map((one) => `${variableOf(one)}: \${{ secrets.${variableOf(one)} }}`);
  const ids = secrets.map((one) => `${one.id}=${variableOf(one)}`);
  const ssh = plan.secrets.some(({ from }) => from === 'ssh');
  return `      - id: build
        uses: ${pinned(ACTIONS.build)}
${lines('env:', 8, variables)}        with:
          context: ${yaml(context)}
          file: ${yaml(dockerfile)}
          platforms: ${plan.platforms.join(',')}
          cache-from: type=gha,scope=${scope}
          cache-to: type=gha,scope=${scope},mode=max
          provenance: mode=max
          sbom: true
          outputs: ${OUTPUT}
${lines('secret-envs: |', 10, ids)}${ssh ? '          ssh: default\n' : ''}`;
}

/** The keys of an agent, for repositories that are fetched over SSH. */
const AGENT = `      - env:
          SSH_KEY: \${{ secrets.SSH_KEY }}
        run: |
          ssh-agent -a "$RUNNER_TEMP/agent.sock" > /dev/null
          echo "SSH_AUTH_SOCK=$RUNNER_TEMP/agent.sock" >> "$GITHUB_ENV"
          SSH_AUTH_SOCK="$RUNNER_TEMP/agent.sock" ssh-add - <<< "$SSH_KEY"
`;

const STAGES = `stages: [check, image]

workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_TAG || $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
`;

/** https://docs.gitlab.com/ci/docker/docker_layer_caching/ and https://docs.docker.com/build/cache/backends/registry/ */
function gitlab(plan: Plan, seen: Seen): readonly File[] {
  const name = nameOf(seen);
  const image = name === '' ? '$CI_REGISTRY_IMAGE' : `$CI_REGISTRY_IMAGE/${name}`;
  // "image" is a keyword, and no job can be called so
  const [check, build] = name === '' ? ['check', 'build'] : [`check-${name}`, `build-${name}`];
  const emulated = plan.platforms.filter((platform) => platform !== RUNNER);
  const secrets = plan.secrets.map((one) =>
    one.from === 'ssh'
      ? '--ssh default'
      : // a variable of the type "File" holds a path
        `--secret id=${one.id},${one.from === 'env' ? 'env' : 'src'}=${one.from === 'env' ? one.source : `$${variableOf(one)}`}`,
  );
  const ssh = plan.secrets.some(({ from }) => from === 'ssh');
  const about =
    '# Checks the Dockerfile, builds it for all of its platforms, and pushes the image by its digest\n';
  const jobs = `${check}:
  stage: check
  image: ${JOB_IMAGES.node}
  script:
    - ${checkOf(seen)}

${build}:
  stage: image
  image: ${JOB_IMAGES.docker}
  needs: [${check}]
  services: ['${JOB_IMAGES.engine}']
  variables:
    DOCKER_TLS_CERTDIR: /certs
    IMAGE: ${image}
    OUTPUT: type=image,name=${image},push-by-digest=true,name-canonical=true,push=true
    CACHE: type=registry,ref=${image}/cache
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
      variables:
        OUTPUT: type=cacheonly
    - when: on_success
  before_script:
    - printf %s "$CI_REGISTRY_PASSWORD" | docker login --username "$CI_REGISTRY_USER" --password-stdin "$CI_REGISTRY"
${emulated.length === 0 ? '' : `    - docker run --privileged --rm ${EMULATORS} --install ${emulated.map(architectureOf).join(',')}\n`}    # a builder that keeps its cache in the registry, over the connection that the job has to its engine
    - docker context create engine && docker buildx create --use --name builder engine
${ssh ? '    - apk add --no-cache openssh-client && eval "$(ssh-agent)" && ssh-add "$SSH_KEY"\n' : ''}  script:
    - >-
      docker buildx build --platform ${plan.platforms.join(',')}
      --cache-from "$CACHE" --cache-to "$CACHE,mode=max"
      --provenance mode=max --sbom true --metadata-file build.json --output "$OUTPUT"
${secrets.map((one) => `      ${one}\n`).join('')}      --file ${shellWord(seen.dockerfile)} ${shellWord(seen.context)}
    - |
      if [ "$OUTPUT" != type=cacheonly ]; then
        digest=$(sed -n 's/.*"containerimage.digest": *"\\([^"]*\\)".*/\\1/p' build.json)
        docker buildx imagetools create --tag "$IMAGE:$CI_COMMIT_REF_SLUG" "$IMAGE@$digest"
        echo "$IMAGE@$digest"
      fi
`;
  if (name === '') return [{ path: '.gitlab-ci.yml', text: `${about}${STAGES}\n${jobs}` }];
  // of many services each has a file of its own, which the one of the repository takes in
  return [
    { path: `.gitlab/image-${name}.yml`, text: about + jobs },
    { path: '.gitlab-ci.yml', text: `${STAGES}\ninclude:\n  - local: .gitlab/image-*.yml\n`, unsigned: true },
  ];
}

/** `linux/arm64` → `arm64`, as the emulators are called. */
function architectureOf(platform: string): string {
  return platform.split('/')[1] ?? platform;
}

function pinned({ name, commit, version }: Action): string {
  return `${name}@${commit} # ${version}`;
}

/** A path as a plain scalar where it is one. */
function yaml(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : JSON.stringify(text);
}
