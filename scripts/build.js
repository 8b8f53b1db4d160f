// Bundles src/ into dist/: no dependency is left to install, and the templates are compiled beforehand.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const options = await build({ entryPoints: ['src/template-options.ts'], write: false, format: 'esm' });
const { OPTIONS } = await import(`data:text/javascript,${encodeURIComponent(options.outputFiles[0].text)}`);

const compiled = readdirSync('templates', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .sort()
  .map((file) => {
    const spec = Handlebars.precompile(readFileSync(`templates/${file}`, 'utf8'), OPTIONS);
    return `${JSON.stringify(file.replace(/\.hbs$/, ''))}: ${spec}`;
  });

/** What stands in for src/templates.ts, which compiles them from their files. */
const templates = `
import Handlebars from 'handlebars/runtime';
import { HELPERS } from './template-options.ts';
const SPECS = {${compiled.join(',\n')}};
const engine = Handlebars.create();
engine.registerHelper(HELPERS);
for (const name of Object.keys(SPECS)) {
  if (name.startsWith('partials/')) engine.registerPartial(name.slice(9), engine.template(SPECS[name]));
}
export const templateOf = async (name) => engine.template(SPECS[name]);
`;

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/bin.ts', 'src/index.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  chunkNames: '[name]-[hash]',
  // bundled CommonJS packages call require
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  plugins: [
    {
      // @inquirer/prompts brings a prompt that opens an editor, and with it half a megabyte of character tables
      name: 'no-editor',
      setup({ onResolve, onLoad }) {
        onResolve({ filter: /^@inquirer\/external-editor$/ }, ({ path }) => ({ path, namespace: 'none' }));
        onLoad({ filter: /./, namespace: 'none' }, () => ({
          contents: 'export const editAsync = undefined;',
        }));
      },
    },
    {
      name: 'compiled-templates',
      setup({ onLoad }) {
        onLoad({ filter: /src\/templates\.ts$/ }, () => ({
          contents: templates,
          loader: 'js',
          resolveDir: 'src',
        }));
      },
    },
  ],
});
execFileSync('node_modules/.bin/tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
