// Bundles src/ into dist/: no dependency is left to install, and the templates are compiled beforehand.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { posix, relative, resolve } from 'node:path';
import { generateDtsBundle } from 'dts-bundle-generator';
import { build, transform } from 'esbuild';
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
/** A compiled template without what its runtime has too, and without its places: it holds no mistake to point at. */
function specOf(name) {
  return Handlebars.precompile(readFileSync(`templates/${name}.hbs`, 'utf8'), OPTIONS)
    .replace(/(container\.lookupProperty) \|\| function\(parent, propertyName\) \{[^}]*\}[^}]*\}/g, '$1')
    .replace(/,(?:"loc":)?\{"start":\{[^}]*\},"end":\{[^}]*\}\}/g, '');
}
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
/** What stands in for src/request/help.ts: what yargs shows in the usual widths. */
async function helpTexts() {
  const file = 'dist/help.mjs';
  const { perform } = await importOf('src/request/yargs.ts', file);
  const texts = {};
  for (const columns of [80, 100])
    await perform(['--help'], { columns, out: (text) => (texts[columns] = text) });
  return texts;
}
async function importOf(source, file) {
  await build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
  });
  const module = await import(resolve(file));
  rmSync(file);
  return module;
}
const readyHelp = {
  name: 'ready-help',
  setup({ onLoad }) {
    onLoad({ filter: /src\/request\/help\.ts$/ }, () => ({
      contents: `export const HELP = ${JSON.stringify(HELP)};`,
    }));
  },
};
/**
 * The bundler makes a file for every set of entries that share a module, and every file costs a run more than what stands
 * in it. So entries are made to share two floors: what the command's words need, and all that looks at a project.
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
    'work.ts',
    ...sourcesIn('plan'),
    ...sourcesIn('kit'),
    'project/data.ts',
    'project/globs.ts',
    'project/within.ts',
    'project/parse.ts',
    'project/remember.ts',
    'catalog/system/packages.ts',
  ],
};
/** The modules of ours that another loads when it needs them. */
function loadedLater() {
  return sourcesIn('.').flatMap((file) =>
    [...readFileSync(`src/${file}`, 'utf8').matchAll(/import\('(\.[^']+)'\)/g)].map(([, path]) =>
      relative('.', resolve('src', file, '..', path)),
    ),
  );
}
const rulesOf = (language) => resolve(`src/languages/${language}/rules.ts`);
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
    const also = (file, ...needs) =>
      onLoad({ filter: new RegExp(`/${file.replace(/[.]/g, '\\.')}$`) }, ({ path }) => ({
        contents: [readFileSync(path, 'utf8'), ...needs.map((need) => `import '${need}';`)].join('\n'),
        loader: 'ts',
      }));
    // all that is loaded in parts shares all that a plain run loads, not a part of it each
    const parts = [...new Set(['src/index.ts', 'src/engine/mechanism.ts', ...loadedLater()])];
    const light = ['src/run.ts', 'src/request/help.ts'];
    for (const path of parts.filter((one) => !light.includes(one))) {
      const [, language] = /^src\/languages\/(\w+)\//.exec(path) ?? [];
      also(path, 'floor:words', 'floor:projects', ...(language === undefined ? [] : [rulesOf(language)]));
    }
    also('src/run.ts', 'floor:words');
  },
};
/**
 * Modules that few runs call anything of, by the file that they are put into: the first call of one of their functions
 * loads it, for `require` does so at once. What imports them is given functions of the same names instead, so functions
 * are all that they may export. Of a package those are named that are used.
 */
