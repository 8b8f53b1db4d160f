import type { Config } from '@docusaurus/types';
import type * as Preset from '@docusaurus/preset-classic';

const config: Config = {
  title: 'Beekeeper’s handbook',
  favicon: 'img/logo.svg',
  future: {
    v4: true,
  },
  url: 'https://bees.example.com',
  baseUrl: '/handbook/',
  onBrokenLinks: 'throw',
  i18n: {
    defaultLocale: 'en',
    locales: ['en'],
  },
  presets: [
    [
      'classic',
      {
        docs: { sidebarPath: './sidebars.ts' },
        blog: false,
        theme: { customCss: './src/css/custom.css' },
      } satisfies Preset.Options,
    ],
  ],
  themeConfig: {
    navbar: {
      title: 'Handbook',
      logo: { alt: 'A bee', src: 'img/logo.svg' },
      items: [{ type: 'docSidebar', sidebarId: 'handbook', position: 'left', label: 'Docs' }],
    },
  } satisfies Preset.ThemeConfig,
};

export default config;
