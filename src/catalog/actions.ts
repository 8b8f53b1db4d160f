/** A step of a workflow that somebody else wrote, pinned: a tag can be moved, a commit cannot. */
export interface Action {
  readonly name: string;
  readonly commit: string;
  /** The release that the commit is. Update bots read it behind the pin. */
  readonly version: string;
}

/**
 * Sources: the tags of each repository, https://github.com/<name>/tags, as of 2026-08-18. A tag that is annotated is
 * followed to its commit.
 */
export const ACTIONS = {
  checkout: {
    name: 'actions/checkout',
    commit: '3d3c42e5aac5ba805825da76410c181273ba90b1',
    version: 'v7.0.1',
  },
  node: {
    name: 'actions/setup-node',
    commit: '820762786026740c76f36085b0efc47a31fe5020',
    version: 'v7.0.0',
  },
  emulators: {
    name: 'docker/setup-qemu-action',
    commit: '96fe6ef7f33517b61c61be40b68a1882f3264fb8',
    version: 'v4.2.0',
  },
  builder: {
    name: 'docker/setup-buildx-action',
    commit: '37fe631027851001ddb9b187196cc803df7f5f0e',
    version: 'v4.3.0',
  },
  login: {
    name: 'docker/login-action',
    commit: '4907a6ddec9925e35a0a9e82d7399ccc52663121',
    version: 'v4.1.0',
  },
  build: {
    name: 'docker/build-push-action',
    commit: '53b7df96c91f9c12dcc8a07bcb9ccacbed38856a',
    version: 'v7.3.0',
  },
} as const satisfies { readonly [use: string]: Action };

/** Images that jobs of GitLab run in: docker-library/official-images, library/docker and library/node, 37079fb336. */
export const JOB_IMAGES = {
  docker: 'docker:29-cli',
  engine: 'docker:29-dind',
  node: 'node:24-slim',
} as const;

/** What registers emulators with the kernel: https://github.com/tonistiigi/binfmt. It has no release line to follow. */
export const EMULATORS = 'tonistiigi/binfmt:latest';