const LATE = {
  shell: { unbash: ['parse'] },
  globs: { picomatch: ['default'] },
  jsonc: { 'jsonc-parser': ['parse', 'parseTree', 'printParseErrorCode'] },
  asks: ours('facts', ['prompts']),
  refuses: ours('.', ['sentences']),
  near: { 'fastest-levenshtein': ['closest', 'distance'] },
  kit: ours('kit', ['classes', 'files', 'functions', 'make-variables', 'members', 'names']),
  node: ours('languages/node', [
    'evidence/build/nx',
    'evidence/build/validation',
    'evidence/runtime-files',
    'evidence/start/ecosystem',
    'evidence/start/start-files',
    'evidence/lock/yarn1-lock',
    'frameworks/expression',
    'plan/site',
    'plan/install/rebuilds',
  ]),
  semver: Object.fromEntries(
    [...readFileSync('src/plan/semver.ts', 'utf8').matchAll(/from '(.+)'/g)].map(([, path]) => [
      path,
      ['default'],
    ]),
  ),
};
function ours(folder, names) {
  return Object.fromEntries(names.map((name) => [`${posix.join('src', folder, name)}.ts`, undefined]));
}
/** The functions that a module of ours exports. */
function functionsOf(path) {
  const text = readFileSync(path, 'utf8');
  const other = /^export (?!(?:async )?function |interface |type )[^\n]*/m.exec(text);
  if (other !== null) throw new Error(`${path} is loaded late, but says ${other[0]}`);
  return [...text.matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name);
}
const late = {
  name: 'late',
  setup({ onResolve, onLoad }) {
    const modules = Object.entries(LATE).flatMap(([group, all]) =>
      Object.entries(all).map(([path, names], index) => ({ group, path, names, as: `m${index}` })),
    );
    const lateOf = (path) => modules.find((one) => one.path === path);
    onResolve({ filter: /^late:/ }, ({ path }) => ({ path: path.slice(5), namespace: 'late-entry' }));
    onLoad({ filter: /./, namespace: 'late-entry' }, ({ path: group }) => ({
      contents: modules
        .filter((one) => one.group === group)
        .map(({ path, as }) => `export * as ${as} from '${path.startsWith('src/') ? './' : ''}${path}';`)
        // what they share with the language stays in its file
        .concat(
          Object.keys(LATE[group])[0].startsWith('src/')
            ? ["import 'floor:words'", "import 'floor:projects'"]
            : [],
        )
        .concat(languages.includes(group) ? [`import '${rulesOf(group)}';`] : [])
        .join('\n'),
      resolveDir: '.',
    }));
    onResolve({ filter: /^\.\/late-\w+\.js$/ }, ({ path }) => ({ path, external: true }));
    onResolve({ filter: /./ }, ({ path, namespace, resolveDir }) => {
      if (namespace === 'late-entry') return undefined;
      const name = /^\.\.?\//.test(path) ? relative('.', resolve(resolveDir, path)) : path;
      return lateOf(name) === undefined ? undefined : { path: name, namespace: 'late' };
    });
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => {
      const { group, as, names } = lateOf(path);
      const functions = (names ?? functionsOf(path)).map((name) =>
        name === 'default'
          ? `export default (...given) => late().default(...given);`
          : `export const ${name} = (...given) => late().${name}(...given);`,
      );
      const load = `let loaded; const late = () => (loaded ??= require('./late-${group}.js').${as});`;
      return { contents: [load, ...functions].join('\n') };
    });
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
};
/**
 * What Node.js loads fastest: it reads ES modules without its loader of them, which costs a run ten milliseconds, and
 * `require` needs no promise. The bundler splits ES modules only, so they are rewritten after that.
 */
const commonjs = {
  format: 'cjs',
  define: { 'import.meta.url': '__file.url' },
  supported: { 'dynamic-import': false },
};
const URL_OF_FILE = "const __file={get url(){return require('node:url').pathToFileURL(__filename).href}};";

rmSync('dist', { recursive: true, force: true });
const bundled = new Set();
const HELP = await helpTexts();
const { outputFiles, metafile } = await build({
  ...options,
  format: 'esm',
  write: false,
  entryPoints: {
    bin: 'src/bin.ts',
    index: 'src/index.ts',
    engine: 'src/engine/mechanism.ts',
    ...Object.fromEntries(Object.keys(LATE).map((group) => [`late-${group}`, `late:${group}`])),
  },
  splitting: true,
  chunkNames: '[name]-[hash]',
  plugins: [compiledTemplates, readyHelp, late, together, apart],
});
mkdirSync('dist', { recursive: true });
for (const { path, text } of outputFiles) {
  const banner = text.includes('import.meta.url') ? URL_OF_FILE : '';
  const { code } = await transform(text, {
    ...commonjs,
    banner,
    platform: 'node',
    target: options.target,
    minify: true,
  });
  writeFileSync(path, code, { mode: code.startsWith('#!') ? 0o755 : 0o644 });
}
writeFileSync('dist/package.json', '{ "type": "commonjs" }\n');
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
    ...commonjs,
    banner: { js: URL_OF_FILE },
    entryPoints: { [fileOf(name).slice(0, -3)]: name },
    plugins: [noEditor, ...(name === 'yargs' ? [plainWidth] : [])],
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
    const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
    const files = readdirSync(folder).filter((path) => /^(licen[cs]e|copying|notice)/i.test(path));
    const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
    // one that says the name of its licence alone has the text that the name stands for
    if (texts.length === 0 && license === 'MIT')
      texts.push(
        readFileSync('LICENSE', 'utf8')
          .trim()
          .replace(/^Copyright.*$/m, `Copyright (c) ${author?.name ?? author}`),
      );
    if (texts.length === 0) throw new Error(`${name} has no licence`);
    return `${name} ${version}\n\n${texts.join('\n\n')}`;
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
