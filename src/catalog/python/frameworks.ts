/** Frameworks by the package that a project depends on: what makes an application, and how one is started. */
export interface FrameworkRow {
  readonly name: string;
  readonly package: string;
  /** Other packages that bring the same module. */
  readonly also?: readonly string[];
  /** The module that is imported, where it is called otherwise than the package. */
  readonly module: string;
  /** Classes and functions of which an application is made. */
  readonly makes: readonly string[];
  readonly serves: 'asgi' | 'wsgi' | undefined;
  /** What starts it where no server is among the packages: development's own server, or its own program. */
  readonly own?: {
    /** `{file}`, `{app}` (`module:object`), `{module}` and `{port}` are filled. */
    readonly command: readonly string[];
    /** It is the way that its documents name for production. */
    readonly production?: true;
    /** It ends on SIGTERM as process 1. */
    readonly ends: boolean;
  };
  /** How it is developed, where that is a command of its own. */
  readonly develops?: readonly string[];
  /** The member that is served where a name is given to it: `server = app.server` of Dash. */
  readonly member?: string;
  readonly port: number;
  readonly health?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It listens on nothing: it takes work from a broker. */
  readonly worker?: true;
  readonly docs: string;
}

const UVICORN_LIKE = { serves: 'asgi', port: 8000 } as const;

export const FRAMEWORKS: readonly FrameworkRow[] = [
  {
    name: 'FastAPI',
    package: 'fastapi',
    module: 'fastapi',
    makes: ['FastAPI'],
    ...UVICORN_LIKE,
    docs: 'https://fastapi.tiangolo.com/deployment/docker/',
  },
  {
    name: 'Litestar',
    package: 'litestar',
    module: 'litestar',
    makes: ['Litestar'],
    ...UVICORN_LIKE,
    docs: 'https://docs.litestar.dev/latest/topics/deployment/docker.html',
  },
  {
    name: 'Starlette',
    package: 'starlette',
    module: 'starlette',
    makes: ['Starlette'],
    ...UVICORN_LIKE,
    docs: 'https://www.starlette.io',
  },
  {
    name: 'FastHTML',
    package: 'python-fasthtml',
    module: 'fasthtml',
    makes: ['FastHTML', 'fast_app'],
    serves: 'asgi',
    port: 5001,
    docs: 'https://fastht.ml',
  },
  {
    name: 'Quart',
    package: 'quart',
    module: 'quart',
    makes: ['Quart'],
    ...UVICORN_LIKE,
    docs: 'https://quart.palletsprojects.com/en/latest/tutorials/deployment/',
  },
  {
    name: 'Sanic',
    package: 'sanic',
    module: 'sanic',
    makes: ['Sanic'],
    serves: undefined,
    own: {
      command: ['sanic', '{app}', '--host=0.0.0.0', '--port={port}', '--single-process'],
      production: true,
      ends: true,
    },
    develops: ['sanic', '{app}', '--host=0.0.0.0', '--port={port}', '--dev'],
    port: 8000,
    docs: 'https://sanic.dev/en/guide/running/running.html',
  },
  {
    name: 'BlackSheep',
    package: 'blacksheep',
    module: 'blacksheep',
    makes: ['Application'],
    ...UVICORN_LIKE,
    docs: 'https://www.neoteroi.dev/blacksheep/',
  },
  {
    name: 'Flask',
    package: 'flask',
    module: 'flask',
    makes: ['Flask', 'APIFlask', 'OpenAPI'],
    serves: 'wsgi',
    own: {
      command: ['flask', '--app', '{app}', 'run', '--host', '0.0.0.0', '--port', '{port}'],
      ends: false,
    },
    develops: ['flask', '--app', '{app}', 'run', '--debug', '--host', '0.0.0.0', '--port', '{port}'],
    port: 8000,
    docs: 'https://flask.palletsprojects.com/en/stable/deploying/',
  },
  {
    name: 'Dash',
    package: 'dash',
    module: 'dash',
    makes: ['Dash'],
    serves: 'wsgi',
    member: 'server',
    own: { command: ['python', '{file}'], ends: false },
    port: 8050,
    env: { HOST: '0.0.0.0' },
    docs: 'https://dash.plotly.com/deployment',
  },
  {
    name: 'Falcon',
    package: 'falcon',
    module: 'falcon',
    makes: ['App', 'API'],
    serves: 'wsgi',
    port: 8000,
    docs: 'https://falcon.readthedocs.io/en/stable/deploy/',
  },
  {
    name: 'Bottle',
    package: 'bottle',
    module: 'bottle',
    makes: ['Bottle'],
    serves: 'wsgi',
    own: { command: ['python', '{file}'], ends: false },
    port: 8080,
    docs: 'https://bottlepy.org/docs/dev/deployment.html',
  },
  {
    name: 'Pyramid',
    package: 'pyramid',
    module: 'pyramid',
    makes: [],
    serves: 'wsgi',
    port: 6543,
    docs: 'https://docs.pylonsproject.org/projects/pyramid/en/latest/',
  },
  {
    name: 'Streamlit',
    package: 'streamlit',
    also: ['streamlit-nightly'],
    module: 'streamlit',
    makes: [],
    serves: undefined,
    own: {
      command: ['streamlit', 'run', '{file}', '--server.address=0.0.0.0', '--server.port={port}'],
      production: true,
      ends: true,
    },
    develops: [
      ...['streamlit', 'run', '{file}', '--server.address=0.0.0.0', '--server.port={port}'],
      '--server.runOnSave=true',
    ],
    port: 8501,
    health: '/_stcore/health',
    env: { HOME: '/tmp', STREAMLIT_SERVER_HEADLESS: 'true', STREAMLIT_BROWSER_GATHER_USAGE_STATS: 'false' },
    docs: 'https://docs.streamlit.io/deploy/tutorials/docker',
  },
  {
    name: 'Gradio',
    package: 'gradio',
    module: 'gradio',
    makes: [],
    serves: undefined,
    own: { command: ['python', '{file}'], production: true, ends: false },
    port: 7860,
    env: {
      GRADIO_SERVER_NAME: '0.0.0.0',
      GRADIO_SERVER_PORT: '{port}',
      GRADIO_ANALYTICS_ENABLED: 'False',
      HOME: '/tmp',
    },
    docs: 'https://www.gradio.app/guides/deploying-gradio-with-docker',
  },
  {
    name: 'Celery',
    package: 'celery',
    module: 'celery',
    makes: ['Celery'],
    serves: undefined,
    own: {
      command: ['celery', '--app', '{module}', 'worker', '--loglevel', 'INFO'],
      production: true,
      ends: true,
    },
    port: 0,
    worker: true,
    docs: 'https://docs.celeryq.dev/en/stable/userguide/workers.html',
  },
  {
    name: 'Dramatiq',
    package: 'dramatiq',
    module: 'dramatiq',
    makes: [],
    serves: undefined,
    own: { command: ['dramatiq', '{module}'], production: true, ends: true },
    port: 0,
    worker: true,
    docs: 'https://dramatiq.io/guide.html#workers',
  },
];
