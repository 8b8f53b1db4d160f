/** A system library that C code links to. Several names are parted by spaces. */
interface Row {
  /** As pkg-config and `-l` call it. */
  readonly names: string;
  /** Debian's packages to build with, and to run with. */
  readonly apt: readonly [build: string, runtime: string];
  /** Alpine's. */
  readonly apk: readonly [build: string, runtime: string];
  /** Alpine's package with the static archive, where that needs no other library. */
  readonly archive?: string;
  /** It is in gcr.io/distroless/base already. */
  readonly inBase?: true;
}

/** Names were looked up in Debian 13 and in Alpine 3.23; distroless/base holds libssl3, zlib1g and libzstd1. */
const ROWS: readonly Row[] = [
  { names: 'alsa asound', apt: ['libasound2-dev', 'libasound2t64'], apk: ['alsa-lib-dev', 'alsa-lib'] },
  {
    names: 'bzip2 bz2',
    apt: ['libbz2-dev', 'libbz2-1.0'],
    apk: ['bzip2-dev', 'libbz2'],
    archive: 'bzip2-static',
  },
  { names: 'libcurl curl', apt: ['libcurl4-openssl-dev', 'libcurl4t64'], apk: ['curl-dev', 'libcurl'] },
  { names: 'geos geos_c', apt: ['libgeos-dev', 'libgeos-c1t64'], apk: ['geos-dev', 'geos'] },
  { names: 'gpgme', apt: ['libgpgme-dev', 'libgpgme11t64'], apk: ['gpgme-dev', 'gpgme'] },
  {
    names: 'MagickWand MagickCore Magick++ MagickWand-7.Q16 MagickCore-7.Q16 Magick++-7.Q16',
    apt: [
      'libmagickwand-dev libmagick++-dev',
      'libmagickwand-7.q16-10 libmagickcore-7.q16-10 libmagick++-7.q16-5',
    ],
    apk: ['imagemagick-dev', 'imagemagick-libs imagemagick-c++'],
  },
  { names: 'leveldb', apt: ['libleveldb-dev', 'libleveldb1d'], apk: ['leveldb-dev', 'leveldb'] },
  { names: 'libgit2 git2', apt: ['libgit2-dev', 'libgit2-1.9'], apk: ['libgit2-dev', 'libgit2'] },
  { names: 'libpcap pcap', apt: ['libpcap-dev', 'libpcap0.8t64'], apk: ['libpcap-dev', 'libpcap'] },
  { names: 'libpq pq', apt: ['libpq-dev', 'libpq5'], apk: ['libpq-dev', 'libpq'] },
  {
    names: 'rdkafka rdkafka++',
    apt: ['librdkafka-dev', 'librdkafka1 librdkafka++1'],
    apk: ['librdkafka-dev', 'librdkafka'],
  },
  {
    names: 'libseccomp seccomp',
    apt: ['libseccomp-dev', 'libseccomp2'],
    apk: ['libseccomp-dev', 'libseccomp'],
    archive: 'libseccomp-static',
  },
  {
    names: 'libsodium sodium',
    apt: ['libsodium-dev', 'libsodium23'],
    apk: ['libsodium-dev', 'libsodium'],
    archive: 'libsodium-static',
  },
  { names: 'libusb-1.0 usb-1.0', apt: ['libusb-1.0-0-dev', 'libusb-1.0-0'], apk: ['libusb-dev', 'libusb'] },
  {
    names: 'libwebp libwebpdemux libwebpmux libsharpyuv webp webpdemux webpmux sharpyuv',
    apt: ['libwebp-dev libsharpyuv-dev', 'libwebp7 libwebpdemux2 libwebpmux3 libsharpyuv0'],
    apk: ['libwebp-dev', 'libwebp libwebpdemux libwebpmux libsharpyuv'],
  },
  { names: 'libxml-2.0 xml2', apt: ['libxml2-dev', 'libxml2'], apk: ['libxml2-dev', 'libxml2'] },
  {
    names: 'liblz4 lz4',
    apt: ['liblz4-dev', 'liblz4-1'],
    apk: ['lz4-dev', 'lz4-libs'],
    archive: 'lz4-static',
  },
  {
    names: 'libmariadb mariadb mysqlclient mariadbclient',
    apt: ['libmariadb-dev libmariadb-dev-compat', 'libmariadb3'],
    apk: ['mariadb-connector-c-dev', 'mariadb-connector-c'],
  },
  {
    names: 'openssl libssl libcrypto ssl crypto',
    apt: ['libssl-dev', 'libssl3t64'],
    apk: ['openssl-dev', 'libssl3 libcrypto3'],
    inBase: true,
  },
  { names: 'opus', apt: ['libopus-dev', 'libopus0'], apk: ['opus-dev', 'opus'] },
  {
    names: 'portaudio-2.0 portaudio',
    apt: ['portaudio19-dev', 'libportaudio2'],
    apk: ['portaudio-dev', 'portaudio'],
  },
  { names: 'proj', apt: ['libproj-dev', 'libproj25'], apk: ['proj-dev', 'proj'] },
  { names: 'rocksdb', apt: ['librocksdb-dev', 'librocksdb9.10'], apk: ['rocksdb-dev', 'rocksdb'] },
  { names: 'snappy', apt: ['libsnappy-dev', 'libsnappy1v5'], apk: ['snappy-dev', 'snappy'] },
  {
    names: 'sqlite3',
    apt: ['libsqlite3-dev', 'libsqlite3-0'],
    apk: ['sqlite-dev', 'sqlite-libs'],
    archive: 'sqlite-static',
  },
  { names: 'libsystemd systemd', apt: ['libsystemd-dev', 'libsystemd0'], apk: ['elogind-dev', 'libelogind'] },
  {
    names: 'tesseract',
    apt: ['libtesseract-dev', 'libtesseract5'],
    apk: ['tesseract-ocr-dev', 'tesseract-ocr'],
  },
  { names: 'vips vips-cpp', apt: ['libvips-dev', 'libvips42t64'], apk: ['vips-dev', 'vips vips-cpp'] },
  {
    names: 'liblzma lzma',
    apt: ['liblzma-dev', 'liblzma5'],
    apk: ['xz-dev', 'xz-libs'],
    archive: 'xz-static',
  },
  { names: 'libzmq zmq', apt: ['libzmq3-dev', 'libzmq5'], apk: ['zeromq-dev', 'libzmq'] },
  {
    names: 'zlib z',
    apt: ['zlib1g-dev', 'zlib1g'],
    apk: ['zlib-dev', 'zlib'],
    archive: 'zlib-static',
    inBase: true,
  },
  {
    names: 'libzstd zstd',
    apt: ['libzstd-dev', 'libzstd1'],
    apk: ['zstd-dev', 'zstd-libs'],
    archive: 'zstd-static',
    inBase: true,
  },
  { names: 'libheif heif', apt: ['libheif-dev', 'libheif1'], apk: ['libheif-dev', 'libheif'] },
  { names: 'libavif avif', apt: ['libavif-dev', 'libavif16'], apk: ['libavif-dev', 'libavif'] },
  {
    names: 'libjpeg libturbojpeg jpeg turbojpeg',
    apt: ['libjpeg-dev libturbojpeg0-dev', 'libjpeg62-turbo libturbojpeg0'],
    apk: ['libjpeg-turbo-dev', 'libjpeg-turbo libturbojpeg'],
  },
  {
    names: 'libpng libpng16 png png16',
    apt: ['libpng-dev', 'libpng16-16t64'],
    apk: ['libpng-dev', 'libpng'],
  },
  {
    names: 'lept leptonica',
    apt: ['libleptonica-dev', 'libleptonica6'],
    apk: ['leptonica-dev', 'leptonica'],
  },
  {
    names: 'odbc odbcinst',
    apt: ['unixodbc-dev', 'libodbc2 libodbcinst2'],
    apk: ['unixodbc-dev', 'unixodbc'],
  },
  {
    names: 'libnetfilter_queue netfilter_queue',
    apt: ['libnetfilter-queue-dev', 'libnetfilter-queue1'],
    apk: ['libnetfilter_queue-dev', 'libnetfilter_queue'],
  },
  {
    names: 'libvirt libvirt-qemu virt virt-qemu',
    apt: ['libvirt-dev', 'libvirt0'],
    apk: ['libvirt-dev', 'libvirt-libs'],
  },
  { names: 'uuid', apt: ['uuid-dev', 'libuuid1'], apk: ['util-linux-dev', 'libuuid'] },
  { names: 'libmagic magic', apt: ['libmagic-dev', 'libmagic1t64'], apk: ['file-dev', 'libmagic'] },
];

/** A system library by its packages. */
export interface Library {
  readonly apt: { readonly build: readonly string[]; readonly runtime: readonly string[] };
  readonly apk: { readonly build: readonly string[]; readonly runtime: readonly string[] };
  /** Undefined: it can only be shared. */
  readonly archive: readonly string[] | undefined;
  readonly inBase: boolean;
}

export function libraryOf(name: string): Library | undefined {
  const row = ROWS.find(({ names }) => names.split(' ').includes(name));
  if (row === undefined) return undefined;
  const packages = ([build, runtime]: Row['apt']) => ({
    build: build.split(' '),
    runtime: runtime.split(' '),
  });
  return {
    apt: packages(row.apt),
    apk: packages(row.apk),
    archive: row.archive?.split(' '),
    inBase: row.inBase ?? false,
  };
}

/** Of the C library and the compiler: there with the compiler, and static in the program or in the image. */
const OF_THE_COMPILER = /^(c|m|pthread|dl|rt|util|resolv|stdc\+\+|gcc|gcc_s|atomic)$/;

export function isOfCompiler(name: string): boolean {
  return OF_THE_COMPILER.test(name);
}
