// Bundles src/ into dist/: no dependency is left to install, and the templates are compiled beforehand.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const built = await build({ entryPoints: ['src/output/template-options.ts'], write: false, format: 'esm' });
const { OPTIONS } = await import(`data:text/javascript,${encodeURIComponent(built.outputFiles[0].text)}`);

const names = readdirSync('templates', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.hbs'))
  .map((file) => file.replace(/\.hbs$/, ''))
  .sort();
const languages = readdirSync('templates').filter((name) => name !== 'partials' && !name.includes('.'));
function sourcesIn(folder) {
  return readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${folder}/${file}`);
}
const specOf = (name) => Handlebars.precompile(readFileSync(`templates/${name}.hbs`, 'utf8'), OPTIONS);
/** All templates of a language and those that are everybody's: one file, for a run needs no other. */
const specsOf = (language) =>
  `export const SPECS = {${names
    .filter((name) => !languages.includes(name.split('/')[0]) || name.startsWith(`${language}/`))
    .map((name) => `${JSON.stringify(name)}: ${specOf(name)}`)
    .join(',\n')}};`;

/** What stands in for src/output/templates.ts, which compiles them from their files. */
const templates = `
import Handlebars from 'handlebars/runtime';
import { HELPERS, OPTIONS, overriddenPartials, partialName } from './template-options.ts';
const LANGUAGES = {${languages.map((id) => `${JSON.stringify(id)}: () => import('templates:${id}')`).join(',')}};
const engines = new Map();
async function engineOf(language) {
  const { SPECS } = await LANGUAGES[language]();
  const engine = Handlebars.create();
  engine.registerHelper(HELPERS);
  for (const name of Object.keys(SPECS)) {
    const partial = partialName(name);
    if (partial !== undefined) engine.registerPartial(partial, engine.template(SPECS[name]));
  }
  return (name) => engine.template(SPECS[name]);
}
export async function templateOf(language, name, overrides = {}) {
  if (Object.keys(overrides).length > 0) return overriddenTemplate(language, name, overrides);
  if (!engines.has(language)) engines.set(language, await engineOf(language));
  return engines.get(language)(name);
}
// only where somebody replaces a template is there one to compile
async function overriddenTemplate(language, name, overrides) {
  const { default: Compiler } = await import('handlebars');
  const { SPECS } = await LANGUAGES[language]();
  const engine = Compiler.create();
  engine.registerHelper(HELPERS);
  for (const one of Object.keys(SPECS)) {
    const partial = partialName(one);
    if (partial !== undefined) engine.registerPartial(partial, engine.template(SPECS[one]));
  }
  for (const [partial, text] of overriddenPartials(language, overrides))
    engine.registerPartial(partial, engine.compile(text, OPTIONS));
  return overrides[name] === undefined ? engine.template(SPECS[name]) : engine.compile(overrides[name], OPTIONS);
}
`;

/** Packages that few runs need: each a file of its own, loaded when it is. */
const APART = [
  '@inquirer/prompts',
  'js-yaml',
  'smol-toml',
  'diff',
  'yargs',
  'fs-extra/esm',
  'execa',
  'handlebars',
  'dockerfile-ast',
];
const fileOf = (name) => `${name.replace(/^@/, '').replace('/', '-')}.js`;

/** @inquirer/prompts brings a prompt that opens an editor, and with it half a megabyte of character tables. */
const noEditor = {
  name: 'no-editor',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@inquirer\/external-editor$/ }, ({ path }) => ({ path, namespace: 'none' }));
    onLoad({ filter: /./, namespace: 'none' }, () => ({ contents: 'export const editAsync = undefined;' }));
  },
};
/** yargs measures texts by tables of emoji that take longer to load than all the rest of it. Ours have none. */
const plainWidth = {
  name: 'plain-width',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, ({ path }) => ({ path, namespace: 'width' }));
    onLoad({ filter: /./, namespace: 'width' }, () => ({
      contents: `import { stripVTControlCharacters } from 'node:util';
export default (text) => [...stripVTControlCharacters(text)].length;`,
    }));
  },
};
/** fs-extra waits by a patched fs for free file handles, which nothing here needs; patching costs a run. */
const plainFiles = {
  name: 'plain-files',
  setup({ onResolve }) {
    onResolve({ filter: /^graceful-fs$/ }, () => ({ path: 'node:fs', external: true }));
  },
};
const compiledTemplates = {
  name: 'compiled-templates',
  setup({ onResolve, onLoad }) {
    onLoad({ filter: /src\/output\/templates\.ts$/ }, () => ({
      contents: templates,
      loader: 'js',
      resolveDir: 'src/output',
    }));
    onResolve({ filter: /^templates:/ }, ({ path }) => ({ path: path.slice(10), namespace: 'templates' }));
    onLoad({ filter: /./, namespace: 'templates' }, ({ path }) => ({ contents: specsOf(path) }));
  },
};
/**
 * The bundler makes a file for every set of entries that share a module, and every file costs a run more than what stands
 * in it. So entries are made to share two floors: what the command's words need, and what looking at a project needs.
 */
const FLOORS = {
  words: [
    'errors.ts',
    'output/terminal.ts',
    'languages/index.ts',
    'plan/targets.ts',
    'kit/flags.ts',
    'request/cli.ts',
  ],
  projects: [
    ...sourcesIn('plan'),
    ...sourcesIn('kit'),
    'facts/settle.ts',
    'project/data.ts',
    'project/globs.ts',
    'project/within.ts',
    'project/files.ts',
    'project/parse.ts',
    'catalog/catalog.ts',
    'catalog/system/packages.ts',
  ],
};
const together = {
  name: 'together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^floor:/ }, ({ path }) => ({
      path: path.slice(6),
      namespace: 'floor',
      sideEffects: true,
    }));
    onLoad({ filter: /./, namespace: 'floor' }, ({ path }) => ({
      contents: FLOORS[path].map((file) => `import './${file}';`).join('\n'),
      resolveDir: 'src',
    }));
    const also = (filter, ...floors) =>
      onLoad({ filter }, ({ path }) => ({
        contents: [readFileSync(path, 'utf8'), ...floors.map((floor) => `import 'floor:${floor}';`)].join(
          '\n',
        ),
        loader: 'ts',
      }));
    also(/src\/(run|facts\/prompts)\.ts$/, 'words');
    also(/src\/(work|index|languages\/\w+\/rules)\.ts$/, 'words', 'projects');
    // a command that looks at projects shares all that a plain run loads, not a part of it
    onLoad({ filter: /src\/(engine\/\w+|all|update)\.ts$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\nimport '${path.includes('engine') ? '..' : '.'}/work.ts';`,
      loader: 'ts',
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
  // all of them stand in THIRD-PARTY.txt
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  mainFields: ['module', 'main'],
  // what Node is given is CommonJS, whose names a bundle cannot tell apart
  alias: { yaml: resolve('node_modules/yaml/browser/index.js') },
  // bundled CommonJS packages call require
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

rmSync('dist', { recursive: true, force: true });
const bundled = new Set();
const { metafile } = await build({
  ...options,
  entryPoints: { bin: 'src/bin.ts', index: 'src/index.ts', engine: 'src/engine/mechanism.ts' },
  splitting: true,
  chunkNames: '[name]-[hash]',
  plugins: [compiledTemplates, together, apart],
});
for (const folder of packagesOf(metafile)) bundled.add(folder);
// tables that are read when they are needed
for (const name of ['libraries.json', 'programs.json'])
  writeFileSync(
    `dist/${name}`,
    JSON.stringify(JSON.parse(readFileSync(`src/catalog/system/${name}`, 'utf8'))),
  );
for (const name of APART) {
  const { metafile } = await build({
    ...options,
    entryPoints: { [fileOf(name).slice(0, -3)]: name },
    plugins: [noEditor, plainFiles, ...(name === 'yargs' ? [plainWidth] : [])],
  });
  for (const folder of packagesOf(metafile)) bundled.add(folder);
}
const [types] = generateDtsBundle(
  [{ filePath: 'src/index.ts', output: { noBanner: true, exportReferencedTypes: false } }],
  { preferredConfigPath: 'tsconfig.build.json' },
);
writeFileSync('dist/index.d.ts', types);
writeFileSync('dist/THIRD-PARTY.txt', licences([...bundled].sort()));

/** What is inside of the files that ship, with the licence of each package. */
function licences(packages) {
  const parts = packages.map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const [file] = readdirSync(folder).filter((path) => /^(licen[cs]e|copying)/i.test(path));
    if (file === undefined && typeof license !== 'string') throw new Error(`${name} has no licence`);
    return `${name} ${version}\n\n${file === undefined ? license : readFileSync(`${folder}/${file}`, 'utf8').trim()}`;
  });
  return `The files beside this one hold parts of these packages.\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The folders of packages that a build took files from. */
function packagesOf({ inputs }) {
  return Object.keys(inputs).flatMap((path) => {
    const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return folder === undefined ? [] : [folder];
  });
}
