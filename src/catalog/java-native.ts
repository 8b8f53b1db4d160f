/** Libraries with machine code that is made for glibc alone, so that they do not load on Alpine; `since`: from that version on they do. */
export const GLIBC_ONLY: readonly { readonly id: RegExp; readonly since?: string; readonly docs: string }[] =
  [
    {
      id: /^org\.rocksdb:rocksdbjni$/,
      since: '6.28',
      docs: 'facebook/rocksdb: musl builds are in the jar since 6.28, linked to libstdc++',
    },
    {
      id: /^org\.xerial\.snappy:snappy-java$/,
      since: '1.1.8.2',
      docs: 'xerial/snappy-java: musl builds since 1.1.8.2',
    },
    { id: /^org\.xerial:sqlite-jdbc$/, since: '3.36.0', docs: 'xerial/sqlite-jdbc: Linux-Musl since 3.36' },
    { id: /^com\.github\.luben:zstd-jni$/, since: '1.5.7', docs: 'luben/zstd-jni #43' },
    {
      id: /^io\.netty:netty-tcnative-boringssl-static$/,
      docs: 'netty/netty-tcnative #152: statically linked with glibc',
    },
    {
      id: /^io\.netty:netty-tcnative$/,
      docs: 'netty/netty-tcnative: linked with the OpenSSL and the glibc of Fedora',
    },
    { id: /^org\.conscrypt:conscrypt-openjdk/, docs: 'google/conscrypt: linux-x86_64 with glibc' },
    { id: /^org\.fusesource\.leveldbjni:leveldbjni/, docs: 'fusesource/leveldbjni' },
    { id: /^org\.lmdbjava:lmdbjava-native-linux/, docs: 'lmdbjava/native' },
    { id: /^org\.bytedeco:/, docs: 'bytedeco/javacpp-presets: linux-x86_64 with glibc' },
    { id: /^org\.tensorflow:/, docs: 'tensorflow/java: glibc' },
    {
      id: /^ai\.djl\.(pytorch|tensorflow|mxnet|huggingface|sentencepiece|fasttext)/,
      docs: 'deepjavalibrary/djl: native engines with glibc',
    },
    { id: /^com\.microsoft\.onnxruntime:onnxruntime/, docs: 'microsoft/onnxruntime: glibc' },
    { id: /^ml\.dmlc:xgboost4j/, docs: 'dmlc/xgboost: glibc and libgomp' },
    { id: /^com\.microsoft\.ml\.lightgbm:/, docs: 'microsoft/LightGBM: glibc' },
    { id: /^org\.nd4j:nd4j-native/, docs: 'deeplearning4j: JavaCPP' },
    { id: /^com\.google\.ortools:ortools-linux/, docs: 'google/or-tools: glibc' },
    { id: /^org\.openjfx:/, docs: 'openjdk/jfx: glibc and GTK' },
    { id: /^org\.lwjgl:lwjgl/, docs: 'LWJGL: glibc' },
    { id: /^org\.openpnp:opencv$/, docs: 'openpnp/opencv: glibc' },
    { id: /^net\.sourceforge\.tess4j:tess4j$/, docs: 'nguyenq/tess4j: the Tesseract of the system' },
    {
      id: /^com\.microsoft\.playwright:(playwright|driver-bundle)$/,
      docs: 'playwright.dev: browsers for Debian and Ubuntu alone',
    },
    { id: /^org\.duckdb:duckdb_jdbc$/, since: '1.2.2', docs: 'duckdb/duckdb-java: linux_musl since 1.2.2' },
    { id: /^com\.ibm\.db2:jcc_native$/, docs: 'IBM: glibc' },
    { id: /^com\.couchbase\.client:couchbase-transactions-native/, docs: 'Couchbase: glibc' },
    { id: /^org\.apache\.arrow:(arrow-c-data|arrow-dataset|arrow-gandiva)$/, docs: 'apache/arrow: glibc' },
    { id: /^io\.pravega:rocksdbjni|^org\.forstdb:forstjni$/, docs: 'builds of RocksDB without musl' },
    { id: /^com\.sap\.cloud\.db\.jdbc\.native/, docs: 'SAP: glibc' },
    {
      id: /^software\.amazon\.awssdk\.crt:aws-crt$/,
      since: '0.21.0',
      docs: 'awslabs/aws-crt-java: musl classifiers since 0.21',
    },
    { id: /^com\.hierynomus:smbj-native|^com\.github\.jnr:jnr-posix-glibc/, docs: 'glibc' },
  ];
