// Bundles src/ into dist/: no dependency is left to install, and the templates are compiled beforehand.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const built = await build({ entryPoints: ['src/output/template-options.ts'], write: false, format: 'esm' });
const { OPTIONS } = await import(`data:text/javascript,${encodeURIComponent(built.outputFiles[0].text)}`);

const compiled = readdirSync('templates', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .sort()
  .map((file) => {
    const spec = Handlebars.precompile(readFileSync(`templates/${file}`, 'utf8'), OPTIONS);
    return `${JSON.stringify(file.replace(/\.hbs$/, ''))}: ${spec}`;
  });

/** What stands in for src/output/templates.ts, which compiles them from their files. */
const templates = `
import Handlebars from 'handlebars/runtime';
import { HELPERS, partialName } from './template-options.ts';
const SPECS = {${compiled.join(',\n')}};
const engine = Handlebars.create();
engine.registerHelper(HELPERS);
for (const name of Object.keys(SPECS)) {
  const partial = partialName(name);
  if (partial !== undefined) engine.registerPartial(partial, engine.template(SPECS[name]));
}
export const templateOf = async (name) => engine.template(SPECS[name]);
`;

/** Packages that few runs need: each a file of its own, loaded when it is. */
const APART = ['@inquirer/prompts', 'js-yaml', 'smol-toml', 'diff'];
const fileOf = (name) => `${name.replace(/^@/, '').replace('/', '-')}.js`;

/** @inquirer/prompts brings a prompt that opens an editor, and with it half a megabyte of character tables. */
const noEditor = {
  name: 'no-editor',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@inquirer\/external-editor$/ }, ({ path }) => ({ path, namespace: 'none' }));
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'export const editAsync = undefined;' }));
  },
};
const compiledTemplates = {
  name: 'compiled-templates',
  setup({ onLoad }) {
    onLoad({ filter: /src\/output\/templates\.ts$/ }, () => ({
      contents: templates,
      loader: 'js',
      resolveDir: 'src/output',
    }));
  },
};
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^(${APART.join('|')})$`) }, ({ path }) => ({
      path: `./${fileOf(path)}`,
      external: true,
    }));
  },
};

const options = {
  outdir: 'dist',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  // bundled CommonJS packages call require
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

rmSync('dist', { recursive: true, force: true });
await build({
  ...options,
  entryPoints: ['src/bin.ts', 'src/index.ts'],
  splitting: true,
  chunkNames: '[name]-[hash]',
  plugins: [compiledTemplates, apart],
});
// tables that are read when they are needed
for (const name of ['libraries.json', 'programs.json'])
  writeFileSync(
    `dist/${name}`,
    JSON.stringify(JSON.parse(readFileSync(`src/catalog/system/${name}`, 'utf8'))),
  );
for (const name of APART)
  await build({ ...options, entryPoints: { [fileOf(name).slice(0, -3)]: name }, plugins: [noEditor] });
execFileSync('node_modules/.bin/tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
