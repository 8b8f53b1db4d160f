import { table } from '../../../project/data.ts';
import { ARM64, COMPILED, DOWNLOAD, FONTS, type NativePackage, NO_MUSL, X64 } from './row.ts';

const CANVAS: Pick<NativePackage, 'fonts' | 'compiling' | 'linked'> = {
  fonts: FONTS,
  compiling: ['cairo', 'giflib', 'libjpeg', 'librsvg', 'pango', 'pkgconf'],
  linked: ['cairo', 'giflib', 'libjpeg', 'librsvg', 'pango'],
};
const ONNX: NativePackage = {
  code: 'bundled',
  made: { glibc: ARM64, musl: [] },
  none: { musl: 'loads a library for glibc only: onnxruntime-web runs everywhere' },
};

/** Pictures, sound, documents, models. */
export const MEDIA: { readonly [name: string]: readonly NativePackage[] } = table({
  // pictures, sound, documents
  // https://sharp.pixelplumbing.com/install: @img/sharp-<platform> since 0.33
  sharp: [{ range: '<0.33', code: 'download' }, { code: 'bundled' }],
  // https://github.com/Automattic/node-canvas#compiling: nothing is made for musl
  canvas: [
    // files for Node 18 and 20 alone: https://github.com/Automattic/node-canvas/issues/2430
    { range: '<3', code: 'download', ...CANVAS },
    { code: 'download', made: { glibc: X64, musl: [] }, ...CANVAS },
  ],
  '@napi-rs/canvas': [{ code: 'bundled', fonts: FONTS }],
  // https://github.com/samizdatco/skia-canvas: a compiler would need Rust, so what is fetched is all there is
  'skia-canvas': [
    {
      code: 'fetched',
      made: { glibc: ARM64, musl: ARM64 },
      fonts: FONTS,
      loads: ['fontconfig-program'],
    },
  ],
  '@discordjs/opus': DOWNLOAD,
  libxmljs2: DOWNLOAD,
  // https://github.com/libxmljs/libxmljs: files for older versions of Node
  libxmljs: [{ code: 'download', node: '<24' }],
  // https://github.com/sass/node-sass#node-version-support-policy
  'node-sass': [
    {
      code: 'download',
      node: '<21',
      note: {
        text: 'it is deprecated, and compiled for years.',
        fix: 'npm install sass, which is its successor.',
      },
    },
  ],
  // models
  // https://onnxruntime.ai/docs/install: its library is glibc's; on x64 its script fetches hundreds of megabytes for CUDA
  'onnxruntime-node': [
    { when: /\b(?:cuda|tensorrt)\b/i, ...ONNX },
    { ...ONNX, installEnv: { ONNXRUNTIME_NODE_INSTALL: 'skip', ONNXRUNTIME_NODE_INSTALL_CUDA: 'skip' } },
  ],
  // https://github.com/tensorflow/tfjs/issues/8609: libtensorflow is glibc's, and Node 23 has no util.isNullOrUndefined
  '@tensorflow/tfjs-node': [
    {
      code: 'download',
      node: '<23',
      none: { musl: 'loads libtensorflow, which is made for glibc only: @tensorflow/tfjs runs everywhere' },
    },
  ],
  'faiss-node': [{ code: 'fetched', made: { glibc: X64, musl: [] }, none: NO_MUSL }],
  'hnswlib-node': COMPILED,
  // one file, whose symbols musl lacks, and which is found before anything is compiled
  'tree-sitter': [
    { range: '<0.21', code: 'download' },
    {
      code: 'prebuilt',
      made: { glibc: ARM64, musl: [] },
      none: {
        musl: 'loads its file for glibc on musl too, and crashes there: web-tree-sitter runs everywhere',
      },
    },
  ],
});
