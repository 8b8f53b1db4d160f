import { table } from '../../project/data.ts';

/**
 * The newest minor of CPython that packages of a version work on, for lists that do not name their wheels. From the
 * packages' own documents: `requires-python`, classifiers, release notes. `before`: of versions below this one.
 */
export interface Ceiling {
  readonly before?: string;
  readonly minor: string;
  readonly because: string;
}

/** What is not known to have wheels for more: the minor that all four targets have. */
export const NEWEST_UNLOCKED = '3.13';

/**
 * The first releases with wheels for Linux on 3.12, 3.13 and 3.14, asked of the package index with `uv pip compile
 * --resolution lowest --only-binary :all:` on 28 November 2026.
 */
const FIRST_WHEELS: { readonly [name: string]: readonly [string, string, string] } = {
  aiohttp: ['3.9.0', '3.10.5', '3.13.0'],
  aiokafka: ['0.9.0', '0.12.0', '0.13.0'],
  asyncpg: ['0.29.0', '0.30.0', '0.31.0'],
  bottleneck: ['1.3.8', '1.4.2', '1.6.0'],
  cffi: ['1.16.0', '1.17.0', '2.0.0'],
  'confluent-kafka': ['2.3.0', '2.6.0', '2.12.1'],
  contourpy: ['1.1.1', '1.3.0', '1.3.3'],
  duckdb: ['0.10.0', '1.1.1', '1.4.2'],
  frozenlist: ['1.4.1', '1.4.1', '1.4.1'],
  gevent: ['23.7.0', '24.10.1', '25.8.1'],
  greenlet: ['3.0.0', '3.1.0', '3.2.3'],
  grpcio: ['1.59.0', '1.66.2', '1.75.1'],
  h5py: ['3.10.0', '3.12.1', '3.15.0'],
  hiredis: ['2.3.2', '3.1.0', '3.3.0'],
  httptools: ['0.6.1', '0.6.2', '0.7.1'],
  kiwisolver: ['1.4.5', '1.4.7', '1.4.9'],
  lxml: ['4.9.3', '5.3.0', '6.0.1'],
  matplotlib: ['3.7.3', '3.9.2', '3.10.5'],
  msgpack: ['1.0.6', '1.1.0', '1.1.2'],
  multidict: ['6.0.5', '6.0.5', '6.0.5'],
  numpy: ['1.26.0', '2.1.0', '2.3.2'],
  orjson: ['3.9.3', '3.10.7', '3.11.4'],
  pandas: ['2.1.1', '2.2.3', '2.3.3'],
  pillow: ['10.0.0', '10.4.0', '11.3.0'],
  'psycopg-binary': ['3.1.12', '3.2.2', '3.2.10'],
  'psycopg2-binary': ['2.9.9', '2.9.10', '2.9.11'],
  pyarrow: ['14.0.0', '18.0.0', '22.0.0'],
  'pydantic-core': ['2.1.2', '2.20.0', '2.35.0'],
  pyzmq: ['25.1.1', '26.1.0', '27.0.0'],
  rapidfuzz: ['2.15.2', '3.9.6', '3.14.1'],
  regex: ['2023.10.3', '2024.9.11', '2025.7.29'],
  'scikit-learn': ['1.3.1', '1.5.2', '1.7.2'],
  scipy: ['1.11.2', '1.14.1', '1.16.1'],
  shapely: ['2.0.2', '2.0.6', '2.1.2'],
  statsmodels: ['0.14.0', '0.14.3', '0.14.5'],
  tiktoken: ['0.5.2', '0.8.0', '0.12.0'],
  ujson: ['5.8.0', '5.10.0', '5.11.0'],
  uvloop: ['0.18.0', '0.21.0', '0.22.1'],
  xxhash: ['3.4.1', '3.4.2', '3.4.2'],
  yarl: ['1.9.3', '1.9.3', '1.9.3'],
  zstandard: ['0.22.0', '0.23.0', '0.24.0'],
};

const WHEELS: { readonly [name: string]: readonly Ceiling[] } = Object.fromEntries(
  Object.entries(FIRST_WHEELS).map(([name, versions]) => [
    name,
    versions.map((before, index) => ({
      before,
      minor: `3.${11 + index}`,
      because: `${name} before ${before} has no wheels for Python 3.${12 + index}`,
    })),
  ]),
);

