import { table } from '../../../project/data.ts';
import { ARM, ARM64, BUNDLED, COMPILED, DEVICES, DOWNLOAD, type NativePackage, NO_MUSL, X64 } from './row.ts';

const HID: Pick<NativePackage, 'compiling' | 'loads' | 'note'> = {
  compiling: ['libudev', 'libusb', 'linux-headers', 'pkgconf'],
  loads: ['libudev', 'libusb'],
  note: DEVICES,
};
/** Node's own snapshot and that of an isolate exclude each other. */
const NO_SNAPSHOT = {
  musl: { NODE_OPTIONS: '--no-node-snapshot' },
  glibc: { NODE_OPTIONS: '--no-node-snapshot' },
};
const FFI = { musl: 'loads its file for glibc on musl too, and crashes there: koffi replaces it' };

/** What looks at the machine or the process, and what builds. */
export const MACHINE: { readonly [name: string]: readonly NativePackage[] } = table({
  // the machine
  // https://github.com/microsoft/node-pty: ready-made for macOS and Windows alone
  'node-pty': [{ code: 'compiled', needs: 'a shell to open' }],
  '@homebridge/node-pty-prebuilt-multiarch': [
    { code: 'prebuilt', made: { glibc: ARM, musl: ARM }, needs: 'a shell to open' },
  ],
  // https://github.com/laverdet/isolated-vm#requirements: files for some versions of Node
  'isolated-vm': [
    { range: '<6', code: 'download', node: '<23', env: NO_SNAPSHOT },
    { code: 'download', env: NO_SNAPSHOT },
  ],
  // https://github.com/node-usb/node-usb#installation: optional packages since 3, which bring libudev
  usb: [
    {
      range: '<3',
      code: 'prebuilt',
      made: { glibc: ARM, musl: X64 },
      compiling: ['libudev', 'linux-headers'],
      loads: ['libudev'],
      note: DEVICES,
    },
    { code: 'bundled', made: { glibc: ARM, musl: ARM64 }, note: DEVICES },
  ],
  // https://github.com/node-hid/node-hid#compiling-from-source: in the package since 3
  'node-hid': [
    { range: '<3', code: 'download', ...HID },
    { code: 'prebuilt', made: { glibc: ARM, musl: X64 }, ...HID },
  ],
  // https://serialport.io/docs/guide-platform-support
  '@serialport/bindings-cpp': [{ code: 'prebuilt', made: { glibc: ARM, musl: ARM }, note: DEVICES }],
  serialport: [{ range: '<10', unless: ['@serialport/bindings'], code: 'download', note: DEVICES }],
  '@serialport/bindings': [{ code: 'download', note: DEVICES }],
  'i2c-bus': [{ code: 'compiled', note: DEVICES }],
  epoll: [{ code: 'compiled', note: DEVICES }],
  keytar: [
    {
      code: 'download',
      compiling: ['libsecret', 'pkgconf'],
      loads: ['libsecret'],
    },
  ],
  // https://github.com/nodegit/nodegit#getting-started
  nodegit: [
    {
      code: 'download',
      compiling: ['krb5', 'openssl'],
      loads: ['krb5'],
    },
  ],
  '@roamhq/wrtc': [{ code: 'bundled', made: { glibc: ARM64, musl: [] }, none: NO_MUSL }],
  wrtc: [{ code: 'fetched', made: { glibc: X64, musl: [] }, none: NO_MUSL }],
  // https://github.com/murat-dogan/node-datachannel: optional packages since 0.33
  'node-datachannel': [
    { range: '<0.33', code: 'download' },
    { code: 'bundled', made: { glibc: ARM64, musl: ARM64 } },
  ],
  // https://mediasoup.org/documentation/v3/mediasoup/installation: its worker is fetched for glibc, or compiled by Meson
  mediasoup: [{ code: 'download', compiling: ['linux-headers', 'pip'] }],
  // https://github.com/pokusew/node-pcsclite#installation
  '@pokusew/pcsclite': [
    {
      code: 'compiled',
      compiling: ['pcsc-lite', 'pkgconf'],
      linked: ['pcsc-lite'],
      note: DEVICES,
    },
  ],
  // https://github.com/mscdex/cap#requirements
  cap: [
    {
      code: 'compiled',
      compiling: ['libpcap'],
      linked: ['libpcap'],
      note: {
        text: 'it listens to a network interface, which takes root and a capability.',
        fix: 'Start the container with docker run --user 0 --cap-add NET_RAW.',
      },
    },
  ],
  // https://github.com/octalmage/robotjs#building
  robotjs: [
    {
      code: 'prebuilt',
      made: { glibc: ARM64, musl: [] },
      compiling: ['libpng', 'x11', 'libxtst'],
      loads: ['x11', 'libxtst'],
      note: {
        text: 'it looks at a screen, which a container has none of.',
        fix: 'Pass it an X server when the container starts: docker run --env DISPLAY …',
      },
    },
  ],
  // text, clocks, measurements
  // https://github.com/nodejs/node-gyp/issues/2869: before 10 it needs distutils, which Python has no more since 3.12
  'node-gyp': [{ range: '<10', gyp: ['setuptools'] }],
  // https://github.com/uhop/node-re2#installation
  re2: DOWNLOAD,
  iconv: COMPILED,
  // one file for both libcs, which asks for nothing that musl has not
  microtime: [{ code: 'prebuilt', made: { glibc: ARM, musl: ARM64 } }],
  deasync: DOWNLOAD,
  heapdump: COMPILED,
  'unix-dgram': COMPILED,
  posix: COMPILED,
  'zlib-sync': COMPILED,
  // https://github.com/node-ffi-napi/ref-napi/issues/56
  'ffi-napi': [{ code: 'prebuilt', made: { glibc: ARM64, musl: [] }, none: FFI }],
  'ref-napi': [{ code: 'prebuilt', made: { glibc: ARM64, musl: [] }, none: FFI }],
  // https://koffi.dev: all files in the package, one package per platform since 3
  koffi: [
    {
      range: '<3',
      code: 'prebuilt',
      made: { glibc: ARM, musl: X64 },
      compiling: ['cmake'],
    },
    { code: 'bundled', made: { glibc: ARM, musl: ARM64 } },
  ],
  // https://github.com/chrisa/node-dtrace-provider: a stub stands in where it cannot be compiled, as it does on all Linux
  'dtrace-provider': BUNDLED,
  // no script: one file per platform in the package
  '@datadog/native-metrics': [{ code: 'bundled', made: { glibc: ARM, musl: ARM64 } }],
  '@datadog/pprof': [{ code: 'bundled', made: { glibc: ARM64, musl: ARM64 } }],
  // its agent counts less without it
  '@newrelic/native-metrics': [{ code: 'download', dispensable: true }],
  // what builds: https://esbuild.github.io, https://rollupjs.org, https://swc.rs, https://lightningcss.dev, https://oxc.rs
  snappy: [{ range: '<7', code: 'download' }, { code: 'bundled' }],
  'sass-embedded': BUNDLED,
  esbuild: BUNDLED,
  rollup: BUNDLED,
  rolldown: BUNDLED,
  '@swc/core': BUNDLED,
  lightningcss: BUNDLED,
  'oxc-parser': BUNDLED,
  '@tailwindcss/oxide': BUNDLED,
  '@parcel/watcher': BUNDLED,
});
