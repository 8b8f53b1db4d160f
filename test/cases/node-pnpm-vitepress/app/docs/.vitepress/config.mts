import { defineConfig } from 'vitepress';

// https://vitepress.dev/reference/site-config
export default defineConfig({
  title: 'Harbour handbook',
  base: '/handbook/',
  themeConfig: {
    nav: [{ text: 'Ropes', link: '/ropes' }],
    search: { provider: 'local' },
  },
});