export const CEILINGS: { readonly [name: string]: readonly Ceiling[] } = table({
  ...WHEELS,
  // https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django
  django: [
    { before: '3.2', minor: '3.9', because: 'Django before 3.2 is for Python 3.9 at most' },
    { before: '4.1', minor: '3.10', because: 'Django 3.2 and 4.0 are for Python 3.10 at most' },
    { before: '4.2', minor: '3.11', because: 'Django 4.1 is for Python 3.11 at most' },
    { before: '5', minor: '3.12', because: 'Django 4.2 is for Python 3.12 at most' },
    { before: '5.1', minor: '3.12', because: 'Django 5.0 is for Python 3.12 at most' },
    { before: '5.2', minor: '3.13', because: 'Django 5.1 is for Python 3.13 at most' },
    { before: '6.1', minor: '3.14', because: 'Django before 6.1 is for Python 3.14 at most' },
  ],
  // https://github.com/pydantic/pydantic/issues/9637: typing changed
  pydantic: [
    { before: '1.10.17', minor: '3.11', because: 'pydantic before 1.10.17 fails on Python 3.12' },
    { before: '2', minor: '3.13', because: 'pydantic 1 does not support Python 3.14' },
    { before: '2.8', minor: '3.12', because: 'pydantic before 2.8 has no core for Python 3.13' },
  ],
  torch: [
    { before: '2', minor: '3.10', because: 'torch before 2.0 has no wheels for Python 3.11' },
    { before: '2.4', minor: '3.11', because: 'torch before 2.4 does not compile on Python 3.12' },
    { before: '2.6', minor: '3.12', because: 'torch before 2.6 has no wheels for Python 3.13' },
  ],
  // https://www.tensorflow.org/install/pip
  tensorflow: [
    { before: '2.16', minor: '3.11', because: 'tensorflow before 2.16 is for Python 3.11 at most' },
    { before: '2.20', minor: '3.12', because: 'tensorflow before 2.20 is for Python 3.12 at most' },
  ],
  // https://docs.python.org/3.9/library/collections.html: the names of collections.abc are gone from 3.10 on; seen in the wheels
  ...Object.fromEntries(
    Object.entries({
      'flask-restplus': '0.11.1',
      gunicorn: '19.9',
      html5lib: '1.1',
      jinja2: '2.11',
      marshmallow: '2.15.1',
      pymongo: '3.4.1',
      requests: '2.18.3',
      sqlalchemy: '1.2',
      tornado: '6',
      urllib3: '1.22.1',
      werkzeug: '0.15',
    }).map(([name, before]) => [
      name,
      [
        {
          before,
          minor: '3.9',
          because: `${name} before ${before} imports what Python 3.10 took out of collections`,
        },
      ],
    ]),
  ),
  // numpy 1 has no wheels for 3.13
  ...Object.fromEntries(
    ['opencv-python', 'opencv-python-headless'].map((name) => [
      name,
      [
        {
          before: '4.10',
          minor: '3.12',
          because: `${name} before 4.10 needs numpy 1, which has no wheels for Python 3.13`,
        },
      ],
    ]),
  ),
  pyyaml: [{ before: '6.0.1', minor: '3.11', because: 'PyYAML before 6.0.1 does not build any more' }],
  spacy: [{ before: '3.8.7', minor: '3.12', because: 'spaCy before 3.8.7 has no wheels for Python 3.13' }],
  numba: [
    { before: '0.59', minor: '3.11', because: 'numba before 0.59 is for Python 3.11 at most' },
    { before: '0.61', minor: '3.12', because: 'numba before 0.61 is for Python 3.12 at most' },
  ],
  // modules that Python 3.12 took away (asynchat, distutils, imp): https://docs.python.org/3/whatsnew/3.12.html#removed
  'flask-script': [{ minor: '3.11', because: 'Flask-Script imports what Python 3.12 took away' }],
  celery: [{ before: '5.3', minor: '3.11', because: 'Celery before 5.3 fails on Python 3.12' }],
  eventlet: [
    { before: '0.34', minor: '3.11', because: 'eventlet before 0.34 fails on Python 3.12' },
    { before: '0.37', minor: '3.12', because: 'eventlet before 0.37 fails on Python 3.13' },
  ],
  // cgi, crypt, imghdr, telnetlib … of Python 3.13: https://docs.python.org/3/whatsnew/3.13.html#removed-modules
  'python-telegram-bot': [
    { before: '20', minor: '3.12', because: 'it imports imghdr, which Python 3.13 took away' },
  ],
  tweepy: [{ before: '4.15', minor: '3.12', because: 'it imports imghdr, which Python 3.13 took away' }],
  passlib: [{ minor: '3.14', because: 'passlib imports crypt where it is there, and is not kept any more' }],
  feedparser: [
    { before: '6', minor: '3.12', because: 'feedparser before 6 imports cgi, which Python 3.13 took away' },
  ],
  httpx: [
    {
      before: '0.23.1',
      minor: '3.12',
      because: 'httpx before 0.23.1 imports cgi, which Python 3.13 took away',
    },
  ],
  'discord-py': [
    { before: '2.5', minor: '3.12', because: 'it imports audioop, which Python 3.13 took away' },
  ],
});

