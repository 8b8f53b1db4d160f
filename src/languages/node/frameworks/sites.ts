import { posix } from 'node:path';
import { recordOf, textOf } from '../../../project/data.ts';
import { flagValue } from '../evidence/commands.ts';
import { has, hashedFolder, option, setting } from './config.ts';
import type { Framework, Made, Sight } from './framework.ts';
import { site } from './site.ts';

const VITE = 'vite.config.{js,mjs,cjs,ts,mts,cts}';

/** Vite's root is the word behind `build`, else the option. https://vite.dev/config/shared-options#root */
function viteRoot(sight: Sight): string {
  const word = sight.words[2];
  const found = option(sight, VITE, 'root');
  return word !== undefined && !word.startsWith('-') ? word : found && 'value' in found ? found.value : '.';
}

function vite(sight: Sight): Made | undefined {
  // the half of a build that a server of the project loads, and a library, are no sites
  if (sight.words.includes('--ssr') || option(sight, VITE, 'build.lib') || option(sight, VITE, 'build.ssr'))
    return undefined;
  const root = viteRoot(sight);
  const assets = option(sight, VITE, 'build.assetsDir');
  const folder =
    flagValue(sight.words, '--assetsDir') ?? (assets && 'value' in assets ? assets.value : 'assets');
  const pages = /\bmpa\b/.test(textOfOption(option(sight, VITE, 'appType')) ?? '');
  return site(
    setting(sight, ['--outDir'], option(sight, VITE, 'build.outDir'), 'dist'),
    setting(sight, ['--base'], option(sight, VITE, 'base'), '/'),
    {
      below: root,
      // https://vite.dev/config/shared-options#apptype: its own servers answer so
      fallback: pages ? undefined : 'index.html',
      hashed: hashedFolder(sight, folder, posix.join(root, 'public')),
    },
  );
}

function textOfOption(found: ReturnType<typeof option>): string | undefined {
  return found === undefined ? undefined : 'value' in found ? found.value : found.code;
}

