import { table } from '../../project/data.ts';
import type { SystemPackages } from './packages.ts';

/** What a package of the Python index needs of the system, on Debian 13 and Alpine. */
export interface PythonPackage {
  /**
   * For lists that do not name their wheels: it has none for Linux, or none for musl. Undefined: it has both. A lock that
   * names them decides by itself.
   */
  readonly wheels?: 'none' | 'glibc';
  /** Beside a C compiler where it is compiled. */
  readonly compiler?: 'c++' | 'rust';
  readonly compiling?: SystemPackages;
  /** Libraries that it loads where it was compiled: a wheel brings its own. */
  readonly linked?: SystemPackages;
  /** Libraries that it loads by name, wheel or not. */
  readonly loads?: SystemPackages;
  /** The same on musl alone, where its wheel brings none. */
  readonly musl?: SystemPackages;
  /** Packages that bring what this row would add. */
  readonly unless?: readonly string[];
  /** Programs that it calls, where the project imports this module. */
  readonly calls?: SystemPackages & { readonly module: string };
  /** Why it cannot run there, after its name. */
  readonly none?: { readonly musl: string };
}

/** What compiles: C, C++ and Rust. */
export const COMPILERS: { readonly [Id in 'c' | 'c++' | 'rust']: SystemPackages } = {
  c: { apk: ['gcc', 'musl-dev'], apt: ['gcc', 'libc6-dev'] },
  'c++': { apk: ['g++', 'musl-dev'], apt: ['g++'] },
  rust: { apk: ['cargo', 'gcc', 'musl-dev'], apt: ['cargo', 'gcc', 'libc6-dev'] },
};

/**
 * By the name of the index. Names of Debian and Alpine were checked against both indexes; wheels by what the packages
 * publish. What is not here has wheels for both, no machine code, or gives itself away in the lock file.
 */