/**
 * Releases that fail at their import with the newest of what they need, and leave that open: what is installed beside them
 * where no list says it. `before`: of versions below this one; without it all of them.
 */
export interface Companion {
  readonly before?: string;
  /** As pip takes it: `werkzeug<3`. */
  readonly held: readonly string[];
}

/** https://setuptools.pypa.io/en/latest/history.html#v82-0-0 took pkg_resources away; who imports it was seen in the wheels on 28 November 2026. */
const RESOURCES = ['setuptools<82'];

export const COMPANIONS: { readonly [name: string]: readonly Companion[] } = table({
  apscheduler: [{ before: '3.10.1', held: RESOURCES }],
  'django-q': [{ held: RESOURCES }],
  'djangorestframework-simplejwt': [{ before: '5.3.1', held: RESOURCES }],
  'drf-yasg': [{ before: '1.21.8', held: RESOURCES }],
  // https://marshmallow.readthedocs.io/en/latest/changelog.html: 4.0 has no __version_info__
  environs: [{ before: '11.2.1', held: ['marshmallow<4'] }],
  flask: [
    // https://jinja.palletsprojects.com/en/stable/changes/#version-3-1-0, https://itsdangerous.palletsprojects.com/en/stable/changes/
    { before: '2', held: ['werkzeug<2.1', 'jinja2<3.1', 'itsdangerous<2.1'] },
    // https://werkzeug.palletsprojects.com/en/stable/changes/#version-3-0-0: url_quote and the like are gone
    { before: '2.3', held: ['werkzeug<3'] },
  ],
  'flask-login': [{ before: '0.6.3', held: ['werkzeug<3'] }],
  'flask-restplus': [{ held: [...RESOURCES, 'werkzeug<1', 'flask<2'] }],
  'flask-restx': [{ before: '1.1.0', held: RESOURCES }],
  // https://flask-sqlalchemy.readthedocs.io/en/stable/changes/
  'flask-sqlalchemy': [{ before: '3', held: ['sqlalchemy<2'] }],
  'flask-wtf': [{ before: '1.2', held: ['werkzeug<3'] }],
  fs: [{ held: RESOURCES }],
  gunicorn: [{ before: '21', held: RESOURCES }],
  honcho: [{ before: '2', held: RESOURCES }],
  // https://markupsafe.palletsprojects.com/en/stable/changes/#version-2-1-0: soft_unicode is gone
  jinja2: [{ before: '3', held: ['markupsafe<2.1'] }],
  // https://github.com/openai/openai-python/issues/1902: httpx has no argument proxies any more
  openai: [{ before: '1.55.3', held: ['httpx<0.28'] }],
  // https://numpy.org/devdocs/numpy_2_0_migration_guide.html: made for the binary interface of numpy 1
  'opencv-python': [{ before: '4.10', held: ['numpy<2'] }],
  'opencv-python-headless': [{ before: '4.10', held: ['numpy<2'] }],
  pandas: [{ before: '2.2.2', held: ['numpy<2'] }],
  'opentelemetry-instrumentation': [{ before: '0.50b0', held: RESOURCES }],
  pyramid: [{ before: '2.1', held: RESOURCES }],
  razorpay: [{ before: '1.4.2', held: RESOURCES }],
  'scikit-learn': [{ before: '1.4.2', held: ['numpy<2'] }],
  tensorboard: [{ before: '2.19', held: RESOURCES }],
});

/** Packages that bring a module back which a minor took away. */
export const BROUGHT_BACK: { readonly [module: string]: readonly string[] } = {
  distutils: ['setuptools'],
  asyncore: ['pyasyncore'],
  asynchat: ['pyasynchat'],
  imp: ['zombie-imp'],
  audioop: ['audioop-lts'],
  cgi: ['legacy-cgi'],
  cgitb: ['legacy-cgi'],
};

/** Modules of the standard library that a minor took away: https://docs.python.org/3/whatsnew */
export const REMOVED: readonly { readonly from: string; readonly modules: readonly string[] }[] = [
  { from: '3.12', modules: ['asynchat', 'asyncore', 'distutils', 'imp', 'smtpd'] },
  {
    from: '3.13',
    modules: [
      'aifc',
      'audioop',
      'cgi',
      'cgitb',
      'chunk',
      'crypt',
      'imghdr',
      'lib2to3',
      'mailcap',
      'msilib',
      'nis',
      'nntplib',
      'ossaudiodev',
      'pipes',
      'sndhdr',
      'spwd',
      'sunau',
      'telnetlib',
      'uu',
      'xdrlib',
    ],
  },
];
