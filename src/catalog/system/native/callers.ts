import { table } from '../../../project/data.ts';
import { type NativePackage, X64 } from './row.ts';

const CHROMIUM: NativePackage['calls'] = ['chromium', 'fonts-freefont'];
/** The launcher of Debian and Alpine keeps its crash reports and caches where it may write. */
const HOME = { XDG_CACHE_HOME: '/tmp/.chromium', XDG_CONFIG_HOME: '/tmp/.chromium' };
const SANDBOX = {
  unless: /--no-sandbox/,
  text: 'its sandbox needs privileges that a container does not have.',
  fix: "Give it args: ['--no-sandbox', '--disable-dev-shm-usage'] where it is launched.",
};
/** Its handler of SIGTERM only closes the browser, that of SIGINT ends the process too: `handleSIGTERM` of its options. */
const ENDS_ON = 'SIGINT';
const PLAYWRIGHT: NativePackage = {
  endsOn: ENDS_ON,
  installEnv: { PLAYWRIGHT_BROWSERS_PATH: '0' },
  env: { musl: {}, glibc: { PLAYWRIGHT_BROWSERS_PATH: '0' } },
  none: { musl: 'has no browsers for musl' },
  // nativeDeps.ts of playwright-core, debian13-x64
  loads: ['chromium-libraries', 'fonts-freefont', 'fonts-liberation'],
};
const FFMPEG: NativePackage = {
  calls: ['ffmpeg'],
  unless: ['ffmpeg-static', '@ffmpeg-installer/ffmpeg'],
};

/** Packages that call programs of the operating system. */
export const CALLERS: { readonly [name: string]: readonly NativePackage[] } = table({
  // https://pptr.dev/troubleshooting#running-on-alpine, https://pptr.dev/guides/configuration#environment-variables
  puppeteer: [
    {
      when: /\.launch\s*\(/,
      installEnv: { PUPPETEER_SKIP_DOWNLOAD: 'true' },
      calls: CHROMIUM,
      env: {
        musl: { ...HOME, PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium-browser' },
        glibc: { ...HOME, PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' },
      },
      endsOn: ENDS_ON,
      note: SANDBOX,
    },
    { installEnv: { PUPPETEER_SKIP_DOWNLOAD: 'true' } },
  ],
  // the same without a download of its own: the program tells where the browser is
  'puppeteer-core': [
    {
      when: /\.launch\s*\(/,
      calls: CHROMIUM,
      env: {
        musl: { ...HOME, PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium-browser' },
        glibc: { ...HOME, PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium' },
      },
      endsOn: ENDS_ON,
      note: SANDBOX,
    },
  ],
  // https://playwright.dev/docs/docker: browsers of its own, made for glibc
  playwright: [
    {
      when: /\b(?:firefox|webkit)\s*\.\s*launch/,
      none: {
        musl: 'has no browsers for musl',
        glibc: 'needs Firefox or WebKit in its own build: use the image mcr.microsoft.com/playwright',
      },
    },
    // the new headless mode is that of the whole browser: https://playwright.dev/docs/browsers#chromium-new-headless-mode
    { when: /channel\s*:\s*['"]chromium['"]/, fetch: 'playwright install chromium', ...PLAYWRIGHT },
    { range: '>=1.49', when: /\.launch/, fetch: 'playwright install --only-shell chromium', ...PLAYWRIGHT },
    { when: /\.launch/, fetch: 'playwright install chromium', ...PLAYWRIGHT },
  ],
  // downloads for development that no image needs
  cypress: [{ installEnv: { CYPRESS_INSTALL_BINARY: '0' } }],
  electron: [{ installEnv: { ELECTRON_SKIP_BINARY_DOWNLOAD: '1' } }],
  // https://github.com/fluent-ffmpeg/node-fluent-ffmpeg#prerequisites
  'fluent-ffmpeg': [FFMPEG],
  // https://discordjs.guide/voice: turns what it plays into Opus
  '@discordjs/voice': [{ ...FFMPEG, when: /createAudioResource/ }],
  // https://github.com/eugeneware/ffmpeg-static: a static program in node_modules
  'ffmpeg-static': [{ code: 'fetched' }],
  'ffprobe-static': [{ code: 'bundled', made: { glibc: X64, musl: X64 } }],
  '@ffprobe-installer/ffprobe': [{ code: 'bundled' }],
  '@ffmpeg-installer/ffmpeg': [{ code: 'bundled' }],
  // https://github.com/aheckmann/gm#getting-started: GraphicsMagick, unless it is told otherwise
  gm: [{ when: /imageMagick\s*:/, calls: ['imagemagick'] }, { calls: ['graphicsmagick'] }],
  imagemagick: [{ calls: ['imagemagick'] }],
  easyimage: [{ calls: ['imagemagick'] }],
  // https://github.com/yakovmeister/pdf2image#dependency
  pdf2pic: [{ calls: ['ghostscript', 'graphicsmagick'] }],
  'node-poppler': [{ calls: ['poppler-utils'] }],
  'node-tesseract-ocr': [{ calls: ['tesseract-ocr'] }],
  // https://github.com/steveukx/git-js
  'simple-git': [{ calls: ['git'] }],
  'node-7z': [{ calls: ['7zip'] }],
  'node-qpdf': [{ calls: ['qpdf-program'] }],
  graphviz: [{ calls: ['graphviz'] }],
  'node-pandoc': [{ calls: ['pandoc'] }],
  'libreoffice-convert': [{ calls: ['libreoffice'] }],
  // https://github.com/photostructure/exiftool-vendored.js: brings the program, not its Perl
  'exiftool-vendored': [{ calls: ['perl'] }],
  // https://github.com/microlinkhq/youtube-dl-exec: what it fetches is a Python program
  'youtube-dl-exec': [{ code: 'fetched', calls: ['python3'] }],
  // gone from Debian 13 and from Alpine, and its project ended
  wkhtmltopdf: [
    {
      none: {
        musl: 'calls a program that Alpine has no more: puppeteer prints pages too',
        glibc: 'calls a program that Debian has no more: puppeteer prints pages too',
      },
    },
  ],
  // https://github.com/ariya/phantomjs: ended in 2018; html-pdf stands on it
  'phantomjs-prebuilt': [
    {
      none: {
        musl: 'is made for glibc only, and ended in 2018: puppeteer prints pages too',
        glibc: 'ended in 2018 and does not start on this Debian: puppeteer prints pages too',
      },
    },
  ],
});
