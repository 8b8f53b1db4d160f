import { foreignIn } from '../../../catalog/foreign.ts';
import { isRecord, recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import { SERVER_FRAMEWORKS } from './start/start-commands.ts';

/** Packages that look after a repository or its style sheets, and run nothing that is deployed. */
const TOOLING: readonly RegExp[] = [
  /^(husky|lint-staged|lefthook|simple-git-hooks|pre-commit|nano-staged)$/,
  /^(prettier|eslint|stylelint|oxlint|dprint|standard|xo|textlint|alex|cspell|remark-cli)\b/,
  /^@(eslint|typescript-eslint|stylelint|biomejs|prettier|trivago|ianvs|cspell|shopify\/prettier-plugin)/,
  /^(markdownlint|doctoc|all-contributors|commitizen|cz-|conventional-|gitmoji|standard-version|release-it|semantic-release)/,
  /^@(commitlint|semantic-release|release-it|changesets|saithodev)\//,
  /^(tailwindcss|daisyui|postcss|autoprefixer|cssnano|sass|flowbite|preline)\b/,
  /^@(tailwindcss|fullhuman)\//,
  /^(typescript|rimraf|cross-env|concurrently|npm-run-all2?|onchange|dotenv-cli|renovate|all-the-package-names)$/,
  /^(jest|vitest|mocha|chai|cypress|playwright|puppeteer)$/,
  /^@(types|playwright|vitest)\//,
];

/** What `package.json` calls the start, and the words of a command that starts a program of Node. */
const STARTS = /^(start|serve|prod)(:prod|:production)?$/;
const RUNS =
  /(^|[\s;&])(node|nodejs|bun|nodemon|pm2|pm2-runtime|forever|nest|next|nuxt|nitro|fastify|remix-serve|react-router-serve|strapi)\s/;
/** Files that people call a server or a program by. */
const PROGRAMS = /^(server|index|app|main|bot|worker|cli)\.([mc]?[jt]s)$/;

/**
 * What a package.json holds when it makes no project of Node: packages that only serve the repository, or whatever stands
 * beside the manifest of another language and starts nothing. Undefined: it is a project of Node.
 */
export function toolingOf(project: Project): string | undefined {
  const manifest = recordOf(project.parse('package.json'));
  const scripts = Object.entries(recordOf(manifest.scripts));
  const dependencies = Object.keys(recordOf(manifest.dependencies));
  const names = [...dependencies, ...Object.keys(recordOf(manifest.devDependencies))];
  const program =
    project.entries.some((entry) => PROGRAMS.test(entry)) ||
    manifest.bin !== undefined ||
    manifest.workspaces !== undefined ||
    isRecord(manifest.exports) ||
    SERVER_FRAMEWORKS.some((framework) => dependencies.includes(framework)) ||
    (typeof manifest.main === 'string' && project.isFile(manifest.main));
  const held = names.length > 0 ? names.slice(0, 3).join(', ') + (names.length > 3 ? ', …' : '') : 'nothing';
  if (foreignIn(project.entries) !== undefined) {
    const runs = scripts.some(([name, text]) => STARTS.test(name) && RUNS.test(`${text} `));
    return program || runs ? undefined : held;
  }
  const starts = scripts.some(([name]) => STARTS.test(name));
  const only = names.length > 0 && names.every((name) => TOOLING.some((pattern) => pattern.test(name)));
  return only && !program && !starts && !builds(scripts) ? held : undefined;
}

/** A build script is of a site or of a program, unless all that it makes is a style sheet. */
function builds(scripts: readonly (readonly [string, unknown])[]): boolean {
  return scripts.some(
    ([name, text]) => name === 'build' && !/\b(tailwindcss|postcss|sass)\b/.test(String(text)),
  );
}
