/** A tool that writes Go files which a project may leave out of its repository. */
export interface Generator {
  readonly name: string;
  /** The module that the tool is in, by which a version of it is found. */
  readonly module: string;
  /** The tool's package below its module. */
  readonly program: string;
  readonly args: string;
  /** Files beside which it writes one of Go each: their ending, and that of what is written. */
  readonly beside?: { readonly suffix: string; readonly writes: string };
  /** Configuration files, and where they say the folders that are written. */
  readonly config?: { readonly files: readonly string[]; readonly out: RegExp };
  /** It calls programs that the build's image lacks, so it is only named. */
  readonly apart?: true;
}

export const GENERATORS: readonly Generator[] = [
  // https://templ.guide/core-concepts/template-generation
  {
    name: 'templ',
    module: 'github.com/a-h/templ',
    program: '/cmd/templ',
    args: 'generate',
    beside: { suffix: '.templ', writes: '_templ.go' },
  },
  // https://github.com/benbjohnson/ego#usage
  {
    name: 'ego',
    module: 'github.com/benbjohnson/ego',
    program: '/cmd/ego',
    args: './...',
    beside: { suffix: '.ego', writes: '.ego.go' },
  },
  // https://github.com/valyala/quicktemplate#quick-start
  {
    name: 'qtc',
    module: 'github.com/valyala/quicktemplate',
    program: '/qtc',
    args: '',
    beside: { suffix: '.qtpl', writes: '.qtpl.go' },
  },
  // https://docs.sqlc.dev/en/stable/reference/config.html
  {
    name: 'sqlc',
    module: 'github.com/sqlc-dev/sqlc',
    program: '/cmd/sqlc',
    args: 'generate',
    config: {
      files: ['sqlc.yaml', 'sqlc.yml', 'sqlc.json'],
      out: /["']?\b(?:out|path)["']?\s*:\s*["']?([\w./-]+)/g,
    },
  },
  // https://gqlgen.com/config/
  {
    name: 'gqlgen',
    module: 'github.com/99designs/gqlgen',
    program: '',
    args: 'generate',
    config: {
      files: ['gqlgen.yml', 'gqlgen.yaml', '.gqlgen.yml'],
      out: /\b(?:filename|dir)\s*:\s*["']?([\w./-]+)/g,
    },
  },
  // https://buf.build/docs/configuration/v2/buf-gen-yaml/: plugins are programs of their own
  {
    name: 'buf',
    module: 'github.com/bufbuild/buf',
    program: '/cmd/buf',
    args: 'generate',
    config: { files: ['buf.gen.yaml', '**/buf.gen.yaml'], out: /\bout\s*:\s*["']?([\w./-]+)/g },
    apart: true,
  },
];

/** https://github.com/google/wire/blob/main/docs/guide.md: files with this tag are what it reads. */
export const WIRE: Generator = {
  name: 'wire',
  module: 'github.com/google/wire',
  program: '/cmd/wire',
  args: 'gen',
};
/** https://github.com/swaggo/swag#getting-started: its package is called docs. */
export const SWAG: Generator = {
  name: 'swag',
  module: 'github.com/swaggo/swag',
  program: '/cmd/swag',
  args: 'init',
};
/** https://entgo.io/docs/code-gen */
export const ENT: Generator = {
  name: 'ent',
  module: 'entgo.io/ent',
  program: '/cmd/ent',
  args: 'generate',
};
