import ignore from 'ignore';
import { verbatim } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { isOutput } from '../evidence/build/builds.ts';
import type { Program } from '../evidence/program.ts';
import { registryOf } from '../evidence/registry.ts';
import type { Start } from '../evidence/start/start.ts';
import { ignoreOf } from './ignore.ts';
import { localPackages } from './install/scope.ts';

/** Folders that no running program reads, unless its sources name them. */
const APART =
  /^(?:\.(?!well-known$).*|__\w+__|tests?|specs?|e2e|cypress|coverage|docs?|documentation|examples?|screenshots?|benchmarks?|docker|create-dockerfile|fixtures|mocks?|k8s|kubernetes|helm|charts?|terraform|ansible|postman|patches|node_modules)$/i;
/** The same of files: what describes, checks, builds or deploys a project. */
const ABOUT =
  /^(?:\.(?!sequelizerc$).*|(?:README|CHANGELOG|CHANGES|HISTORY|LICEN[CS]E|NOTICE|AUTHORS|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|TODO)(?:\.\w+)*|.*\.(?:md|log|lock|lockb|code-workspace|iml|sh|bat)|(?:package-lock|npm-shrinkwrap)\.json|pnpm-(?:lock|workspace)\.yaml|bun\.lockb?|(?:jest|vitest|playwright|cypress|karma|mocha|ava|nyc|eslint|prettier|commitlint|lint-staged|stylelint|release|webpack|rollup|vite|tsup|postcss|tailwind)\.(?:config|conf|setup)\.\w+|(?:nodemon|tslint|jsconfig|biome|renovate|lerna|turbo|nx|jsdoc|typedoc|cypress|app|vercel|now|netlify|railway|firebase|codecov)\.jsonc?|(?:gulpfile|gruntfile)\.\w+|ecosystem\.config\.\w+|(?:docker-)?compose[\w.-]*\.ya?ml|docker-bake[\w.-]*\.(?:hcl|json)|create-dockerfile[\w.-]*\.(?:ya?ml|json|toml)|renovate\.json5|.*Dockerfile.*|Makefile|Jenkinsfile|Procfile|Vagrantfile|CODEOWNERS|(?:fly|railway|netlify|wrangler)\.toml|(?:heroku|render|appveyor|azure-pipelines|bitbucket-pipelines|cloudbuild|codecov|skaffold|serverless)\.ya?ml|sonar-project\.properties|tsconfig[\w.-]*\.json)$/i;
/** Programs that read the project's configuration of a compiler while they run. */
const COMPILES =
  /^(?:tsx|ts-node|ts-node-dev|babel-node|bun|esbuild-register|@babel\/register|@swc\/register|jiti)/;

/**
 * What stands at the top of a project that is not built and may be read when it runs: all but what is known to be for
 * people and tools, other packages, and what is ignored. Undefined: what it loads cannot be told, so all of it ships.
 */
export function partsOf(
  project: Project,
  program: Program,
  start: Start,
  include: readonly string[],
): readonly string[] | undefined {
  const { sources, manifest, build } = program;
  const ignored = ignoredBy(project, program);
  const compiled =
    [...start.argv, ...sources.packages].some((word) =>
      COMPILES.test(word.replace(/^node_modules\/(?:\.bin\/)?/, '')),
    ) || sources.files.some(({ path }) => /\.[mc]?tsx?$/.test(path));
  if (sources.files.length === 0 || sources.opaque.length > 0 || compiled || ignored === undefined)
    return undefined;
  const local = localPackages({ path: '.', project, manifest });
  const top = (path: string) => path.split('/')[0] ?? path;
  const sure = new Set(
    ['package.json', ...sources.files.map(({ path }) => path), ...include, ...local]
      .filter((path) => !path.startsWith('..'))
      .map(top),
  );
  const texts = [...sources.files.map(({ text }) => text), ...start.argv, project.read('package.json') ?? ''];
  const named = (name: string) => {
    const word = new RegExp(`(?<![\\w-])${verbatim(name)}(?![\\w-])`);
    return texts.some((text) => word.test(text));
  };
  // an unusual name stands in no list of a Dockerfile
  if (project.entries.some((name) => !/^[\w.@+][\w.@+-]*$/.test(name) && !sure.has(name))) return undefined;
  return project.entries.filter((name) => {
    if (sure.has(name)) return true;
    const folder = project.isFolder(name);
    const files = folder ? project.find(`${name}/**`) : [name];
    const asked = () => {
      // templates of an organisation, whatever their folder is called
      const standard = files.some((path) => /^[^/]+\/create-dockerfile\.(?:ya?ml|json|toml)$/.test(path));
      if (!standard && !(folder ? APART : ABOUT).test(name))
        return !project.isFile(`${name}/package.json`) || named(name);
      // what only a tool reads is named by package.json, too; a word alone is no path
      const path = new RegExp(`^(?:\\.{0,2}/){0,9}${verbatim(name)}(?:/|$)`);
      return sources.files.some(({ strings }) => strings.some(({ text }) => path.test(text)));
    };
    return !isOutput(build, name) && asked() && !files.every(ignored);
  });
}

/** What git and the builder leave out; undefined: nobody can tell. */
function ignoredBy(project: Project, program: Program): ((path: string) => boolean) | undefined {
  const own = (project.read('.dockerignore') ?? '').split('\n').map((line) => line.trim());
  // those patterns are read in another way than git's, but for the plainest
  const lines = own.filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.some((line) => line.startsWith('!'))) return undefined;
  let matchers: readonly ReturnType<typeof ignore>[] | undefined;
  const read = () => {
    const git = ignore({ allowRelativePaths: true }).add(project.read('.gitignore') ?? '');
    return [git, builders(project, program, lines)];
  };
  return (path) => {
    matchers ??= read();
    return matchers.some((one) => one.ignores(path));
  };
}

function builders(project: Project, program: Program, lines: readonly string[]) {
  const { secretFiles } = registryOf(project.context);
  const ours = ignoreOf(project, program, secretFiles, program.build !== undefined).flatMap(
    ({ patterns }) => patterns,
  );
  return ignore({ allowRelativePaths: true }).add(
    [...lines, ...ours].map((line) => (line.startsWith('**/') ? line : `/${line.replace(/^\//, '')}`)),
  );
}
