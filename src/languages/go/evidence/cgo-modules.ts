import { table } from '../../../project/data.ts';

/** A module whose C code is compiled or linked into the program. */
export interface CgoModule {
  /** Modules that bring it under their own name, for go.mod lists what they bring as indirect. */
  readonly by?: readonly string[];
  /** System libraries that it links to, by a name in `libraries.ts`; none: its C code is all inside. */
  readonly libraries?: readonly string[];
  /** Build tags without which it does not link on musl. */
  readonly muslTags?: readonly string[];
  /** C++ is compiled or linked too. */
  readonly cxx?: true;
  /** It brings archives that were made for glibc, or opens shared ones: no static musl program can hold it. */
  readonly glibc?: true;
}

/** Modules that need a C compiler, by the import path without a version's `/vN`. */
export const CGO_MODULES: { readonly [path: string]: CgoModule } = table({
  // compiles without cgo all the same, then says "requires cgo to work" at run time: mattn/go-sqlite3#855
  'github.com/mattn/go-sqlite3': {
    by: [
      'gorm.io/driver/sqlite',
      'github.com/golang-migrate/migrate/database/sqlite3',
      'github.com/jinzhu/gorm/dialects/sqlite',
    ],
  },
  'github.com/mutecomm/go-sqlcipher': { by: ['github.com/golang-migrate/migrate/database/sqlcipher'] },
  // https://github.com/confluentinc/confluent-kafka-go#librdkafka: the bundled one for musl has a tag of its own
  'github.com/confluentinc/confluent-kafka-go': { muslTags: ['musl'] },
  'github.com/marcboeker/go-duckdb': { cxx: true, glibc: true },
  'github.com/duckdb/duckdb-go': { cxx: true, glibc: true },
  'github.com/tursodatabase/go-libsql': { glibc: true },
  'github.com/godror/godror': { glibc: true },
  'github.com/bytecodealliance/wasmtime-go': { glibc: true },
  'rogchap.com/v8go': { cxx: true, glibc: true },
  'github.com/DataDog/zstd': {},
  'github.com/valyala/gozstd': {},
  'github.com/chai2010/webp': {},
  'github.com/smacker/go-tree-sitter': {},
  'github.com/tree-sitter/go-tree-sitter': {},
  'github.com/kolesa-team/go-webp': { libraries: ['webp'] },
  'github.com/davidbyttow/govips': { libraries: ['vips'] },
  'github.com/h2non/bimg': { libraries: ['vips'] },
  'gopkg.in/gographics/imagick.v3': { libraries: ['MagickWand'] },
  'github.com/google/gopacket/pcap': { libraries: ['pcap'] },
  'github.com/gopacket/gopacket/pcap': { libraries: ['pcap'] },
  'github.com/pebbe/zmq4': { libraries: ['zmq'] },
  'github.com/linxGnu/grocksdb': { libraries: ['rocksdb'] },
  'github.com/libgit2/git2go': { libraries: ['git2'] },
  'github.com/gordonklaus/portaudio': { libraries: ['portaudio'] },
  'github.com/ebitengine/oto': { libraries: ['alsa'] },
  'github.com/proglottis/gpgme': { libraries: ['gpgme'] },
  // https://gocv.io/getting-started/linux/: each of its releases is made for one of OpenCV
  'gocv.io/x/gocv': { libraries: ['opencv4'], cxx: true },
  // https://github.com/otiai10/gosseract#installation
  'github.com/otiai10/gosseract': { libraries: ['tesseract', 'lept'], cxx: true },
  // its C code includes sqlite3.h, which go-sqlite3 keeps to itself
  'github.com/asg017/sqlite-vec-go-bindings/cgo': { libraries: ['sqlite3'] },
  'github.com/seccomp/libseccomp-golang': { libraries: ['seccomp'] },
});