/** Frameworks that make files only. Each output, base and name of assets is the one of its documentation. */
export const SITES: readonly Framework[] = [
  {
    name: 'Storybook',
    docs: 'https://storybook.js.org/docs/sharing/publish-storybook',
    builds: ['storybook build', 'build-storybook'],
    starts: ['storybook dev', 'start-storybook'],
    made: (sight) =>
      site(
        setting(sight, ['-o', '--output-dir'], undefined, 'storybook-static'),
        setting(sight, [], undefined, '/'),
        { hashed: hashedFolder(sight, 'assets') },
      ),
  },
  {
    name: 'VitePress',
    docs: 'https://vitepress.dev/guide/deploy',
    builds: ['vitepress build'],
    starts: ['vitepress dev', 'vitepress serve', 'vitepress preview', 'vitepress'],
    variables: ['VITE_'],
    made(sight) {
      const word = sight.words[2];
      const root = word === undefined || word.startsWith('-') ? '.' : word;
      const config = posix.join(root, '.vitepress/config*{,/index}.{js,mjs,ts,mts}');
      return site(
        setting(sight, ['--outDir'], option(sight, config, 'outDir'), '.vitepress/dist'),
        setting(sight, ['--base'], option(sight, config, 'base'), '/'),
        { below: root, hashed: hashedFolder(sight, 'assets', posix.join(root, 'public')) },
      );
    },
  },
  {
    name: 'VuePress',
    docs: 'https://v1.vuepress.vuejs.org/config/#dest',
    builds: ['vuepress build'],
    starts: ['vuepress dev', 'vuepress serve', 'vuepress'],
    md4: { of: 'vuepress', before: '2.0.0-0' },
    made(sight) {
      const word = sight.words[2];
      const root = word === undefined || word.startsWith('-') ? '.' : word;
      const config = posix.join(root, '.vuepress/config{,/index}.{js,mjs,ts,mts}');
      return site(
        setting(sight, ['-d', '--dest'], option(sight, config, 'dest'), posix.join(root, '.vuepress/dist')),
        setting(sight, [], option(sight, config, 'base'), '/'),
        { hashed: hashedFolder(sight, 'assets', posix.join(root, '.vuepress/public')) },
      );
    },
  },
  {
    name: 'Docusaurus',
    docs: 'https://docusaurus.io/docs/deployment',
    builds: ['docusaurus build'],
    starts: ['docusaurus start', 'docusaurus serve'],
    leaves: ['.docusaurus'],
    caches: ['node_modules/.cache'],
    made(sight) {
      const config = 'docusaurus.config.{js,mjs,cjs,ts,mts}';
      return site(
        setting(sight, ['--out-dir'], undefined, 'build'),
        setting(sight, [], option(sight, config, 'baseUrl'), '/'),
        // https://docusaurus.io/docs/static-assets: files of `static` keep their names
        { hashed: hashedFolder(sight, 'assets', 'static') },
      );
    },
  },
  {
    name: 'Gatsby',
    docs: 'https://www.gatsbyjs.com/docs/caching/',
    builds: ['gatsby build'],
    starts: ['gatsby develop', 'gatsby serve'],
    variables: ['GATSBY_'],
    quiet: { GATSBY_TELEMETRY_DISABLED: '1' },
    md4: { of: 'gatsby', before: '3.0.0' },
    made(sight) {
      // the prefix is used with its flag only
      const prefixed = sight.words.includes('--prefix-paths') || sight.env.PREFIX_PATHS === 'true';
      const prefix = prefixed ? option(sight, 'gatsby-config.{js,mjs,ts}', 'pathPrefix') : undefined;
      return site({ value: 'public' }, setting(sight, [], prefix, '/'), {
        hashed: [
          ...hashedFolder(sight, 'static', 'static'),
          { regex: '-[0-9a-f]{20}\\.js$', glob: `*-${'?'.repeat(20)}.js` },
        ],
      });
    },
  },
  {
    name: 'Eleventy',
    docs: 'https://www.11ty.dev/docs/config/#output-directory',
    builds: ['eleventy', '@11ty/eleventy'],
    starts: ['eleventy --serve', 'eleventy --watch', '@11ty/eleventy --serve'],
    made(seen) {
      // unlike the others it leaves NODE_ENV as it is
      const sight = { ...seen, env: { NODE_ENV: '', ...seen.env } };
      const config = '{.eleventy.js,.eleventy.cjs,eleventy.config.{js,mjs,cjs,ts}}';
      if (sight.words.some((word) => word === '--serve' || word === '--watch')) return undefined;
      return site(
        setting(sight, ['--output'], option(sight, config, 'dir.output'), '_site'),
        // https://www.11ty.dev/docs/config/#deploy-to-a-subdirectory-with-a-path-prefix
        setting(sight, ['--pathprefix'], option(sight, config, 'pathPrefix'), '/'),
        { hashed: [] },
      );
    },
  },
  {
    name: 'Hexo',
    docs: 'https://hexo.io/docs/configuration',
    builds: ['hexo generate', 'hexo g'],
    starts: ['hexo server', 'hexo s'],
    made(sight) {
      const config = sight.project.parse('_config.yml');
      const { public_dir: folder, root } = recordOf(config);
      return site({ value: textOf(folder) ?? 'public' }, { value: textOf(root) ?? '/' }, { hashed: [] });
    },
  },
  {
    name: 'Create React App',
    docs: 'https://create-react-app.dev/docs/production-build',
    builds: ['react-scripts build', 'craco build', 'react-app-rewired build'],
    starts: ['react-scripts start', 'craco start', 'react-app-rewired start'],
    variables: ['REACT_APP_'],
    md4: { of: 'react-scripts', before: '5.0.0' },
    caches: ['node_modules/.cache'],
    made: (sight) =>
      site(
        { value: sight.env.BUILD_PATH ?? 'build' },
        { value: sight.env.PUBLIC_URL ?? textOf(sight.manifest.raw.homepage) ?? '/' },
        { fallback: 'index.html', hashed: hashedFolder(sight, 'static') },
      ),
  },
  {
    name: 'Vue CLI',
    docs: 'https://cli.vuejs.org/config/#vue-config-js',
    builds: ['vue-cli-service build'],
    starts: ['vue-cli-service serve'],
    variables: ['VUE_APP_'],
    md4: { of: '@vue/cli-service', before: '5.0.0' },
    caches: ['node_modules/.cache'],
    made(sight) {
      const config = 'vue.config.{js,cjs,mjs,ts}';
      const plain = textOfOption(option(sight, config, 'filenameHashing')) === 'false';
      const assets = textOfOption(option(sight, config, 'assetsDir')) ?? '';
      return site(
        setting(sight, ['--dest'], option(sight, config, 'outputDir'), 'dist'),
        setting(sight, [], option(sight, config, 'publicPath'), '/'),
        {
          fallback: 'index.html',
          hashed: plain
            ? []
            : ['js', 'css', 'img', 'fonts', 'media'].flatMap((f) =>
                hashedFolder(sight, posix.join(assets, f)),
              ),
        },
      );
    },
  },
  {
    name: 'Parcel',
    docs: 'https://parceljs.org/features/cli/',
    builds: ['parcel build'],
    starts: ['parcel serve', 'parcel'],
    caches: ['.parcel-cache'],
    leaves: ['.parcel-cache'],
    // a target of package.json is a library's, and a page is named on the command line or as the source
    made(sight) {
      const pages = [...sight.words.slice(2), textOf(sight.manifest.raw.source) ?? ''];
      if (!pages.some((page) => page.endsWith('.html'))) return undefined;
      return site(
        setting(sight, ['--dist-dir'], undefined, 'dist'),
        setting(sight, ['--public-url'], undefined, '/'),
        { hashed: [{ regex: '\\.[0-9a-f]{8}\\.\\w+$', glob: '*.????????.{js,css,svg,png,jpg,webp,woff2}' }] },
      );
    },
  },
  {
    // last of those that `vite build` builds: the plain one
    name: 'Vite',
    docs: 'https://vite.dev/guide/static-deploy',
    builds: ['vite build'],
    starts: ['vite', 'vite dev', 'vite serve', 'vite preview'],
    variables: ['VITE_'],
    made(sight) {
      const other = OTHERS.find(({ of }) => has(sight, of));
      return other === undefined ? vite(sight) : { because: other.because };
    },
  },
];

/** Frameworks that are plugins of Vite and make what no row knows. */
const OTHERS: readonly { readonly of: string; readonly because: string }[] = [
  {
    of: '@builder.io/qwik-city',
    because:
      'Qwik City builds its client and its server apart: add its Node adapter (qwik add node-server) and a start script that runs what that makes.',
  },
  { of: 'vike', because: 'Vike is run by a server of the project: give it a start script that runs a file.' },
];
