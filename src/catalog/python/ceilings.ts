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

export const CEILINGS: { readonly [name: string]: readonly Ceiling[] } = {
  // https://docs.djangoproject.com/en/stable/faq/install/#what-python-version-can-i-use-with-django
  django: [
    { before: '3.2', minor: '3.9', because: 'Django before 3.2 is for Python 3.9 at most' },
    { before: '4.1', minor: '3.10', because: 'Django 3.2 and 4.0 are for Python 3.10 at most' },
    { before: '4.2', minor: '3.11', because: 'Django 4.1 is for Python 3.11 at most' },
    { before: '5', minor: '3.12', because: 'Django 4.2 is for Python 3.12 at most' },
    { before: '5.1', minor: '3.12', because: 'Django 5.0 is for Python 3.12 at most' },
    { before: '5.2', minor: '3.13', because: 'Django 5.1 is for Python 3.13 at most' },
  ],
  // https://numpy.org/doc/stable/release.html: distutils, of which Python 3.12 has none
  numpy: [
    { before: '1.23.2', minor: '3.10', because: 'numpy before 1.23.2 has no wheels for Python 3.11' },
    { before: '1.26', minor: '3.11', because: 'numpy before 1.26 does not build on Python 3.12' },
    { before: '2.1', minor: '3.12', because: 'numpy before 2.1 has no wheels for Python 3.13' },
  ],
  // https://github.com/pydantic/pydantic/issues/9637: typing changed
  pydantic: [
    { before: '1.10.17', minor: '3.11', because: 'pydantic before 1.10.17 fails on Python 3.12' },
    { before: '2', minor: '3.13', because: 'pydantic 1 does not support Python 3.14' },
    { before: '2.8', minor: '3.12', because: 'pydantic before 2.8 has no core for Python 3.13' },
  ],
  pandas: [
    { before: '1.5', minor: '3.10', because: 'pandas before 1.5 has no wheels for Python 3.11' },
    { before: '2.1.1', minor: '3.11', because: 'pandas before 2.1.1 has no wheels for Python 3.12' },
    { before: '2.2.3', minor: '3.12', because: 'pandas before 2.2.3 has no wheels for Python 3.13' },
  ],
  scipy: [
    { before: '1.11.2', minor: '3.11', because: 'scipy before 1.11.2 has no wheels for Python 3.12' },
    { before: '1.14.1', minor: '3.12', because: 'scipy before 1.14.1 has no wheels for Python 3.13' },
  ],
  'scikit-learn': [
    { before: '1.3.1', minor: '3.11', because: 'scikit-learn before 1.3.1 has no wheels for Python 3.12' },
    { before: '1.5.2', minor: '3.12', because: 'scikit-learn before 1.5.2 has no wheels for Python 3.13' },
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
  pillow: [
    { before: '10.1', minor: '3.11', because: 'Pillow before 10.1 has no wheels for Python 3.12' },
    { before: '11', minor: '3.12', because: 'Pillow before 11 has no wheels for Python 3.13' },
  ],
  'psycopg2-binary': [
    { before: '2.9.6', minor: '3.11', because: 'psycopg2-binary before 2.9.6 has no wheels for Python 3.12' },
    {
      before: '2.9.10',
      minor: '3.12',
      because: 'psycopg2-binary before 2.9.10 has no wheels for Python 3.13',
    },
  ],
  greenlet: [
    { before: '3', minor: '3.11', because: 'greenlet before 3.0 does not compile on Python 3.12' },
    { before: '3.1', minor: '3.12', because: 'greenlet before 3.1 does not compile on Python 3.13' },
  ],
  grpcio: [
    { before: '1.59', minor: '3.11', because: 'grpcio before 1.59 has no wheels for Python 3.12' },
    { before: '1.66.2', minor: '3.12', because: 'grpcio before 1.66.2 has no wheels for Python 3.13' },
  ],
  aiohttp: [
    { before: '3.9', minor: '3.11', because: 'aiohttp before 3.9 does not compile on Python 3.12' },
    { before: '3.10.6', minor: '3.12', because: 'aiohttp before 3.10.6 has no wheels for Python 3.13' },
  ],
  lxml: [
    { before: '4.9.3', minor: '3.11', because: 'lxml before 4.9.3 does not compile on Python 3.12' },
    { before: '5.3', minor: '3.12', because: 'lxml before 5.3 has no wheels for Python 3.13' },
  ],
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
  gevent: [
    { before: '23.7', minor: '3.11', because: 'gevent before 23.7 does not compile on Python 3.12' },
    { before: '24.10', minor: '3.12', because: 'gevent before 24.10 does not compile on Python 3.13' },
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
};

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
