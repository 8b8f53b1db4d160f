import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { findBuildVariables } from '../../src/languages/node/evidence/build/variables.ts';
import { FRAMEWORKS } from '../../src/languages/node/frameworks/index.ts';
import type { NodeApp } from '../../src/languages/node/plan/plan.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, found, planned } from '../planned.ts';

/** A project by its packages, its scripts and its files. */
function files(
  packages: readonly string[] | Readonly<Record<string, string>>,
  scripts: Readonly<Record<string, string>>,
  more: Files = {},
): Files {
  const dependencies = Array.isArray(packages)
    ? Object.fromEntries(packages.map((name) => [name, '*']))
    : packages;
  return { 'package.json': JSON.stringify({ dependencies, scripts }), ...more };
}
const build = (text: string) => ({ build: text });

/** What is started as it is typed, or the words of a refusal. */
type Row = readonly [framework: string, what: string, files: Files, start: string | Error];

const ROWS: readonly Row[] = [
  [
    'Next.js',
    'its server and packages',
    files(['next'], build('next build')),
    'node node_modules/next/dist/bin/next start',
  ],
  ...['js', 'mjs', 'ts'].map(
    (end): Row => [
      'Next.js',
      `standalone in next.config.${end}`,
      files(['next'], build('next build'), {
        [`next.config.${end}`]: "const c = { output: 'standalone' };\nexport default c;",
      }),
      'node server.js',
    ],
  ),
  [
    'Next.js',
    'standalone in a call of a plugin, and in double quotes',
    files(['next'], build('next build'), {
      'next.config.js': 'module.exports = withMDX({ output: "standalone" })',
    }),
    'node server.js',
  ],
  [
    'Next.js',
    'files under a path',
    files(['next'], build('next build'), {
      'next.config.mjs': "export default { output: 'export', basePath: '/docs' }",
    }),
    'static out --base /docs/',
  ],
  [
    'Next.js',
    'an output in a comment is none',
    files(['next'], build('next build'), {
      'next.config.mjs': "export default {\n  // output: 'export',\n}",
    }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'Next.js',
    'an output that is computed',
    files(['next'], build('next build'), {
      'next.config.js': 'module.exports = { output: process.env.OUT }',
    }),
    new Error('next.config.js → output is computed when it builds. Say it: --start'),
  ],
  [
    'Next.js',
    'a server of its own in the start script',
    files(
      ['next'],
      { build: 'next build', start: 'node server.js' },
      { 'server.js': 'createServer().listen(3000)' },
    ),
    'node server.js',
  ],
  [
    'Next.js',
    'a build that needs a shell: the shell runs it, and what it is can be read',
    files(['next'], {
      build:
        "cross-env INIT_CWD=$PWD next build && cross-env NODE_OPTIONS='--x' node ./scripts/postbuild.mjs",
      start: 'next dev',
      serve: 'next start',
    }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'Next.js',
    'Plug’n’Play, where no package is a folder',
    files(['next'], build('next build'), { 'yarn.lock': '__metadata:\n  version: 8\n' }),
    new Error("Plug'n'Play has no node_modules: set nodeLinker: node-modules"),
  ],
  [
    'Nuxt',
    'its server',
    files(['nuxt'], { build: 'nuxt build', generate: 'nuxt generate' }),
    'node .output/server/index.mjs',
  ],
  ['Nuxt', 'files', files(['nuxt'], build('nuxt generate')), 'static .output/public'],
  [
    'Nuxt',
    'files of an app, under a path',
    files(
      ['nuxt'],
      { generate: 'nuxi generate' },
      { 'nuxt.config.ts': "export default defineNuxtConfig({ ssr: false, app: { baseURL: '/app/' } })" },
    ),
    'static .output/public --base /app/ --fallback 200.html',
  ],
  [
    'Nuxt',
    'a preset for somebody else’s platform',
    files(['nuxt'], build('nuxt build'), {
      'nuxt.config.ts': "export default defineNuxtConfig({ nitro: { preset: 'vercel' } })",
    }),
    new Error('preset vercel makes nothing that node can start'),
  ],
  ['Nitro', 'its server', files(['nitropack'], build('nitropack build')), 'node .output/server/index.mjs'],
  [
    'Nitro',
    'as a plugin of Vite',
    files(
      ['nitro', 'vite'],
      { build: 'vite build', preview: 'vite preview' },
      {
        'vite.config.ts': 'export default defineConfig({ plugins: [nitro()] })',
      },
    ),
    'node .output/server/index.mjs',
  ],
  [
    'Nitro',
    'in a project whose Vite does not use it',
    files(['nitro', 'vite'], build('vite build'), { 'vite.config.ts': 'export default defineConfig({})' }),
    'static dist --fallback index.html',
  ],
  [
    'React Router',
    'its server',
    files(['@react-router/serve'], {
      build: 'react-router build',
      start: 'react-router-serve ./build/server/index.js',
    }),
    'node node_modules/@react-router/serve/dist/cli.js ./build/server/index.js',
  ],
  [
    'React Router',
    'an app without a server',
    files(['react-router'], build('react-router build'), {
      'react-router.config.ts': 'export default { ssr: false } satisfies Config;',
    }),
    'static build/client --fallback index.html',
  ],
  [
    'React Router',
    'without its server among the dependencies',
    files(['react-router'], build('react-router build')),
    new Error('@react-router/serve is not in dependencies'),
  ],
  [
    'React Router',
    'a server of the project',
    files(
      ['@react-router/express'],
      { build: 'react-router build', start: 'node server.js' },
      { 'server.js': "import('./build/server/index.js'); app.listen(3000)" },
    ),
    'node server.js',
  ],
  [
    'Remix',
    'its server, by Vite',
    files(['@remix-run/serve'], { build: 'remix vite:build', start: 'remix-serve ./build/server/index.js' }),
    'node node_modules/@remix-run/serve/dist/cli.js ./build/server/index.js',
  ],
  [
    'Remix',
    'its server, by the compiler that it had before',
    files(['@remix-run/serve'], { build: 'remix build', start: 'remix-serve build' }),
    'node node_modules/@remix-run/serve/dist/cli.js ./build/index.js',
  ],
  [
    'SvelteKit',
    'adapter-node, with its folder',
    files(['@sveltejs/kit'], build('vite build'), {
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-node';\nexport default { kit: { adapter: adapter({ out: 'server' }) } };",
    }),
    'node server/index.js',
  ],
  [
    'SvelteKit',
    'adapter-static, whose fallback is called 404',
    files(['@sveltejs/kit'], build('vite build'), {
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { paths: { base: '/x' }, adapter: adapter({ fallback: '404.html' }) } };",
    }),
    'static build --base /x/',
  ],
  [
    'SvelteKit',
    'an adapter that guesses its platform',
    files(['@sveltejs/kit'], build('vite build'), {
      'svelte.config.js':
        "import adapter from '@sveltejs/adapter-auto';\nexport default { kit: { adapter: adapter() } };",
    }),
    new Error('install @sveltejs/adapter-node and import it in svelte.config.js'),
  ],
  [
    'Astro',
    'files',
    files(['astro'], build('astro build'), {
      'astro.config.mjs': "export default defineConfig({ outDir: './www', base: 'blog' });",
    }),
    'static www --base /blog/',
  ],
  [
    'Astro',
    'on demand',
    files(['astro', '@astrojs/node'], build('astro build'), {
      'astro.config.mjs':
        'import node from "@astrojs/node";\nexport default defineConfig({ output: "server", adapter: node({ mode: "standalone" }) });',
    }),
    'node dist/server/entry.mjs',
  ],
  [
    'Astro',
    'one page on demand',
    files(['astro', '@astrojs/node'], build('astro build'), {
      'astro.config.mjs':
        "import node from '@astrojs/node';\nexport default defineConfig({ adapter: node({ mode: 'standalone' }) });",
      'src/pages/now.astro': '---\nexport const prerender = false;\n---',
    }),
    'node dist/server/entry.mjs',
  ],
  [
    'Astro',
    'an adapter that no page needs',
    files(['astro', '@astrojs/node'], build('astro build'), {
      'astro.config.mjs':
        "import node from '@astrojs/node';\nexport default defineConfig({ adapter: node({ mode: 'standalone' }) });",
    }),
    'static dist',
  ],
  [
    'Astro',
    'an adapter for somebody else’s platform',
    files(['astro'], build('astro build'), {
      'astro.config.mjs':
        "import vercel from '@astrojs/vercel';\nexport default defineConfig({ output: 'server', adapter: vercel() });",
    }),
    new Error('run astro add node'),
  ],
  [
    'TanStack Start',
    'with Nitro',
    files(['@tanstack/react-start', 'nitro'], build('vite build'), {
      'vite.config.ts': 'export default defineConfig({ plugins: [tanstackStart(), nitro(), react()] })',
    }),
    'node .output/server/index.mjs',
  ],
  [
    'Vite',
    'behind run-p, with a place for arguments',
    files(
      ['vite', 'vue'],
      {
        build: 'run-p type-check "build-only {@}" --',
        'build-only': 'vite build',
        'type-check': 'vue-tsc --build',
      },
      {
        'index.html': '<script type="module" src="/src/main.ts"></script>',
        'src/main.ts': "import { createApp } from 'vue';",
      },
    ),
    'static dist --fallback index.html',
  ],
  [
    'TanStack Start',
    'of a version whose plugin brought Nitro',
    files(
      { '@tanstack/react-start': '^1.121.7' },
      { build: 'vite build && tsc --noEmit', start: 'node .output/server/index.mjs' },
      { 'vite.config.ts': 'export default defineConfig({ plugins: [tanstackStart()] })' },
    ),
    'node .output/server/index.mjs',
  ],
  [
    'TanStack Start',
    'without',
    files(['@tanstack/react-start'], build('vite build'), {
      'vite.config.ts': 'export default defineConfig({ plugins: [tanstackStart(), react()] })',
    }),
    new Error('add the nitro plugin'),
  ],
  [
    'SolidStart',
    'with Nitro, as it is since version 2',
    files(
      ['@solidjs/start', 'nitro'],
      { build: 'vite build', start: 'vite preview' },
      {
        'vite.config.ts':
          "export default defineConfig({ plugins: [solidStart(), nitro()], nitro: { preset: 'node_server' } })",
      },
    ),
    'node .output/server/index.mjs',
  ],
  [
    'SolidStart',
    'without',
    files(['@solidjs/start'], build('vite build'), {
      'vite.config.ts': 'export default defineConfig({ plugins: [solidStart()] })',
    }),
    new Error('SolidStart builds a handler here, which no server runs: add the nitro plugin'),
  ],
  [
    'SolidStart',
    'a preset for somebody else’s platform',
    files(['@solidjs/start', 'nitro'], build('vite build'), {
      'vite.config.ts':
        "export default defineConfig({ plugins: [solidStart(), nitro({ preset: 'vercel' })] })",
    }),
    new Error('preset vercel makes nothing that node can start'),
  ],
  [
    'SolidStart',
    'its server before version 2',
    files(['@solidjs/start', 'vinxi'], { build: 'vinxi build', start: 'vinxi start' }),
    'node .output/server/index.mjs',
  ],
  [
    'SolidStart',
    'files',
    files(['@solidjs/start', 'vinxi'], build('vinxi build'), {
      'app.config.ts': "export default defineConfig({ server: { preset: 'static' } });",
    }),
    'static .output/public',
  ],
  [
    'Angular',
    'an app',
    files(['@angular/core'], { build: 'ng build', start: 'ng serve' }, { 'angular.json': angular({}) }),
    'static dist/shop/browser --fallback index.html',
  ],
  [
    'Angular',
    'an app under a path, in a folder of its own',
    files(['@angular/core'], build('ng build --base-href /shop/'), {
      'angular.json': angular({ outputPath: { base: 'out', browser: '' } }),
    }),
    'static out --base /shop/ --fallback index.html',
  ],
  [
    'Angular',
    'its server',
    files(['@angular/ssr'], build('ng build'), {
      'angular.json': angular({ ssr: { entry: 'src/server.ts' }, outputMode: 'server' }),
    }),
    'node dist/shop/server/server.mjs',
  ],
  [
    'Angular',
    'files',
    files(['@angular/ssr'], build('ng build'), {
      'angular.json': angular({ ssr: true, outputMode: 'static' }),
    }),
    'static dist/shop/browser',
  ],
  [
    'Angular',
    'files, and paths that a browser renders',
    files(['@angular/ssr'], build('ng build'), {
      'angular.json': angular({ server: 'src/main.server.ts', outputMode: 'static' }),
      'src/app/app.routes.server.ts': "[{ path: 'me/:id', renderMode: RenderMode.Client }]",
    }),
    'static dist/shop/browser --fallback index.csr.html',
  ],
  [
    'Angular',
    'one app for each language',
    files(['@angular/core'], build('ng build'), { 'angular.json': angular({ localize: true }) }),
    new Error('--start "static dist/shop/browser --fallback en/index.html"'),
  ],
  [
    'Angular',
    'the builder before',
    files(['@angular/core'], build('ng build'), {
      'angular.json': angular({ outputPath: 'dist' }, '@angular-devkit/build-angular:browser'),
    }),
    'static dist --fallback index.html',
  ],
  [
    'Angular',
    'two applications',
    files(['@angular/core'], build('ng build'), { 'angular.json': '{ "projects": { "a": {}, "b": {} } }' }),
    new Error('name one in the build script, as in ng build a'),
  ],
  [
    'AdonisJS',
    'its server',
    files(
      ['@adonisjs/core'],
      { build: 'node ace build', start: 'node bin/server.js' },
      { 'bin/server.ts': '', 'ace.js': '' },
    ),
    'node bin/server.js',
  ],
  [
    'AdonisJS',
    'its server before version 6',
    files(
      ['@adonisjs/core'],
      { build: 'node ace build --production', start: 'node server.js' },
      { 'server.ts': '', 'ace.js': '' },
    ),
    'node server.js',
  ],
  [
    'Strapi',
    'its server',
    files(['@strapi/strapi'], { build: 'strapi build', start: 'strapi start' }),
    'node node_modules/@strapi/strapi/bin/strapi.js start',
  ],
  [
    'Vite',
    'an app',
    files(['react', 'vite'], { build: 'tsc -b && vite build', dev: 'vite' }),
    'static dist --fallback index.html',
  ],
  [
    'Vite',
    'whose start script is its dev server',
    files(['preact', 'vite'], { build: 'vite build', start: 'npm run dev', dev: 'vite --host' }),
    'static dist --fallback index.html',
  ],
  [
    'Vite',
    'whose start script hands out files',
    files(['vue', 'vite', 'serve'], { build: 'vite build', start: 'serve -s dist -l 80' }),
    'static dist --fallback index.html',
  ],
  [
    'Vite',
    'the options of its configuration, not those of a plugin',
    files(['vite'], build('vite build'), {
      'vite.config.ts':
        "const base = '/a';\nexport default defineConfig({ plugins: [pwa({ base: '/b', outDir: 'c' })], base, build: { outDir: `www` } });",
    }),
    'static www --base /a/ --fallback index.html',
  ],
  [
    'Vite',
    'a folder of its own as root, and flags',
    files(['vite'], build('vite build web --base=/x/ --outDir ../out')),
    'static out --base /x/ --fallback index.html',
  ],
  [
    'Vite',
    'pages',
    files(['vite'], build('vite build'), { 'vite.config.js': "export default { appType: 'mpa' }" }),
    'static dist',
  ],
  [
    'Vite',
    'a base that is computed',
    files(['vite'], build('vite build'), {
      'vite.config.js': 'export default { base: baseOf(process.env.CI) }',
    }),
    new Error('vite.config.js → base is computed when it builds.'),
  ],
  [
    'Vite',
    'a base that a variable chooses which the build does not set',
    files(['vite'], build('vite build'), {
      'vite.config.js': "export default { base: process.env.CI ? '/x/' : '/y/' }",
    }),
    'static dist --base /y/ --fallback index.html',
  ],
  [
    'Vite',
    'a base that a variable chooses which the build sets',
    files(['vite'], build('PAGES=1 vite build'), {
      'vite.config.js': "export default { base: process.env.PAGES === '1' ? '/x/' : '/' }",
    }),
    'static dist --base /x/ --fallback index.html',
  ],
  [
    'Next.js',
    'standalone where a variable asks for it',
    files(['next'], build('next build'), {
      'next.config.js': "module.exports = { output: process.env.DOCKER ? 'standalone' : undefined }",
    }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'Next.js',
    'standalone unless a variable forbids it',
    files(['next'], build('next build'), {
      'next.config.ts': "export default withIntl({ output: process.env.VERCEL ? undefined : 'standalone' })",
    }),
    'node server.js',
  ],
  [
    'Next.js',
    'behind a script that reads an .env file',
    files(['next'], {
      build: 'pnpm with-env next build',
      start: 'pnpm with-env next start',
      'with-env': 'dotenv -e ../../.env --',
    }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'Nuxt',
    'version 2, with its packages',
    {
      'package.json': JSON.stringify({
        dependencies: { nuxt: '^2.14.4' },
        scripts: { build: 'nuxt build', start: 'nuxt start' },
      }),
    },
    'node node_modules/nuxt/bin/nuxt.js start',
  ],
  [
    'Nuxt',
    'version 2, generated',
    {
      'package.json': JSON.stringify({
        dependencies: { nuxt: '^2.14.4' },
        scripts: { build: 'nuxt generate' },
      }),
      'nuxt.config.js': "export default { router: { base: '/app/' } }",
    },
    'static dist --base /app/ --fallback 200.html',
  ],
  [
    'Eleventy',
    'a prefix for production, which nobody says it is',
    files(['@11ty/eleventy'], build('eleventy'), {
      '.eleventy.js':
        "module.exports = () => { return { pathPrefix: process.env.NODE_ENV === 'production' ? '/x/' : '/' } }",
    }),
    'static _site',
  ],
  [
    'Hexo',
    'files under a path',
    files(
      ['hexo'],
      { build: 'hexo generate', server: 'hexo server' },
      { '_config.yml': 'title: Log\nroot: /log/\npublic_dir: public\n' },
    ),
    'static public --base /log/',
  ],
  [
    'VuePress',
    'files of a folder',
    files(['vuepress'], { build: 'vuepress build docs', serve: 'vuepress dev docs' }),
    'static docs/.vuepress/dist',
  ],
  [
    'VuePress',
    'a folder and a base of its configuration',
    files(['vuepress'], build('vuepress build guide'), {
      'guide/.vuepress/config.js': "module.exports = { dest: 'dist', base: '/guide/' }",
    }),
    'static dist --base /guide/',
  ],
  [
    'Vite',
    'Vike is no plain app',
    files(['vite', 'vike'], build('vite build')),
    new Error('Vike is run by a server'),
  ],
  [
    'Create React App',
    'an app',
    files(['react-scripts'], { build: 'react-scripts build', start: 'react-scripts start' }),
    'static build --fallback index.html',
  ],
  [
    'Create React App',
    'under the path of its homepage',
    {
      'package.json': JSON.stringify({
        homepage: 'https://a.example/shop',
        dependencies: { 'react-scripts': '5' },
        scripts: { build: 'react-scripts build' },
      }),
    },
    'static build --base /shop/ --fallback index.html',
  ],
  [
    'Vue CLI',
    'an app',
    files(
      ['@vue/cli-service'],
      { build: 'vue-cli-service build', serve: 'vue-cli-service serve' },
      { 'vue.config.js': "module.exports = { publicPath: '/v/', outputDir: 'www' }" },
    ),
    'static www --base /v/ --fallback index.html',
  ],
  [
    'Gatsby',
    'files',
    files(['gatsby'], { build: 'gatsby build', start: 'npm run develop', develop: 'gatsby develop' }),
    'static public',
  ],
  [
    'Gatsby',
    'a prefix with its flag only',
    files(['gatsby'], build('gatsby build --prefix-paths'), {
      'gatsby-config.js': "module.exports = { pathPrefix: '/blog' }",
    }),
    'static public --base /blog/',
  ],
  [
    'Docusaurus',
    'files',
    files(
      ['@docusaurus/core'],
      { build: 'docusaurus build', start: 'docusaurus start' },
      { 'docusaurus.config.ts': "const config: Config = { baseUrl: '/docs/' };\nexport default config;" },
    ),
    'static build --base /docs/',
  ],
  [
    'VitePress',
    'files of a folder',
    files(['vitepress'], { 'docs:build': 'vitepress build docs' }),
    'static docs/.vitepress/dist',
  ],
  [
    'Eleventy',
    'files',
    files(
      ['@11ty/eleventy'],
      { build: 'npx @11ty/eleventy', start: 'npx @11ty/eleventy --serve' },
      { '.eleventy.js': "module.exports = (c) => { return { dir: { output: 'out' } } }" },
    ),
    'static out',
  ],
  ['Parcel', 'files', files(['parcel'], build('parcel build src/index.html')), 'static dist'],
  [
    'Storybook',
    'files, where the build script says so',
    files(['storybook'], build('storybook build')),
    'static storybook-static',
  ],
];

function angular(options: object, builder = '@angular/build:application'): string {
  return JSON.stringify({
    projects: { shop: { architect: { build: { builder, options } } }, lib: { projectType: 'library' } },
  });
}

async function startOf(project: Files): Promise<string> {
  const [value] = await found('start', await projectOf(project, 'app'));
  return value;
}

describe('what is started', () => {
  test.each(ROWS)('%s: %s', async (_, __, project, start) => {
    if (start instanceof Error) await expect(startOf(project)).rejects.toThrow(start.message);
    else expect(await startOf(project)).toBe(start);
  });
});

test('every framework has a row here, with a link to its documentation', () => {
  const seen = new Set(ROWS.map(([name]) => name));
  for (const { name, docs, builds } of FRAMEWORKS) {
    expect(seen, name).toContain(name);
    expect(docs).toMatch(/^https:\/\/\S+$/);
    expect(builds.length).toBeGreaterThan(0);
  }
});

/** Pairs in one project: the command of the build script decides, then the start script. See CONTRIBUTING. */
const PAIRS: readonly (readonly [both: string, files: Files, start: string])[] = [
  [
    'Vite under SvelteKit',
    files(['vite', 'svelte', '@sveltejs/kit', '@sveltejs/adapter-node'], build('vite build'), {
      'svelte.config.js': "import a from '@sveltejs/adapter-node';\nexport default { kit: { adapter: a() } }",
    }),
    'node build/index.js',
  ],
  ['Vite under Astro', files(['vite', 'astro'], build('astro build')), 'static dist'],
  [
    'Vite under React Router',
    files(['vite', '@react-router/serve'], build('react-router build')),
    'node node_modules/@react-router/serve/dist/cli.js ./build/server/index.js',
  ],
  [
    'Vite under VitePress',
    files(['vite', 'vitepress'], { 'docs:build': 'vitepress build' }),
    'static .vitepress/dist',
  ],
  [
    'Storybook beside Vite',
    files(['vite', 'storybook'], { build: 'vite build', 'build-storybook': 'storybook build' }),
    'static dist --fallback index.html',
  ],
  [
    'Storybook beside Next',
    files(['next', 'storybook'], {
      build: 'next build',
      'build-storybook': 'storybook build',
      start: 'next start',
    }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'VitePress beside an Express server',
    files(
      ['express', 'vitepress'],
      { start: 'node server.js', 'docs:build': 'vitepress build docs' },
      { 'server.js': 'app.listen(3000)' },
    ),
    'node server.js',
  ],
  [
    'VitePress beside an Express server that is built',
    files(
      ['express', 'vitepress', 'typescript'],
      { build: 'tsc', start: 'node dist/server.js', 'docs:build': 'vitepress build docs' },
      {
        'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
        'src/server.ts': 'app.listen(3000)',
      },
    ),
    'node dist/server.js',
  ],
  [
    'Docusaurus beside Next',
    files(['next', '@docusaurus/core'], { build: 'next build', docs: 'docusaurus build' }),
    'node node_modules/next/dist/bin/next start',
  ],
  [
    'Astro beside Vite, by the build script',
    files(['vite', 'astro'], { build: 'vite build', site: 'astro build' }),
    'static dist --fallback index.html',
  ],
  [
    'a Vite client with an Express server',
    files(
      ['express', 'vite'],
      { build: 'vite build', start: 'node server.js' },
      { 'server.js': 'app.listen(3000)' },
    ),
    'node server.js',
  ],
  [
    'a Vite build with Nest',
    files(
      ['@nestjs/core', 'vite'],
      { build: 'nest build', 'build:admin': 'vite build', start: 'nest start' },
      { 'src/main.ts': 'app.listen(3000)' },
    ),
    'node dist/main.js',
  ],
  [
    'both halves of a Vite build',
    files(
      ['express', 'vite'],
      {
        build: 'vite build --outDir dist/client && vite build --ssr src/entry.ts --outDir dist/server',
        start: 'node server.js',
      },
      { 'server.js': 'app.listen(3000)' },
    ),
    'node server.js',
  ],
  [
    'Nuxt, which generates too',
    files(['nuxt'], {
      build: 'nuxt build',
      generate: 'nuxt generate',
      start: 'node .output/server/index.mjs',
    }),
    'node .output/server/index.mjs',
  ],
  [
    'Eleventy after Vite in one script',
    files(['vite', '@11ty/eleventy'], build('vite build && eleventy')),
    'static dist --fallback index.html',
  ],
];

describe('several frameworks in one project', () => {
  test.each(PAIRS)('%s', async (_, project, start) => {
    expect(await startOf(project)).toBe(start);
  });

  test('a Vite build beside a file called like a server, and no start script, is asked', async () => {
    const project = files(['express', 'vite'], build('vite build'), { 'server.js': 'app.listen(3000)' });
    await expect(startOf(project)).rejects.toThrow(
      /static dist --fallback index\.html .* or node server\.js/,
    );
  });

  test('a library that has pages about itself is no site', async () => {
    const project = {
      'package.json': JSON.stringify({
        main: 'index.js',
        devDependencies: { vitepress: '1' },
        scripts: { 'docs:build': 'vitepress build docs' },
      }),
      'index.js': '',
    };
    expect(await startOf(project)).toBe('node index.js');
  });

  test('two scripts that make pages are asked', async () => {
    const project = files(['vitepress', 'storybook'], {
      'docs:build': 'vitepress build',
      'build-storybook': 'storybook build',
    });
    await expect(startOf(project)).rejects.toThrow('--build docs:build or --build build-storybook');
  });
});

describe('--start static', () => {
  const project = files(['vite'], build('vite build'));
  const typed = async (start: string) =>
    (await planned(await projectOf(project, 'app'), 'alpine', { start })).artifacts;
  test('takes a folder, a base and a fallback', async () => {
    expect(await typed('static out --base /a/b/ --fallback app.html')).toEqual([
      { stage: 'build', source: '/app/out', destination: '/srv/a/b' },
    ]);
  });
  test.each([
    ['static', 'a folder'],
    ['static ../out', 'a folder that exists'],
    ['static out --base shop', 'a slash at both ends'],
    ['static out --base "/a;b/"', 'a slash at both ends'],
    ['static out --fallback ../x.html', 'a page below the folder'],
    ['static out --port 3', 'static, a folder'],
  ])('%s is refused', async (start, want) => {
    await expect(typed(start)).rejects.toThrow(want);
  });
});

describe('a configuration is hostile until proven otherwise', () => {
  test.each([
    ['a base', "base: '/a; } evil {/'"],
    ['an assets folder', "build: { assetsDir: 'a { b' }"],
    ['an output', "build: { outDir: '../../etc' }"],
    ['an output with words', "build: { outDir: 'a b' }"],
  ])('%s that would be more than a path is refused', async (_, option) => {
    const of = files(['vite'], build('vite build'), { 'vite.config.js': `export default { ${option} }` });
    for (const target of ['alpine', 'scratch'] as const)
      await expect(planned(await projectOf(of, 'app'), target)).rejects.toThrow(UserError);
  });
});

describe('the build of a framework', () => {
  const stage = async (of: Files) => {
    const plan = await planned(await projectOf(of, 'app'), 'slim');
    return (plan.app as NodeApp).build;
  };

  test('tells others nothing, and keeps what makes the next one faster', async () => {
    const made = await stage(files(['next'], build('next build')));
    expect(made?.env).toEqual([{ name: 'NEXT_TELEMETRY_DISABLED', value: '1' }]);
    expect(made?.run.mounts).toEqual(['type=cache,id=app-next-cache,sharing=locked,target=/app/.next/cache']);
  });

  test.each([
    ['react-scripts', '3.1.1', 'react-scripts build', true],
    ['react-scripts', '^5.0.1', 'react-scripts build', false],
    ['@vue/cli-service', '~4.5.0', 'vue-cli-service build', true],
    ['webpack', '4.44.2', 'webpack', true],
    ['webpack', '^5.70.0', 'webpack', false],
    ['next', '^9.5.3', 'next build', true],
    ['nuxt', '^3.1.0', 'nuxt build', false],
  ])('%s %s hashes with MD4: %s', async (name, range, script, old) => {
    const server = name === 'webpack' ? { start: 'node server.js' } : {};
    const manifest = { dependencies: { [name]: range }, scripts: { build: script, ...server } };
    const made = await stage({ 'package.json': JSON.stringify(manifest), 'server.js': 'app.listen(3000)' });
    const options = made?.env.filter(({ name: variable }) => variable === 'NODE_OPTIONS');
    expect(options).toEqual(old ? [{ name: 'NODE_OPTIONS', value: '--openssl-legacy-provider' }] : []);
  });

  test('that a server of the project loads is shipped beside it', async () => {
    const of = files(
      ['@react-router/express'],
      { build: 'react-router build', start: 'node server.js' },
      { 'server.js': 'app.listen(3000)' },
    );
    const { artifacts } = await planned(await projectOf(of, 'app'), 'slim');
    expect(artifacts).toContainEqual({ stage: 'build', source: '/app/build', destination: './build' });
  });
});

describe('what a framework writes', () => {
  const plan = async (of: Files) => planned(await projectOf(of, 'app'), 'slim');

  test('where it is developed stays out of the build', async () => {
    const { ignore } = await plan(
      files(['@docusaurus/core'], build('docusaurus build'), { 'package-lock.json': '{}' }),
    );
    expect(ignore.at(-1)?.patterns).toEqual(['build', '.docusaurus']);
  });

  test.each([
    ['TypeScript, all of it', { 'tsconfig.json': '{ "compilerOptions": { "outDir": "out" } }' }, 'out'],
    ['JavaScript, the panel', {}, 'build'],
  ])('is where it says: Strapi in %s', async (_, more, folder) => {
    const of = files(['@strapi/strapi'], { build: 'strapi build', start: 'strapi start' }, more);
    expect((await plan(of)).artifacts).toContainEqual({
      stage: 'build',
      source: `/app/${folder}`,
      destination: `./${folder}`,
    });
  });

  const strapi = { build: 'strapi build', start: 'strapi start' };
  const adonis = { build: 'node ace build', start: 'node bin/server.js' };
  test.each([
    ['Strapi, its uploads', files(['@strapi/strapi', 'pg'], strapi), ['/app/public/uploads']],
    [
      'Strapi with SQLite',
      files(['@strapi/strapi', 'better-sqlite3'], strapi),
      ['/app/public/uploads', '/app/.tmp'],
    ],
    ['AdonisJS with SQLite', files(['@adonisjs/core', 'better-sqlite3'], adonis), ['/app/tmp']],
    ['AdonisJS', files(['@adonisjs/core', 'pg'], adonis), []],
  ])('while it runs stands on volumes: %s', async (_, of, volumes) => {
    const made = await plan(of);
    expect(made.volumes).toEqual(volumes);
    const folders = volumes.map((path) => path.replace('/app', '/writable')).join(' ');
    const commands = (made.app as NodeApp).build?.run.commands ?? [];
    const writable = { stage: 'build', source: '/writable', destination: './' };
    if (volumes.length > 0) {
      expect(commands.at(-1)).toBe(`install -d -m 1777 ${folders}`);
      expect(made.artifacts.at(-1)).toEqual(writable);
    } else expect(made.artifacts).not.toContainEqual(writable);
  });
});

describe('the hosts that Angular answers for', () => {
  const ssr = (security: object, server = '') =>
    files(['@angular/ssr'], build('ng build'), {
      'angular.json': angular({ ssr: { entry: 'src/server.ts' }, outputMode: 'server', security }),
      'src/server.ts': server,
    });
  test.each([
    ['named nowhere', ssr({ allowedHosts: [] }), true],
    ['in angular.json', ssr({ allowedHosts: ['a.example'] }), false],
    ['in its server', ssr({}, "new AngularNodeAppEngine({ allowedHosts: ['*.example'] })"), false],
  ])('%s', async (_, of, warned) => {
    const { notes } = await planned(await projectOf(of, 'app'), 'slim');
    expect(notes.some(({ fix }) => fix?.includes('NG_ALLOWED_HOSTS'))).toBe(warned);
  });
});

describe('variables of the pages', () => {
  const vite = FRAMEWORKS.find(({ name }) => name === 'Vite');
  const variables = async (of: Files) => findBuildVariables(await projectOf(of, 'app'), vite);

  test('are those that the code reads and those that the example names', async () => {
    const of = {
      'src/a.ts':
        '// import.meta.env.VITE_OLD\nfetch(import.meta.env.VITE_URL, { mode: import.meta.env.MODE });',
      'src/a.test.ts': 'import.meta.env.VITE_TEST',
      'index.html': '<title>%VITE_TITLE%</title>',
      '.env.example': 'VITE_NAME=\nDATABASE_URL=\n',
      '.env.production': 'VITE_TITLE="Sea $hells"\n',
    };
    expect(await variables(of)).toEqual([
      { name: 'VITE_NAME', at: '.env.example', value: undefined, secret: false },
      { name: 'VITE_TITLE', at: 'index.html:1', value: '"Sea \\$hells"', secret: false },
      { name: 'VITE_URL', at: 'src/a.ts:2', value: undefined, secret: false },
    ]);
  });

  test.each(['VITE_API_KEY', 'VITE_MAP_TOKEN', 'VITE_DB_PASSWORD', 'VITE_CLIENT_SECRET', 'VITE_AUTH'])(
    '%s is called like a secret: no ARG, a value never, and the report names it',
    async (name) => {
      const of = {
        ...files(['vite'], build('vite build')),
        '.env.example': `${name}=`,
        '.env.production': `${name}=x1y2`,
      };
      expect(await variables(of)).toEqual([{ name, at: '.env.example', value: undefined, secret: true }]);
      const plan = await planned(await projectOf(of, 'app'), 'slim');
      expect(JSON.stringify(plan)).not.toContain('x1y2');
      expect(plan.secrets).toEqual([{ id: name, from: 'env', source: name }]);
      expect(plan.notes.map(({ text }) => text).join()).toContain(
        `${name} (.env.example) is called like a secret`,
      );
    },
  );
});
