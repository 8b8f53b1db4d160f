import { textOf } from '../../../project/data.ts';
import { setting } from './config.ts';
import { type Framework, HOST_AND_PORT } from './framework.ts';
import { site } from './site.ts';

export const PARCEL: Framework = {
  name: 'Parcel',
  docs: 'https://parceljs.org/features/cli/',
  builds: ['parcel build'],
  starts: ['parcel serve', 'parcel'],
  develops: { commands: ['parcel serve', 'parcel'], args: HOST_AND_PORT },
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
};
