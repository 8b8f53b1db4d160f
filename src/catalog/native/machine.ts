import {
  ARM,
  ARM64,
  BUNDLED,
  COMPILED,
  DEVICES,
  DOWNLOAD,
  KRB5,
  type NativePackage,
  NO_MUSL,
  PREBUILT,
  X64,
} from './row.ts';

/** What looks at the machine or the process, and what builds. */
export const MACHINE: { readonly [name: string]: readonly NativePackage[] } = {
  // the machine
  // https://github.com/microsoft/node-pty: ready-made for macOS and Windows alone
  'node-pty': [{ code: 'compiled', needs: 'a shell to open' }],
  // https://github.com/laverdet/isolated-vm#requirements
  'isolated-vm': [{ range: '<6', code: 'compiled', node: '<23' }, { code: 'compiled' }],
  // https://github.com/node-usb/node-usb#installation
  usb: [{ code: 'prebuilt', made: { glibc: ARM, musl: X64 }, note: DEVICES }],
  'node-hid': [
    {
      code: 'prebuilt',
      made: { glibc: ARM, musl: ARM64 },
      loads: { apk: ['eudev-libs', 'libusb'], apt: ['libudev1', 'libusb-1.0-0'] },
      note: DEVICES,
    },
  ],
  // https://serialport.io/docs/guide-platform-support
  '@serialport/bindings-cpp': [{ code: 'prebuilt', made: { glibc: ARM, musl: ARM64 }, note: DEVICES }],
  serialport: [{ range: '<10', code: 'download', note: DEVICES }],
  'i2c-bus': [{ code: 'compiled', note: DEVICES }],
  epoll: [{ code: 'compiled', note: DEVICES }],
  keytar: [
    {
      code: 'download',
      compiling: { apk: ['libsecret-dev'], apt: ['libsecret-1-dev', 'pkgconf'] },
      loads: { apk: ['libsecret'], apt: ['libsecret-1-0'] },
    },
  ],
  // https://github.com/nodegit/nodegit#getting-started
  nodegit: [
    {
      code: 'download',
      compiling: { apk: ['krb5-dev', 'openssl-dev'], apt: ['libkrb5-dev', 'libssl-dev'] },
      loads: KRB5,
    },
  ],
  '@roamhq/wrtc': [{ code: 'bundled', made: { glibc: ARM64, musl: [] }, none: NO_MUSL }],
  wrtc: [{ code: 'bundled', made: { glibc: X64, musl: [] }, none: NO_MUSL }],
  // text, clocks, measurements
  // https://github.com/nodejs/node-gyp/issues/2869: before 10 it needs distutils, which Python has no more since 3.12
  'node-gyp': [{ range: '<10', gyp: { apk: ['py3-setuptools'], apt: ['python3-setuptools'] } }],
  // https://github.com/uhop/node-re2#installation
  re2: DOWNLOAD,
  iconv: COMPILED,
  microtime: [{ code: 'prebuilt', made: { glibc: ARM64, musl: [] } }],
  deasync: DOWNLOAD,
  heapdump: COMPILED,
  'unix-dgram': COMPILED,
  posix: COMPILED,
  'zlib-sync': COMPILED,
  'ffi-napi': [{ code: 'prebuilt', made: { glibc: ARM64, musl: [] } }],
  'ref-napi': [{ code: 'prebuilt', made: { glibc: ARM64, musl: [] } }],
  '@datadog/native-metrics': PREBUILT,
  '@datadog/pprof': PREBUILT,
  '@newrelic/native-metrics': DOWNLOAD,
  // what builds: https://esbuild.github.io, https://rollupjs.org, https://swc.rs, https://lightningcss.dev, https://oxc.rs
  snappy: [{ range: '<7', code: 'compiled' }, { code: 'bundled' }],
  esbuild: BUNDLED,
  rollup: BUNDLED,
  rolldown: BUNDLED,
  '@swc/core': BUNDLED,
  lightningcss: BUNDLED,
  'oxc-parser': BUNDLED,
  '@tailwindcss/oxide': BUNDLED,
  '@parcel/watcher': BUNDLED,
};
