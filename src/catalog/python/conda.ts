/** Names of conda that the package index calls otherwise: https://github.com/regro/cf-graph-countyfair `mappings/pypi`. */
export const RENAMED: { readonly [conda: string]: string } = {
  'dask-core': 'dask',
  faiss: 'faiss-cpu',
  'matplotlib-base': 'matplotlib',
  'msgpack-python': 'msgpack',
  opencv: 'opencv-python-headless',
  prompt_toolkit: 'prompt-toolkit',
  psycopg2: 'psycopg2-binary',
  'py-opencv': 'opencv-python-headless',
  'py-xgboost': 'xgboost',
  'pyarrow-core': 'pyarrow',
  pytables: 'tables',
  'python-annoy': 'annoy',
  'python-graphviz': 'graphviz',
  'python-kaleido': 'kaleido',
  pytorch: 'torch',
  'pytorch-cpu': 'torch',
  ruamel_yaml: 'ruamel.yaml',
  'seaborn-base': 'seaborn',
  'torchvision-cpu': 'torchvision',
  typing_extensions: 'typing-extensions',
};

/** What the interpreter's image or the wheels bring: `conda env export` lists it all. */
export const BROUGHT: readonly RegExp[] = [
  /^(?:_libgcc_mutex|_openmp_mutex|ld_impl_linux-64|ca-certificates|tzdata|tk|xz|zlib|bzip2|readline|sqlite|ncurses|openssl|expat)$/,
  /^(?:python|pip|setuptools|wheel|certifi-win32|python_abi|pybind11-abi|blas|mkl|mkl-service|mkl_fft|mkl_random|intel-openmp|tbb)$/,
  /^lib(?!rosa$|sass$|cst$|tmux$)/,
  /^(?:freetype|fontconfig|giflib|jpeg|lcms2|lerc|lz4-c|nspr|nss|openjpeg|pcre2?|pixman|zstd|zlib-ng|icu|krb5|keyutils|c-ares|snappy|yaml|gmp|mpfr|mpc|hdf5|libhdf5)$/,
];

/** What is no package of Python, by the kind of thing that it is. */
export const NO_WHEEL: readonly { readonly name: RegExp; readonly because: string }[] = [
  { name: /^(?:r|bioconductor)-/, because: 'is a package of R' },
  {
    name: /^(?:cudatoolkit|cudnn|cuda(?:-.*)?|nccl|nvidia.*)$/,
    because: 'is a part of CUDA, which needs an image of NVIDIA',
  },
  {
    name: /^(?:gcc|gxx|gfortran|clang|clangxx|llvm|binutils)(?:_.*|-.*)?$|^(?:compilers|c-compiler|cxx-compiler|fortran-compiler|make|cmake|ninja|sysroot_.*)$/,
    because: 'is a compiler',
  },
  { name: /^(?:nodejs|yarn|openjdk|maven|go|rust|julia|perl|ruby)$/, because: 'is another language' },
  {
    name: /^(?:gdal|geos|proj|esmf|esmpy|xesmf|pdal|cfgrib|eccodes|mpi4py|openmpi|mpich|petsc|petsc4py|slepc4py|fenics.*|dolfin.*|pythonocc-core|graph-tool|pymol.*|ambertools|plumed|samtools|bcftools|bedtools|blast|bwa|hmmer|mafft)$/,
    because: 'has no wheel on the package index',
  },
  {
    name: /^(?:ffmpeg|graphviz|git|git-lfs|wget|curl|imagemagick|tesseract|poppler|pandoc|postgresql|redis|redis-server|unzip|vim|tmux|bash|jq)$/,
    because: 'is a program, which pip does not install',
  },
];
