/** What serves an application: by package, in the order in which they are preferred. */
export interface ServerRow {
  readonly package: string;
  readonly serves: readonly ('asgi' | 'wsgi')[];
  /** Words before the application; `{port}` stands for the port. */
  readonly command: readonly string[];
  /** Of the two, the words that say where it listens, left out where a file of the project does. */
  readonly bind: readonly string[];
  /** How a factory is called: by an option, or as a call in the application's name. */
  readonly factory: readonly string[] | 'call' | undefined;
  /** Its own file of settings, which it reads in the folder where it starts, and the setting that says where it listens. */
  readonly config?: {
    readonly files: readonly string[];
    readonly bind: RegExp;
    /** Words that name the file, where it is not read by itself. */
    readonly option?: readonly string[];
    /** The setting that names the application, which is left out then. */
    readonly names?: RegExp;
    /** What the file says of where it listens stands: no word of the command line comes before it. */
    readonly stands?: true;
  };
  /** The word without which it does not end on SIGTERM. */
  readonly ending?: string;
  /** Words that it needs on a root that is read-only. */
  readonly always?: readonly string[];
  /** Words that make it load changed code again; undefined: it cannot. */
  readonly reload?: readonly string[];
  /** It ends on SIGTERM as process 1. */
  readonly ends: boolean;
  readonly docs: string;
}

export const SERVERS: readonly ServerRow[] = [
  {
    package: 'uvicorn',
    serves: ['asgi'],
    command: ['uvicorn'],
    bind: ['--host', '0.0.0.0', '--port', '{port}'],
    factory: ['--factory'],
    reload: ['--reload'],
    ends: true,
    docs: 'https://www.uvicorn.org/settings/',
  },
  {
    package: 'gunicorn',
    serves: ['wsgi'],
    command: ['gunicorn'],
    bind: ['--bind', '0.0.0.0:{port}'],
    factory: 'call',
    config: { files: ['gunicorn.conf.py'], bind: /^bind\s*=/m },
    // its heartbeat is a file: https://docs.gunicorn.org/en/latest/faq.html#how-do-i-avoid-gunicorn-excessively-blocking-in-os-fchmod
    always: ['--worker-tmp-dir', '/dev/shm'],
    reload: ['--reload'],
    ends: true,
    docs: 'https://docs.gunicorn.org/en/stable/settings.html',
  },
  {
    package: 'hypercorn',
    serves: ['asgi', 'wsgi'],
    command: ['hypercorn'],
    bind: ['--bind', '0.0.0.0:{port}'],
    factory: 'call',
    reload: ['--reload'],
    ends: true,
    docs: 'https://hypercorn.readthedocs.io/en/latest/how_to_guides/configuring.html',
  },
  {
    package: 'granian',
    serves: ['asgi', 'wsgi'],
    command: ['granian', '--interface', '{interface}'],
    bind: ['--host', '0.0.0.0', '--port', '{port}'],
    factory: ['--factory'],
    ends: true,
    docs: 'https://github.com/emmett-framework/granian#options',
  },
  {
    package: 'daphne',
    serves: ['asgi'],
    command: ['daphne'],
    bind: ['-b', '0.0.0.0', '-p', '{port}'],
    factory: undefined,
    ends: true,
    docs: 'https://github.com/django/daphne#running',
  },
  {
    package: 'waitress',
    serves: ['wsgi'],
    // its options end where the application is named
    command: ['waitress-serve', '--listen=0.0.0.0:{port}'],
    bind: [],
    factory: ['--call'],
    // it waits for KeyboardInterrupt alone
    ends: false,
    docs: 'https://docs.pylonsproject.org/projects/waitress/en/stable/runner.html',
  },
  {
    package: 'uwsgi',
    serves: ['wsgi'],
    command: ['uwsgi', '--master', '--die-on-term', '--need-app', '--module'],
    bind: ['--http-socket', '0.0.0.0:{port}'],
    ending: '--die-on-term',
    factory: 'call',
    config: {
      files: ['uwsgi.ini'],
      bind: /^(?:http-socket|http|socket)\s*=/m,
      option: ['uwsgi', '--die-on-term', '--ini', '{config}'],
      names: /^(?:module|wsgi|wsgi-file|mount)\s*=/m,
      stands: true,
    },
    ends: true,
    docs: 'https://uwsgi-docs.readthedocs.io/en/latest/Options.html',
  },
  {
    package: 'bjoern',
    serves: [],
    command: [],
    bind: [],
    factory: undefined,
    ends: false,
    docs: 'https://github.com/jonashaag/bjoern: it has no command, a script starts it',
  },
];
