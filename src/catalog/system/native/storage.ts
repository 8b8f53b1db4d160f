import { table } from '../../../project/data.ts';
import {
  ARM,
  ARM64,
  BUNDLED,
  COMPILED,
  DOWNLOAD,
  type NativePackage,
  NO_MUSL,
  PREBUILT,
  X64,
} from './row.ts';

/** The manager of drivers, which both sides need. */
const ODBC: Pick<NativePackage, 'compiling' | 'loads' | 'note'> = {
  compiling: ['unixodbc'],
  loads: ['unixodbc'],
  note: {
    text: 'unixODBC is in the image, the driver of your database is not.',
    fix: 'Add it in the runtime stage, with its odbcinst.ini.',
  },
};

/** Passwords, databases, messages. */
export const STORAGE: { readonly [name: string]: readonly NativePackage[] } = table({
  // passwords and cryptography
  // https://github.com/kelektiv/node.bcrypt.js/blob/master/CHANGELOG.md: prebuilt in the package since 6
  bcrypt: [
    { range: '<6', code: 'download' },
    { code: 'prebuilt', made: { glibc: ARM, musl: ARM } },
  ],
  // https://github.com/ranisalt/node-argon2#prebuilt-binaries: in the package since 0.40, for 32 bits too since 0.45
  argon2: [{ range: '<0.40', code: 'download' }, ...PREBUILT],
  // https://github.com/holepunchto/sodium-native: no script since 4.2, and on Alpine it looks for a file that is not there
  'sodium-native': [
    { range: '>=4.2', code: 'bundled', made: { glibc: ARM64, musl: [] }, none: NO_MUSL },
    {
      code: 'prebuilt',
      made: { glibc: ARM64, musl: [] },
      compiling: ['autoconf', 'automake', 'libtool'],
    },
  ],
  // https://github.com/napi-rs/node-rs: one optional package per platform
  '@node-rs/argon2': BUNDLED,
  '@node-rs/bcrypt': BUNDLED,
  // in the package since 5
  farmhash: [
    { range: '<5', code: 'download' },
    { code: 'bundled', made: { glibc: ARM64, musl: ARM64 } },
  ],
  xxhash: COMPILED,
  'xxhash-addon': PREBUILT,
  // https://github.com/cryptocoinjs
  keccak: [{ code: 'prebuilt', dispensable: true, made: { glibc: X64, musl: X64 } }],
  secp256k1: [{ code: 'prebuilt', dispensable: true, made: { glibc: X64, musl: X64 } }],
  'bigint-buffer': [{ code: 'bundled' }],
  // databases
  // https://www.prisma.io/docs/orm/more/internals/engines: none since 7
  '@prisma/client': [{ range: '<7', code: 'bundled' }],
  // what was compiled for Node 24.19 or later aborts once its statements are collected, and before 12.10 it is for no 26:
  // https://github.com/nodejs/node/issues/65446
  'better-sqlite3': [{ range: '<12.10', code: 'download', node: '<24' }, { code: 'download' }],
  'better-sqlite3-multiple-ciphers': DOWNLOAD,
  // https://github.com/TryGhost/node-sqlite3#prebuilt-binaries
  sqlite3: DOWNLOAD,
  '@libsql/client': BUNDLED,
  libsql: BUNDLED,
  // https://github.com/duckdb/duckdb-node: fetched, for the compiler would take an hour
  duckdb: [{ code: 'fetched', made: { glibc: ARM64, musl: [] }, none: NO_MUSL }],
  // https://github.com/duckdb/duckdb-node-neo: musl has packages of its own since 1.5
  '@duckdb/node-api': BUNDLED,
  '@duckdb/node-bindings': [{ range: '<1.5', code: 'bundled', none: NO_MUSL }, { code: 'bundled' }],
  // https://github.com/Level/classic-level/tree/main/prebuilds
  'classic-level': [{ code: 'prebuilt', made: { glibc: ARM, musl: X64 } }],
  leveldown: [{ code: 'prebuilt', made: { glibc: ARM, musl: X64 } }],
  rocksdb: [{ code: 'prebuilt', made: { glibc: X64, musl: X64 } }],
  // https://github.com/kriszyp/lmdb-js: optional packages that hold both libcs
  lmdb: [{ code: 'prebuilt', made: { glibc: ARM, musl: ARM64 } }],
  // https://github.com/couchbase/couchnode
  couchbase: BUNDLED,
  // https://github.com/oracle/node-oracledb: speaks to the database itself since 6
  oracledb: [
    {
      range: '<6',
      none: {
        musl: 'before 6 needs Oracle Instant Client, which no package brings',
        glibc: 'before 6 needs Oracle Instant Client, which no package brings',
      },
    },
    // https://node-oracledb.readthedocs.io/en/latest/user_guide/appendix_a.html
    {
      when: /initOracleClient\s*\(/,
      note: {
        text: 'its Thick mode loads Oracle Instant Client, which no package brings.',
        fix: 'Leave initOracleClient() out, or add the client in the runtime stage of --target slim.',
      },
    },
  ],
  // https://github.com/aerospike/aerospike-client-nodejs: files for some versions of Node in the package, glibc only
  aerospike: [
    {
      code: 'bundled',
      made: { glibc: ARM64, musl: [] },
      loads: ['libyaml', 'zlib'],
      none: NO_MUSL,
    },
  ],
  // https://github.com/TimelordUK/node-sqlserver-v8: in the package since it is built by node-gyp-build
  msnodesqlv8: [
    { range: '<5.2', code: 'download', ...ODBC },
    { code: 'prebuilt', made: { glibc: X64, musl: X64 }, ...ODBC },
  ],
  // https://github.com/markdirish/node-odbc#installation
  odbc: [{ code: 'download', ...ODBC }],
  // https://github.com/ibmdb/node-ibm_db/blob/master/INSTALL.md: the CLI driver is glibc and x64; a file is fetched too
  ibm_db: [
    {
      code: 'fetched',
      made: { glibc: X64, musl: [] },
      loads: ['libxml2'],
      none: { musl: 'loads IBM’s driver, which is made for glibc only' },
    },
  ],
  // https://github.com/brianc/node-libpq
  'pg-native': [
    {
      unless: ['libpq'],
      code: 'compiled',
      compiling: ['libpq'],
      linked: ['libpq'],
    },
  ],
  libpq: [
    {
      code: 'compiled',
      compiling: ['libpq'],
      linked: ['libpq'],
    },
  ],
  // https://github.com/mongodb/libmongocrypt/tree/master/bindings/node
  'mongodb-client-encryption': DOWNLOAD,
  '@mongodb-js/zstd': DOWNLOAD,
  // https://github.com/mongodb-js/kerberos: opens the library when it is first used
  kerberos: [{ code: 'download', compiling: ['krb5'], loads: ['krb5'] }],
  // messages and sockets
  // https://github.com/websockets/bufferutil: the one prebuilt file asks for nothing that musl has not
  bufferutil: [{ code: 'prebuilt', dispensable: true, made: { glibc: X64, musl: X64 } }],
  'utf-8-validate': [
    { range: '>=6.0.5', code: 'prebuilt', dispensable: true, made: { glibc: X64, musl: X64 } },
    { code: 'prebuilt', dispensable: true, made: { glibc: X64, musl: [] } },
  ],
  // https://github.com/mscdex/ssh2#requirements: works without, slower
  ssh2: [{ code: 'compiled', dispensable: true }],
  'cpu-features': [{ code: 'compiled', dispensable: true }],
  // https://github.com/zeromq/zeromq.js: CMake where nothing fits; before 6 files for some versions of Node
  zeromq: [
    { range: '<6', code: 'download' },
    {
      code: 'prebuilt',
      made: { glibc: ARM64, musl: ARM64 },
      compiling: ['cmake', 'pkgconf'],
    },
  ],
  // https://github.com/Blizzard/node-rdkafka#requirements: librdkafka is compiled along
  'node-rdkafka': [
    {
      code: 'compiled',
      compiling: ['bash', 'libsasl2', 'lz4', 'openssl', 'zlib', 'zstd'],
      linked: ['libsasl2', 'lz4', 'openssl', 'zlib', 'zstd'],
    },
  ],
  // https://github.com/confluentinc/confluent-kafka-javascript: librdkafka is linked in statically
  '@confluentinc/kafka-javascript': DOWNLOAD,
  // https://github.com/grpc/grpc-node: ended in 2021, and does not compile for a Node of today
  grpc: [
    {
      none: {
        musl: 'ended in 2021 and does not compile for this Node: @grpc/grpc-js replaces it',
        glibc: 'ended in 2021 and does not compile for this Node: @grpc/grpc-js replaces it',
      },
    },
  ],
  // https://github.com/JCMais/node-libcurl
  'node-libcurl': [
    {
      code: 'download',
      compiling: ['libcurl'],
      loads: ['libcurl'],
    },
  ],
  // https://github.com/kriszyp/msgpackr-extract
  'msgpackr-extract': [{ code: 'prebuilt', dispensable: true, made: { glibc: ARM, musl: ARM } }],
});
