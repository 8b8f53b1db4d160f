import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
const config = {
  kit: {
    adapter: adapter({
      pages: 'site',
      assets: 'site',
      fallback: '200.html',
    }),
  },
};

export default config;