export const PYTHON_PACKAGES: { readonly [name: string]: PythonPackage } = table({
  'ai-edge-litert': { none: { musl: 'is made for glibc only' } },
  'ansible-pylibssh': {
    wheels: 'glibc',
    compiling: { apk: ['libssh-dev'], apt: ['libssh-dev'] },
    linked: { apk: ['libssh'], apt: ['libssh-4'] },
  },
  'aspell-python-py3': {
    wheels: 'none',
    compiling: { apk: ['aspell-dev'], apt: ['libaspell-dev'] },
    linked: { apk: ['aspell-libs'], apt: ['libaspell15'] },
  },
  av: {
    wheels: 'glibc',
    compiling: {
      apk: ['ffmpeg-dev', 'pkgconf'],
      apt: [
        'libavcodec-dev',
        'libavdevice-dev',
        'libavfilter-dev',
        'libavformat-dev',
        'libavutil-dev',
        'libswresample-dev',
        'libswscale-dev',
        'pkgconf',
      ],
    },
    linked: {
      apk: ['ffmpeg-libs'],
      apt: [
        'libavcodec61',
        'libavdevice61',
        'libavfilter10',
        'libavformat61',
        'libavutil59',
        'libswresample5',
        'libswscale8',
      ],
    },
  },
  berkeleydb: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['db-dev'], apt: ['libdb-dev', 'libdb5.3++-dev'] },
    linked: { apk: ['db', 'db-c++'], apt: ['libdb5.3++t64', 'libdb5.3t64'] },
  },
  bjoern: {
    wheels: 'none',
    compiling: { apk: ['libev-dev'], apt: ['libev-dev'] },
    linked: { apk: ['libev'], apt: ['libev4t64'] },
  },
  bsddb3: {
    wheels: 'none',
    compiling: { apk: ['db-dev'], apt: ['libdb-dev', 'libdb5.3++-dev'] },
    linked: { apk: ['db', 'db-c++'], apt: ['libdb5.3++t64', 'libdb5.3t64'] },
  },
  cairocffi: {
    compiling: { apk: ['cairo-dev'], apt: ['libcairo2-dev'] },
    linked: { apk: ['cairo', 'cairo-gobject'], apt: ['libcairo-gobject2', 'libcairo2'] },
    loads: { apk: ['cairo', 'cairo-gobject'], apt: ['libcairo-gobject2', 'libcairo2'] },
  },
  'camelot-py': { calls: { module: 'camelot', apk: ['ghostscript'], apt: ['ghostscript'] } },
  clang: { loads: { apk: ['clang20-libclang'], apt: ['libclang1-19'] } },
  coincurve: {
    compiling: { apk: ['libsecp256k1-dev'], apt: ['libsecp256k1-dev'] },
    linked: { apk: ['libsecp256k1'], apt: ['libsecp256k1-2'] },
  },
  'confluent-kafka': {
    compiling: { apk: ['librdkafka-dev'], apt: ['librdkafka-dev'] },
    linked: { apk: ['librdkafka'], apt: ['librdkafka++1', 'librdkafka1'] },
  },
  cryptography: {
    compiler: 'rust',
    compiling: { apk: ['cargo', 'libffi-dev', 'openssl-dev'], apt: ['cargo', 'libffi-dev', 'libssl-dev'] },
    linked: { apk: ['libcrypto3', 'libffi', 'libssl3'], apt: ['libffi8', 'libssl3t64'] },
  },
  ctranslate2: { none: { musl: 'is made for glibc only' } },
  'cx-oracle': { none: { musl: 'is made for glibc only' } },
  cyhunspell: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['hunspell-dev'], apt: ['libhunspell-dev'] },
    linked: { apk: ['libhunspell'], apt: ['libhunspell-1.7-0'] },
  },
  cysystemd: {
    compiling: { apk: ['elogind-dev'], apt: ['libsystemd-dev'] },
    linked: { apk: ['libelogind'], apt: ['libsystemd0'] },
  },
  'dbus-python': {
    wheels: 'none',
    compiling: { apk: ['dbus-dev', 'pkgconf'], apt: ['libdbus-1-dev', 'pkgconf'] },
    linked: { apk: ['dbus-libs'], apt: ['libdbus-1-3'] },
  },
  deepspeed: { none: { musl: 'is made for glibc only' } },
  diagrams: { calls: { module: 'diagrams', apk: ['graphviz'], apt: ['graphviz'] } },
  easysnmp: {
    wheels: 'none',
    compiling: { apk: ['net-snmp-dev'], apt: ['libsnmp-dev'] },
    linked: { apk: ['net-snmp-libs'], apt: ['libsnmp40t64'] },
  },
  evdev: { wheels: 'glibc', compiling: { apk: ['linux-headers'], apt: ['linux-libc-dev'] } },
  'faiss-cpu': { none: { musl: 'is made for glibc only' } },
  'ffmpeg-python': { calls: { module: 'ffmpeg', apk: ['ffmpeg'], apt: ['ffmpeg'] } },
  'file-magic': {
    compiling: { apk: ['file-dev'], apt: ['libmagic-dev'] },
    linked: { apk: ['libmagic'], apt: ['libmagic1t64'] },
  },
  fiona: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['gdal-dev'], apt: ['libgdal-dev'] },
    linked: { apk: ['gdal'], apt: ['libgdal36'] },
  },
  'freetype-py': {
    compiling: { apk: ['freetype-dev'], apt: ['libfreetype-dev'] },
    linked: { apk: ['freetype'], apt: ['libfreetype6'] },
  },
  gattlib: {
    wheels: 'none',
    compiling: { apk: ['bluez-dev'], apt: ['libbluetooth-dev'] },
    linked: { apk: ['bluez-libs'], apt: ['libbluetooth3'] },
  },
  gdal: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['gdal-dev'], apt: ['libgdal-dev'] },
    linked: { apk: ['gdal'], apt: ['libgdal36'] },
  },
  geoip: {
    compiling: { apk: ['geoip-dev'], apt: ['libgeoip-dev'] },
    linked: { apk: ['geoip'], apt: ['libgeoip1t64'] },
  },
  gitpython: { calls: { module: 'git', apk: ['git'], apt: ['git'] } },
  glfw: { loads: { apk: ['glfw'], apt: ['libglfw3'] } },
  glymur: { loads: { apk: ['openjpeg'], apt: ['libopenjp2-7'] } },
  gmpy2: {
    wheels: 'glibc',
    compiling: { apk: ['gmp-dev', 'mpc1-dev', 'mpfr-dev'], apt: ['libgmp-dev', 'libmpc-dev', 'libmpfr-dev'] },
    linked: {
      apk: ['gmp', 'libgmpxx', 'mpc1', 'mpfr4'],
      apt: ['libgmp10', 'libgmpxx4ldbl', 'libmpc3', 'libmpfr6'],
    },
  },
  gnureadline: {
    compiling: { apk: ['readline-dev'], apt: ['libreadline-dev'] },
    linked: { apk: ['libhistory', 'readline'], apt: ['libreadline8t64'] },
  },
  'google-re2': {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['re2-dev'], apt: ['libre2-dev'] },
    linked: { apk: ['re2'], apt: ['libre2-11'] },
  },
  gpg: {
    wheels: 'none',
    compiling: { apk: ['gpgme-dev'], apt: ['libgpgme-dev'] },
    linked: { apk: ['gpgme'], apt: ['libgpgme11t64'] },
  },
  gpiod: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['libgpiod-dev'], apt: ['libgpiod-dev'] },
    linked: { apk: ['libgpiod'], apt: ['libgpiod3'] },
  },
  graphviz: { calls: { module: 'graphviz', apk: ['graphviz'], apt: ['graphviz'] } },
  gssapi: {
    wheels: 'none',
    compiling: { apk: ['krb5-dev'], apt: ['comerr-dev', 'libkrb5-dev'] },
    linked: { apk: ['krb5-libs'], apt: ['libcom-err2', 'libgssapi-krb5-2', 'libk5crypto3', 'libkrb5-3'] },
  },
  h5py: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['hdf5-dev', 'pkgconf'], apt: ['libhdf5-dev', 'pkgconf'] },
    linked: { apk: ['hdf5', 'hdf5-hl'], apt: ['libhdf5-310', 'libhdf5-hl-310'] },
  },
  hid: { loads: { apk: ['hidapi'], apt: ['libhidapi-hidraw0', 'libhidapi-libusb0'] } },
  hidapi: {
    compiling: { apk: ['eudev-dev', 'libusb-dev'], apt: ['libudev-dev', 'libusb-1.0-0-dev'] },
    linked: { apk: ['eudev-libs', 'libusb'], apt: ['libudev1', 'libusb-1.0-0'] },
  },
  hunspell: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['hunspell-dev'], apt: ['libhunspell-dev'] },
    linked: { apk: ['libhunspell'], apt: ['libhunspell-1.7-0'] },
  },
  'ibm-db': { none: { musl: 'is made for glibc only' } },
  'jack-client': { loads: { apk: ['jack'], apt: ['libjack-jackd2-0'] } },
  jaxlib: { none: { musl: 'is made for glibc only' } },
  jpype1: { wheels: 'glibc', compiling: { apk: ['openjdk21-jdk'], apt: ['openjdk-21-jdk-headless'] } },
  kerberos: {
    compiling: { apk: ['krb5-dev'], apt: ['comerr-dev', 'libkrb5-dev'] },
    linked: { apk: ['krb5-libs'], apt: ['libcom-err2', 'libgssapi-krb5-2', 'libk5crypto3', 'libkrb5-3'] },
  },
  krb5: {
    wheels: 'none',
    compiling: { apk: ['krb5-dev'], apt: ['comerr-dev', 'libkrb5-dev'] },
    linked: { apk: ['krb5-libs'], apt: ['libcom-err2', 'libgssapi-krb5-2', 'libk5crypto3', 'libkrb5-3'] },
  },
  lancedb: { none: { musl: 'is made for glibc only' } },
  'language-tool-python': {
    calls: {
      module: 'language_tool_python',
      apk: ['openjdk21-jre-headless'],
      apt: ['openjdk-21-jre-headless'],
    },
  },
  'libarchive-c': { loads: { apk: ['libarchive'], apt: ['libarchive13t64'] } },
  'libvirt-python': {
    wheels: 'none',
    compiling: { apk: ['libvirt-dev'], apt: ['libvirt-dev'] },
    linked: { apk: ['libvirt-libs'], apt: ['libvirt0'] },
  },
  llvmlite: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['llvm20', 'llvm20-dev'], apt: ['llvm', 'llvm-dev'] },
    linked: { apk: ['llvm20-libs'], apt: ['libllvm19'] },
  },
  lxml: {
    wheels: 'glibc',
    compiling: {
      apk: ['libxml2-dev', 'libxslt-dev', 'zlib-dev'],
      apt: ['libxml2-dev', 'libxslt1-dev', 'zlib1g-dev'],
    },
    linked: { apk: ['libxml2', 'libxslt', 'zlib'], apt: ['libxml2', 'libxslt1.1', 'zlib1g'] },
  },
  m2crypto: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['openssl-dev', 'swig'], apt: ['libssl-dev', 'swig'] },
    linked: { apk: ['libcrypto3', 'libssl3'], apt: ['libssl3t64'] },
  },
  manimpango: {
    wheels: 'glibc',
    compiling: { apk: ['pango-dev', 'pkgconf'], apt: ['libpango1.0-dev', 'pkgconf'] },
    linked: { apk: ['pango'], apt: ['libpango-1.0-0', 'libpangocairo-1.0-0', 'libpangoft2-1.0-0'] },
  },
  mariadb: {
    wheels: 'none',
    compiling: { apk: ['mariadb-connector-c-dev'], apt: ['libmariadb-dev', 'libmariadb-dev-compat'] },
    linked: { apk: ['mariadb-connector-c'], apt: ['libmariadb3'] },
  },
  maxminddb: {
    compiling: { apk: ['libmaxminddb-dev'], apt: ['libmaxminddb-dev'] },
    linked: { apk: ['libmaxminddb-libs'], apt: ['libmaxminddb0'] },
  },
  mediapipe: { none: { musl: 'is made for glibc only' } },
  moderngl: {
    wheels: 'glibc',
    compiling: { apk: ['mesa-dev'], apt: ['libegl-dev', 'libgbm-dev', 'libgl-dev', 'libgles-dev'] },
    linked: {
      apk: ['mesa-egl', 'mesa-gbm', 'mesa-gl', 'mesa-gles'],
      apt: ['libegl1', 'libgbm1', 'libgl1', 'libgles2'],
    },
  },
  moviepy: { calls: { module: 'moviepy', apk: ['ffmpeg'], apt: ['ffmpeg'] } },
  mysqlclient: {
    wheels: 'none',
    compiling: {
      apk: ['mariadb-connector-c-dev', 'pkgconf'],
      apt: ['libmariadb-dev', 'libmariadb-dev-compat', 'pkgconf'],
    },
    linked: { apk: ['mariadb-connector-c'], apt: ['libmariadb3'] },
  },
  netcdf4: {
    wheels: 'glibc',
    compiling: { apk: ['netcdf-dev'], apt: ['libnetcdf-dev'] },
    linked: { apk: ['netcdf'], apt: ['libnetcdf22'] },
  },
  netfilterqueue: {
    compiling: { apk: ['libnetfilter_queue-dev'], apt: ['libnetfilter-queue-dev'] },
    linked: { apk: ['libnetfilter_queue'], apt: ['libnetfilter-queue1'] },
  },
  netifaces: { wheels: 'none', compiling: { apk: ['linux-headers'], apt: [] } },
  ocrmypdf: {
    calls: {
      module: 'ocrmypdf',
      apk: ['ghostscript', 'tesseract-ocr', 'tesseract-ocr-data-eng'],
      apt: ['ghostscript', 'tesseract-ocr', 'tesseract-ocr-eng'],
    },
  },
  onnxruntime: { none: { musl: 'is made for glibc only' } },
  'openai-whisper': { calls: { module: 'whisper', apk: ['ffmpeg'], apt: ['ffmpeg'] } },
  'opencv-python': {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: {
      apk: ['mesa-dev', 'opencv-dev'],
      apt: ['libegl-dev', 'libgbm-dev', 'libgl-dev', 'libgles-dev', 'libopencv-dev'],
    },
    loads: { apk: ['glib', 'mesa-gl'], apt: ['libgl1', 'libglib2.0-0t64'] },
  },
  opuslib: { loads: { apk: ['opus'], apt: ['libopus0'] } },
  orjson: { compiler: 'rust', compiling: { apk: ['cargo'], apt: ['cargo'] } },
  paddlepaddle: { none: { musl: 'is made for glibc only' } },
  pcapy: {
    compiling: { apk: ['libpcap-dev'], apt: ['libpcap-dev'] },
    linked: { apk: ['libpcap'], apt: ['libpcap0.8t64'] },
  },
  pdf2image: { calls: { module: 'pdf2image', apk: ['poppler-utils'], apt: ['poppler-utils'] } },
  pdftotext: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['poppler-dev'], apt: ['libpoppler-cpp-dev', 'libpoppler-dev', 'libpoppler-glib-dev'] },
    linked: {
      apk: ['poppler', 'poppler-glib'],
      apt: ['libpoppler-cpp2', 'libpoppler-glib8t64', 'libpoppler147'],
    },
  },
  phonemizer: {
    compiling: { apk: ['espeak-ng-dev'], apt: ['libespeak-ng-dev'] },
    linked: { apk: ['espeak-ng'], apt: ['libespeak-ng1'] },
  },
  pikepdf: {
    compiling: { apk: ['qpdf-dev'], apt: ['libqpdf-dev'] },
    linked: { apk: ['qpdf-libs'], apt: ['libqpdf30'] },
  },
  'pillow-heif': {
    compiling: { apk: ['libheif-dev'], apt: ['libheif-dev'] },
    linked: { apk: ['libheif'], apt: ['libheif1'] },
  },
  playwright: { none: { musl: 'is made for glibc only' } },
  plyvel: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['leveldb-dev'], apt: ['libleveldb-dev'] },
    linked: { apk: ['leveldb'], apt: ['libleveldb1d'] },
  },
  psutil: { compiling: { apk: ['linux-headers'], apt: ['linux-libc-dev'] } },
  psycopg: { unless: ['psycopg-binary', 'psycopg-c'], loads: { apk: ['libpq'], apt: ['libpq5'] } },
  'psycopg-c': {
    wheels: 'none',
    compiling: { apk: ['libpq-dev'], apt: ['libpq-dev'] },
    linked: { apk: ['libpq'], apt: ['libpq5'] },
  },
  psycopg2: {
    wheels: 'none',
    compiling: { apk: ['libpq-dev'], apt: ['libpq-dev'] },
    linked: { apk: ['libpq'], apt: ['libpq5'] },
  },
  py3exiv2: {
    wheels: 'none',
    compiling: { apk: ['exiv2-dev'], apt: ['libexiv2-dev'] },
    linked: { apk: ['exiv2-libs'], apt: ['libexiv2-28'] },
  },
  pyalsaaudio: {
    wheels: 'none',
    compiling: { apk: ['alsa-lib-dev'], apt: ['libasound2-dev'] },
    linked: { apk: ['alsa-lib'], apt: ['libasound2t64'] },
  },
  pyaudio: {
    wheels: 'none',
    compiling: { apk: ['portaudio-dev'], apt: ['portaudio19-dev'] },
    linked: { apk: ['portaudio'], apt: ['libportaudio2'] },
  },
  pybluez: {
    wheels: 'none',
    compiling: { apk: ['bluez-dev'], apt: ['libbluetooth-dev'] },
    linked: { apk: ['bluez-libs'], apt: ['libbluetooth3'] },
  },
  pycairo: {
    wheels: 'none',
    compiling: { apk: ['cairo-dev', 'pkgconf'], apt: ['libcairo2-dev', 'pkgconf'] },
    linked: { apk: ['cairo', 'cairo-gobject'], apt: ['libcairo-gobject2', 'libcairo2'] },
  },
  pycapnp: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['capnproto', 'capnproto-dev'], apt: ['capnproto', 'libcapnp-dev'] },
    linked: { apk: ['capnproto'], apt: ['libcapnp-1.1.0'] },
  },
  pycups: {
    wheels: 'none',
    compiling: { apk: ['cups-dev'], apt: ['libcups2-dev'] },
    linked: { apk: ['cups-libs'], apt: ['libcups2t64'] },
  },
  pycurl: {
    wheels: 'glibc',
    compiling: { apk: ['curl-dev'], apt: ['libcurl4-openssl-dev'] },
    linked: { apk: ['libcurl'], apt: ['libcurl4t64'] },
  },
  'pydantic-core': { compiler: 'rust', compiling: { apk: ['cargo'], apt: ['cargo'] } },
  pydot: { calls: { module: 'pydot', apk: ['graphviz'], apt: ['graphviz'] } },
  pydub: { calls: { module: 'pydub', apk: ['ffmpeg'], apt: ['ffmpeg'] } },
  pyenchant: { loads: { apk: ['enchant2-libs'], apt: ['libenchant-2-2'] } },
  pyexecjs: { calls: { module: 'execjs', apk: ['nodejs'], apt: ['nodejs'] } },
  pyexiftool: { calls: { module: 'exiftool', apk: ['exiftool'], apt: ['libimage-exiftool-perl'] } },
  pyfftw: {
    wheels: 'glibc',
    compiling: { apk: ['fftw-dev'], apt: ['libfftw3-dev'] },
    linked: {
      apk: ['fftw-double-libs', 'fftw-long-double-libs', 'fftw-single-libs'],
      apt: ['libfftw3-double3', 'libfftw3-long3', 'libfftw3-single3'],
    },
  },
  pyfluidsynth: { loads: { apk: ['fluidsynth-libs'], apt: ['libfluidsynth3'] } },
  pyfuse3: {
    wheels: 'none',
    compiling: { apk: ['fuse3-dev'], apt: ['libfuse3-dev'] },
    linked: { apk: ['fuse3-libs'], apt: ['libfuse3-4'] },
  },
  pygame: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: {
      apk: ['sdl2-dev', 'sdl2_image-dev', 'sdl2_mixer-dev', 'sdl2_ttf-dev'],
      apt: ['libsdl2-dev', 'libsdl2-image-dev', 'libsdl2-mixer-dev', 'libsdl2-ttf-dev'],
    },
    linked: {
      apk: ['sdl2', 'sdl2_image', 'sdl2_mixer', 'sdl2_ttf'],
      apt: ['libsdl2-2.0-0', 'libsdl2-image-2.0-0', 'libsdl2-mixer-2.0-0', 'libsdl2-ttf-2.0-0'],
    },
  },
  pygeos: {
    compiling: { apk: ['geos-dev'], apt: ['libgeos-dev'] },
    linked: { apk: ['geos'], apt: ['libgeos-c1t64'] },
  },
  pygit2: {
    compiling: { apk: ['libgit2-dev'], apt: ['libgit2-dev'] },
    linked: { apk: ['libgit2'], apt: ['libgit2-1.9'] },
  },
  pygobject: {
    wheels: 'none',
    compiling: {
      apk: ['gobject-introspection-dev', 'gtk+3.0-dev', 'pkgconf'],
      apt: ['gobject-introspection', 'libgirepository1.0-dev', 'libgtk-3-dev', 'pkgconf'],
    },
    linked: { apk: ['gobject-introspection', 'gtk+3.0'], apt: ['libgirepository-1.0-1', 'libgtk-3-0t64'] },
  },
  pygraphviz: {
    wheels: 'none',
    compiling: { apk: ['graphviz-dev'], apt: ['libgraphviz-dev'] },
    linked: { apk: ['graphviz-libs'], apt: ['libcdt5', 'libcgraph6', 'libgvc6'] },
  },
  pygsl: {
    wheels: 'none',
    compiling: { apk: ['gsl-dev'], apt: ['libgsl-dev'] },
    linked: { apk: ['gsl'], apt: ['libgsl28', 'libgslcblas0'] },
  },
  pyheif: {
    wheels: 'none',
    compiling: { apk: ['libheif-dev'], apt: ['libheif-dev'] },
    linked: { apk: ['libheif'], apt: ['libheif1'] },
  },
  pyicu: {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['icu-dev'], apt: ['libicu-dev'] },
    linked: { apk: ['icu-libs'], apt: ['libicu76'] },
  },
  pykerberos: {
    wheels: 'none',
    compiling: { apk: ['krb5-dev'], apt: ['comerr-dev', 'libkrb5-dev'] },
    linked: { apk: ['krb5-libs'], apt: ['libcom-err2', 'libgssapi-krb5-2', 'libk5crypto3', 'libkrb5-3'] },
  },
  pylibacl: {
    wheels: 'none',
    compiling: { apk: ['acl-dev'], apt: ['libacl1-dev'] },
    linked: { apk: ['acl-libs'], apt: ['libacl1'] },
  },
  pylibmc: {
    compiling: { apk: ['libmemcached-dev'], apt: ['libmemcached-dev'] },
    linked: { apk: ['libmemcached-libs'], apt: ['libmemcached11t64', 'libmemcachedutil2t64'] },
  },
  pymediainfo: { calls: { module: 'pymediainfo', apk: ['mediainfo'], apt: ['mediainfo'] } },
  pymssql: {
    wheels: 'none',
    compiling: { apk: ['freetds-dev'], apt: ['freetds-dev'] },
    linked: { apk: ['freetds'], apt: ['libct4', 'libsybdb5'] },
  },
  pyodbc: {
    compiling: { apk: ['unixodbc-dev'], apt: ['unixodbc-dev'] },
    linked: { apk: ['unixodbc'], apt: ['libodbc2', 'libodbcinst2'] },
  },
  pyogrio: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['gdal-dev'], apt: ['libgdal-dev'] },
    linked: { apk: ['gdal'], apt: ['libgdal36'] },
  },
  pyopencl: {
    wheels: 'glibc',
    compiling: {
      apk: ['opencl-headers', 'opencl-icd-loader-dev'],
      apt: ['ocl-icd-opencl-dev', 'opencl-headers'],
    },
    linked: { apk: ['opencl-icd-loader'], apt: ['ocl-icd-libopencl1'] },
  },
  pyopengl: {
    loads: {
      apk: ['mesa-egl', 'mesa-gbm', 'mesa-gl', 'mesa-gles'],
      apt: ['libegl1', 'libgbm1', 'libgl1', 'libgles2'],
    },
  },
  pypandoc: { calls: { module: 'pypandoc', apk: ['pandoc-cli'], apt: ['pandoc'] } },
  pypcap: {
    compiling: { apk: ['libpcap-dev'], apt: ['libpcap-dev'] },
    linked: { apk: ['libpcap'], apt: ['libpcap0.8t64'] },
  },
  pyproj: {
    compiling: { apk: ['proj-dev'], apt: ['libproj-dev'] },
    linked: { apk: ['proj'], apt: ['libproj25'] },
  },
  pyqt6: {
    wheels: 'glibc',
    compiling: { apk: ['qt6-qtbase-dev'], apt: ['qt6-base-dev'] },
    linked: {
      apk: ['qt6-qtbase'],
      apt: [
        'libqt6core6t64',
        'libqt6dbus6',
        'libqt6gui6',
        'libqt6network6',
        'libqt6sql6',
        'libqt6test6',
        'libqt6widgets6',
        'libqt6xml6',
      ],
    },
  },
  pyscard: {
    wheels: 'none',
    compiling: { apk: ['pcsc-lite-dev'], apt: ['libpcsclite-dev'] },
    linked: { apk: ['pcsc-lite-libs'], apt: ['libpcsclite1'] },
  },
  pysdl2: { loads: { apk: ['sdl2'], apt: ['libsdl2-2.0-0'] } },
  pysox: { calls: { module: 'pysox', apk: ['sox'], apt: ['sox'] } },
  pyspark: {
    calls: { module: 'pyspark', apk: ['openjdk21-jre-headless'], apt: ['openjdk-21-jre-headless'] },
  },
  pysqlite3: {
    wheels: 'none',
    compiling: { apk: ['sqlite-dev'], apt: ['libsqlite3-dev'] },
    linked: { apk: ['sqlite-libs'], apt: ['libsqlite3-0'] },
  },
  pytaglib: {
    compiler: 'c++',
    compiling: { apk: ['taglib-dev'], apt: ['libtag-dev', 'libtagc0-dev'] },
    linked: { apk: ['libtag', 'libtag_c'], apt: ['libtag-c2', 'libtag2'] },
  },
  pytesseract: {
    calls: {
      module: 'pytesseract',
      apk: ['tesseract-ocr', 'tesseract-ocr-data-eng'],
      apt: ['tesseract-ocr', 'tesseract-ocr-eng'],
    },
  },
  'python-gnupg': { calls: { module: 'gnupg', apk: ['gnupg'], apt: ['gnupg'] } },
  'python-ldap': {
    wheels: 'none',
    compiling: { apk: ['cyrus-sasl-dev', 'openldap-dev'], apt: ['libldap-dev', 'libsasl2-dev'] },
    linked: { apk: ['libldap', 'libsasl'], apt: ['libldap2', 'libsasl2-2'] },
  },
  'python-librtmp': {
    wheels: 'none',
    compiling: { apk: ['rtmpdump-dev'], apt: ['librtmp-dev'] },
    linked: { apk: ['librtmp'], apt: ['librtmp1'] },
  },
  'python-lzo': {
    wheels: 'none',
    compiling: { apk: ['lzo-dev'], apt: ['liblzo2-dev'] },
    linked: { apk: ['lzo'], apt: ['liblzo2-2'] },
  },
  'python-magic': { loads: { apk: ['libmagic'], apt: ['libmagic1t64'] } },
  'python-nmap': { calls: { module: 'nmap', apk: ['nmap'], apt: ['nmap'] } },
  'python-pam': { loads: { apk: ['linux-pam'], apt: ['libpam0g'] } },
  'python-poppler': {
    wheels: 'none',
    compiler: 'c++',
    compiling: {
      apk: ['poppler-dev', 'pkgconf'],
      apt: ['libpoppler-cpp-dev', 'libpoppler-dev', 'libpoppler-glib-dev', 'pkgconf'],
    },
    linked: {
      apk: ['poppler', 'poppler-glib'],
      apt: ['libpoppler-cpp2', 'libpoppler-glib8t64', 'libpoppler147'],
    },
  },
  'python-prctl': {
    wheels: 'none',
    compiling: { apk: ['libcap-dev'], apt: ['libcap-dev'] },
    linked: { apk: ['libcap2'], apt: ['libcap2'] },
  },
  'python-rocksdb': {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['rocksdb-dev'], apt: ['librocksdb-dev'] },
    linked: { apk: ['rocksdb'], apt: ['librocksdb9.10'] },
  },
  'python-rtmidi': {
    compiler: 'c++',
    compiling: { apk: ['alsa-lib-dev', 'jack-dev'], apt: ['libasound2-dev', 'libjack-jackd2-dev'] },
    linked: { apk: ['alsa-lib', 'jack'], apt: ['libasound2t64', 'libjack-jackd2-0'] },
  },
  'python-snappy': {
    wheels: 'none',
    compiler: 'c++',
    compiling: { apk: ['snappy-dev'], apt: ['libsnappy-dev'] },
    linked: { apk: ['snappy'], apt: ['libsnappy1v5'] },
  },
  pytidylib: { loads: { apk: ['tidyhtml-libs'], apt: ['libtidy58'] } },
  pyttsx3: { loads: { apk: ['espeak-ng'], apt: ['libespeak-ng1'] } },
  pyturbojpeg: {
    loads: { apk: ['libjpeg-turbo', 'libturbojpeg'], apt: ['libjpeg62-turbo', 'libturbojpeg0'] },
  },
  pyudev: { loads: { apk: ['eudev-libs'], apt: ['libudev1'] } },
  pyusb: { loads: { apk: ['libusb'], apt: ['libusb-1.0-0'] } },
  pyvips: {
    compiling: { apk: ['vips-dev'], apt: ['libvips-dev'] },
    linked: { apk: ['vips', 'vips-cpp'], apt: ['libvips42t64'] },
    loads: { apk: ['vips', 'vips-cpp'], apt: ['libvips42t64'] },
  },
  pyxattr: {
    wheels: 'none',
    compiling: { apk: ['attr-dev'], apt: ['libattr1-dev'] },
    linked: { apk: ['libattr'], apt: ['libattr1'] },
  },
  pyyaml: {
    compiling: { apk: ['yaml-dev'], apt: ['libyaml-dev'] },
    linked: { apk: ['yaml'], apt: ['libyaml-0-2'] },
  },
  pyzbar: { loads: { apk: ['libzbar'], apt: ['libzbar0t64'] } },
  rasterio: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['gdal-dev'], apt: ['libgdal-dev'] },
    linked: { apk: ['gdal'], apt: ['libgdal36'] },
  },
  ray: { none: { musl: 'is made for glibc only' } },
  sasl: {
    wheels: 'none',
    compiling: { apk: ['cyrus-sasl-dev'], apt: ['libsasl2-dev'] },
    linked: { apk: ['libsasl'], apt: ['libsasl2-2'] },
  },
  secp256k1: {
    compiling: { apk: ['libsecp256k1-dev'], apt: ['libsecp256k1-dev'] },
    linked: { apk: ['libsecp256k1'], apt: ['libsecp256k1-2'] },
  },
  shapely: {
    compiling: { apk: ['geos-dev'], apt: ['libgeos-dev'] },
    linked: { apk: ['geos'], apt: ['libgeos-c1t64'] },
  },
  simpleaudio: {
    compiling: { apk: ['alsa-lib-dev'], apt: ['libasound2-dev'] },
    linked: { apk: ['alsa-lib'], apt: ['libasound2t64'] },
  },
  sounddevice: { loads: { apk: ['portaudio'], apt: ['libportaudio2'] } },
  soundfile: { wheels: 'glibc', musl: { apk: ['libsndfile'], apt: [] } },
  sox: { calls: { module: 'sox', apk: ['sox'], apt: ['sox'] } },
  'systemd-python': {
    wheels: 'none',
    compiling: { apk: ['elogind-dev', 'pkgconf'], apt: ['libsystemd-dev', 'pkgconf'] },
    linked: { apk: ['libelogind'], apt: ['libsystemd0'] },
  },
  tables: {
    wheels: 'glibc',
    compiling: { apk: ['hdf5-dev'], apt: ['libhdf5-dev'] },
    linked: { apk: ['hdf5', 'hdf5-hl'], apt: ['libhdf5-310', 'libhdf5-hl-310'] },
  },
  'tabula-py': {
    calls: { module: 'tabula', apk: ['openjdk21-jre-headless'], apt: ['openjdk-21-jre-headless'] },
  },
  tensorflow: { none: { musl: 'is made for glibc only' } },
  tesserocr: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['leptonica-dev', 'tesseract-ocr-dev'], apt: ['libleptonica-dev', 'libtesseract-dev'] },
    linked: { apk: ['leptonica', 'tesseract-ocr'], apt: ['libleptonica6', 'libtesseract5'] },
  },
  'tflite-runtime': { none: { musl: 'is made for glibc only' } },
  tika: { calls: { module: 'tika', apk: ['openjdk21-jre-headless'], apt: ['openjdk-21-jre-headless'] } },
  tokenizers: { compiler: 'rust', compiling: { apk: ['cargo'], apt: ['cargo'] } },
  torch: { none: { musl: 'is made for glibc only' } },
  triton: { none: { musl: 'is made for glibc only' } },
  turbodbc: {
    wheels: 'none',
    compiling: { apk: ['unixodbc-dev'], apt: ['unixodbc-dev'] },
    linked: { apk: ['unixodbc'], apt: ['libodbc2', 'libodbcinst2'] },
  },
  unoconv: { calls: { module: 'unoconv', apk: ['libreoffice'], apt: ['libreoffice'] } },
  uwsgi: {
    wheels: 'none',
    compiling: { apk: ['linux-headers', 'pcre2-dev'], apt: ['libpcre2-dev'] },
    linked: { apk: ['pcre2'], apt: ['libpcre2-8-0'] },
  },
  vllm: { none: { musl: 'is made for glibc only' } },
  wand: {
    loads: {
      apk: ['imagemagick-c++', 'imagemagick-libs'],
      apt: ['libmagick++-7.q16-5', 'libmagickcore-7.q16-10', 'libmagickwand-7.q16-10'],
    },
  },
  weasyprint: {
    loads: {
      apk: ['font-dejavu', 'fontconfig', 'harfbuzz-subset', 'pango'],
      apt: ['fonts-dejavu-core', 'libharfbuzz-subset0', 'libpango-1.0-0', 'libpangoft2-1.0-0'],
    },
  },
  wxpython: {
    wheels: 'glibc',
    compiler: 'c++',
    compiling: { apk: ['gtk+3.0-dev'], apt: ['libgtk-3-dev'] },
    linked: { apk: ['gtk+3.0'], apt: ['libgtk-3-0t64'] },
  },
  'xgboost-cpu': { none: { musl: 'is made for glibc only' } },
  xmlsec: {
    wheels: 'glibc',
    compiling: {
      apk: ['libxml2-dev', 'xmlsec-dev', 'pkgconf'],
      apt: ['libxml2-dev', 'libxmlsec1-dev', 'pkgconf'],
    },
    linked: { apk: ['libxml2', 'xmlsec'], apt: ['libxml2', 'libxmlsec1t64', 'libxmlsec1t64-openssl'] },
  },
  'yt-dlp': { calls: { module: 'yt_dlp', apk: ['ffmpeg'], apt: ['ffmpeg'] } },
  zbarlight: {
    compiling: { apk: ['zbar-dev'], apt: ['libzbar-dev'] },
    linked: { apk: ['libzbar'], apt: ['libzbar0t64'] },
  },
});
