import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/facts/choose.ts';
import { render } from '../../../src/output/render.ts';
import type { TargetId } from '../../../src/plan/targets.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';

/** Failures that people reported of images of Python, and what is written instead: one row each. */
interface Row {
  readonly what: string;
  readonly files: Files;
  readonly target?: TargetId;
  readonly given?: Readonly<Record<string, string>>;
  /** In the Dockerfile. */
  readonly says?: readonly RegExp[];
  readonly never?: readonly RegExp[];
  /** In a note, or in the sentence that refuses. */
  readonly told?: RegExp;
  readonly refused?: RegExp;
}

const list = (...lines: readonly string[]) => ({ 'requirements.txt': lines.join('\n') });
const FASTAPI = { 'main.py': 'from fastapi import FastAPI\n\napp = FastAPI()\n' };
const FLASK = { 'app.py': 'from flask import Flask\n\napp = Flask(__name__)\n' };
const WEB = list('fastapi==0.115.0', 'uvicorn==0.34.0');
const FLASKS = ['flask==3.1.0', 'gunicorn==23.0.0'];
const uvLock = (...packages: readonly string[]) =>
  [
    'version = 1',
    `[[package]]\nname = "x"\nsource = { virtual = "." }\ndependencies = [${packages.map((one) => `{ name = "${one.split(' ')[0]}" }`).join(', ')}]`,
    ...packages.map((one) => {
      const [name, version, ...wheels] = one.split(' ');
      return `[[package]]\nname = "${name}"\nversion = "${version}"\nsdist = { url = "https://x/${name}-${version}.tar.gz" }\nwheels = [${wheels.map((wheel) => `{ url = "https://x/${name}-${version}-${wheel}.whl" }`).join(', ')}]`;
    }),
  ].join('\n');
const PURE = 'py3-none-any';
const uv = (packages: readonly string[], more = '') => ({
  'pyproject.toml': `[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = []\n${more}`,
  'uv.lock': uvLock(...packages),
});
const PACKAGE = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';
const SERVED = [`fastapi 0.115.0 ${PURE}`, `uvicorn 0.34.0 ${PURE}`];

const ROWS: readonly Row[] = [
  {
    what: 'collectstatic needs a key: it has one in that command alone',
    files: {
      ...list('Django==5.2', 'gunicorn==23.0.0'),
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
      'shop/settings.py': 'SECRET_KEY = os.environ["SECRET_KEY"]\nSTATIC_ROOT = BASE_DIR / "static"',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
    },
    says: [/RUN SECRET_KEY=build python manage\.py collectstatic/],
    never: [/(?:ENV|ARG) .*SECRET_KEY/],
  },
  {
    what: "torch with CUDA: the lock's choice stands, its size and the other wheels are named",
    files: {
      ...list('torch==2.7.0', 'nvidia-cublas-cu12==12.6', 'fastapi==0.115.0', 'uvicorn==0.34.0'),
      ...FASTAPI,
    },
    told: /torch with CUDA.*some 3 GB[\s\S]*download\.pytorch\.org\/whl\/cpu/,
  },
  {
    what: 'psycopg2 has no wheel: a compiler in the build, libpq alone in the image',
    files: { ...list('psycopg2==2.9.10', ...FLASKS), ...FLASK },
    says: [/AS build[\s\S]*libpq-dev[\s\S]*AS runtime[\s\S]*libpq5/],
    never: [/AS runtime[\s\S]*gcc/],
  },
  {
    what: 'OpenCV loads libGL by its name',
    files: { ...list('opencv-python==4.11.0.86', ...FLASKS), 'app.py': `import cv2\n${FLASK['app.py']}` },
    says: [/AS runtime[\s\S]*libgl1/],
  },
  {
    what: "an environment of 3.12 brings its own interpreter onto distroless' image",
    files: { ...WEB, ...FASTAPI, '.python-version': '3.12' },
    target: 'distroless',
    says: [/FROM gcr\.io\/distroless\/cc-debian13:nonroot AS runtime/, /\/usr\/local\/lib\/python3\.12/],
  },
  {
    what: 'uv takes the interpreter of the image, none below /root',
    files: { ...uv(SERVED), ...FASTAPI },
    says: [/UV_PYTHON_DOWNLOADS=never/, /python -m venv --without-pip \/opt\/venv/],
  },
  {
    what: 'a package in src is installed, not editable',
    files: { ...uv(SERVED, PACKAGE), 'src/x/__init__.py': '', 'src/x/main.py': FASTAPI['main.py'] },
    says: [/uv sync --active --locked --no-dev --no-editable/, /"x\.main:app"/],
  },
  {
    what: 'the packages are installed before the sources are there',
    files: { ...uv(SERVED, PACKAGE), 'src/x/__init__.py': '', 'src/x/main.py': FASTAPI['main.py'] },
    says: [/--no-install-project[\s\S]*type=bind,target=\.,rw/],
  },
  {
    what: 'a README that the manifest names is in the build',
    files: {
      ...uv(SERVED, PACKAGE),
      'pyproject.toml': `[project]\nname = "x"\nversion = "1"\nreadme = "README.md"\n${PACKAGE}`,
      'README.md': '# x',
      'src/x/__init__.py': '',
      'src/x/main.py': FASTAPI['main.py'],
    },
    says: [/uv sync/],
    never: [/^\*\.md$/m],
  },
  {
    what: 'a version from git is a build argument with a default',
    files: {
      'pyproject.toml':
        '[project]\nname = "x"\ndynamic = ["version"]\n[build-system]\nrequires = ["setuptools", "setuptools-scm"]\n[project.scripts]\nx = "x.cli:main"\n',
      'uv.lock': 'version = 1',
      'src/x/__init__.py': '',
      'src/x/cli.py': 'def main(): ...',
    },
    says: [/ARG VERSION=0\.0\.0/, /SETUPTOOLS_SCM_PRETEND_VERSION=\$VERSION/],
  },
  {
    what: "the project's name is not its module's: module and object are proved",
    files: { ...uv(SERVED), 'backend/server.py': 'from fastapi import FastAPI\napi = FastAPI()' },
    says: [/"backend\.server:api"/],
  },
  {
    what: 'a factory is called by gunicorn',
    files: {
      ...list(...FLASKS),
      'shop/__init__.py': 'from flask import Flask\ndef create_app():\n    return Flask(__name__)',
    },
    says: [/"shop:create_app\(\)"/],
  },
  {
    what: 'a factory is called by uvicorn',
    files: { ...WEB, 'shop/main.py': 'from fastapi import FastAPI\ndef create_app():\n    return FastAPI()' },
    says: [/"--factory", "shop\.main:create_app"/],
  },
  {
    what: 'a 400 of ALLOWED_HOSTS and a 301 of HTTPS are alive',
    files: { ...WEB, ...FASTAPI },
    says: [/any status below 500 is healthy/, /-lt 500/],
  },
  {
    what: "gunicorn's heartbeat file is in memory",
    files: { ...list(...FLASKS), ...FLASK },
    says: [/"--worker-tmp-dir", "\/dev\/shm"/],
  },
  {
    what: 'Celery is process 1 and gets SIGTERM by itself',
    files: { ...list('celery==5.5.0'), 'jobs.py': 'from celery import Celery\napp = Celery("jobs")' },
    says: [/ENTRYPOINT \["celery"\]/],
    never: [/tini/],
  },
  {
    what: 'bytecode is compiled in the build, and nothing forbids it',
    files: { ...uv(SERVED), ...FASTAPI },
    says: [/UV_COMPILE_BYTECODE=1/, /python -m compileall/],
    never: [/PYTHONDONTWRITEBYTECODE/],
  },
  {
    what: 'mysqlclient finds its library by pkg-config',
    files: { ...list('mysqlclient==2.2.7', ...FLASKS), ...FLASK },
    says: [/AS build[\s\S]*libmariadb-dev libmariadb-dev-compat pkgconf/, /AS runtime[\s\S]*libmariadb3/],
  },
  {
    what: 'WeasyPrint loads pango by its name',
    files: { ...list('weasyprint==65.0', ...FLASKS), ...FLASK },
    says: [/AS runtime[\s\S]*libpango/],
  },
  {
    what: 'what has no wheel for musl says so before it is compiled',
    files: {
      ...uv([...SERVED, 'grpcio 1.71.0 cp313-cp313-manylinux_2_17_x86_64']),
      ...FASTAPI,
      '.python-version': '3.13',
    },
    target: 'alpine',
    told: /grpcio has no wheel for Python 3\.13 on musl[\s\S]*--target slim/,
  },
  {
    what: 'the newest Python that has wheels is taken',
    files: { ...uv([...SERVED, 'lxml 6.0.0 cp312-cp312-manylinux_2_26_x86_64']), ...FASTAPI },
    says: [/FROM python:3\.12-slim-trixie/],
  },
  {
    what: "an index's password is a secret of the build",
    files: {
      ...uv(SERVED, '[[tool.uv.index]]\nname = "inner"\nurl = "https://packages.example.org/simple"\n'),
      ...FASTAPI,
    },
    says: [/type=secret,id=UV_INDEX_INNER_PASSWORD,env=UV_INDEX_INNER_PASSWORD/],
    never: [/(?:ENV|ARG) .*PASSWORD/],
  },
  {
    what: 'a list with hashes that has a line without one',
    files: { ...list('a==1 --hash=sha256:00', 'b==2'), ...FASTAPI },
    refused: /requirements\.txt:2 has no hash/,
  },
  {
    what: 'the Python of a Pipfile is the one of the image',
    files: {
      Pipfile: '[packages]\nflask = "*"\ngunicorn = "*"\n[requires]\npython_version = "3.12"\n',
      'Pipfile.lock': JSON.stringify({
        default: { flask: { version: '==3.1.0' }, gunicorn: { version: '==23.0.0' } },
      }),
      ...FLASK,
    },
    says: [/FROM python:3\.12-slim-trixie/, /pipenv install --deploy/],
  },
  {
    what: 'a text that settings read is in the build',
    files: {
      ...WEB,
      'main.py': `${FASTAPI['main.py']}NOTES = open("CHANGELOG.md").read()\n`,
      'CHANGELOG.md': '# 1',
    },
    never: [/^\*\.md$/m],
  },
  {
    what: 'a line of git needs git in the build',
    files: { ...list(...FLASKS, 'git+https://github.com/pallets/click@8.1.7'), ...FLASK },
    says: [/AS build[\s\S]*apt-get install[^\n]* git[\s\S]*AS runtime/],
    never: [/AS runtime[\s\S]* git /],
  },
  {
    what: 'collectstatic loads libpq too',
    files: {
      ...list('Django==5.2', 'gunicorn==23.0.0', 'psycopg==3.2.0'),
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
      'shop/settings.py': 'STATIC_ROOT = BASE_DIR / "static"',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
    },
    says: [/AS build[\s\S]*libpq5[\s\S]*collectstatic[\s\S]*AS runtime[\s\S]*libpq5/],
  },
  {
    what: 'packages of a group for production are installed',
    files: {
      ...uv(SERVED, '[dependency-groups]\nprod = ["sentry-sdk"]\ndev = ["pytest"]\n'),
      ...FASTAPI,
    },
    says: [/--no-dev --no-install-project --group prod/],
  },
  {
    what: 'uWSGI by a file that takes PORT: the image says it, and it ends on SIGTERM',
    files: {
      ...list('Django==5.2', 'uwsgi==2.0.30'),
      Procfile: 'web: uwsgi ./etc/uwsgi.ini',
      'etc/uwsgi.ini': '[uwsgi]\nhttp-socket=:$(PORT)\nvirtualenv=$(VIRTUAL_ENV)\nwsgi-file=shop/wsgi.py\n',
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
      'shop/settings.py': '',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
    },
    says: [/PORT=8000/, /VIRTUAL_ENV=\/opt\/venv/, /EXPOSE 8000/, /"\.\/etc\/uwsgi\.ini", "--die-on-term"/],
  },
  {
    what: 'an option of another command is not said to the one that runs',
    files: {
      'setup.py': '',
      'setup.cfg':
        '[options]\ninstall_requires =\n    click\n[options.entry_points]\nconsole_scripts =\n    tool = x.cli:cli\n',
      'x/__init__.py': '',
      'x/cli.py':
        'import click\n@click.group()\ndef cli(): ...\n@cli.command()\ndef show():\n    print(1)\n@cli.command()\n@click.option("--path", default="out")\ndef save(path):\n    open(path, "w")\n',
    },
    never: [/--path/],
  },
  {
    what: 'a browser of Playwright is named with the lines to add',
    files: {
      ...list('playwright==1.51.0', ...FLASKS),
      'app.py': `from playwright.sync_api import sync_playwright\n${FLASK['app.py']}\ndef shoot(p):\n    return p.chromium.launch()\n`,
    },
    told: /a browser of Playwright[\s\S]*PLAYWRIGHT_BROWSERS_PATH/,
  },
  {
    what: 'a model of spaCy is named with the line that locks it',
    files: {
      ...list('spacy==3.8.7', ...FLASKS),
      'app.py': `import spacy\n${FLASK['app.py']}nlp = spacy.load("en_core_web_sm")\n`,
    },
    told: /loads en_core_web_sm, a model of spaCy[\s\S]*uv add "en_core_web_sm @/,
  },
  {
    what: 'a script with its own metadata is installed in the build and started by python',
    files: {
      'bot.py':
        '# /// script\n# requires-python = ">=3.12"\n# dependencies = ["rich"]\n# ///\nimport rich\nrich.print(1)\n',
    },
    says: [/uv export --script bot\.py/, /"python", "bot\.py"/],
    never: [/uv run/],
  },
  {
    what: 'one path of the environment, said once',
    files: { ...uv(SERVED), ...FASTAPI },
    says: [/VIRTUAL_ENV=\/opt\/venv/, /uv sync --active/],
    never: [/UV_PROJECT_ENVIRONMENT/],
  },
  {
    what: "Streamlit's home can be written, it is headless and on every address",
    files: { ...list('streamlit==1.45.0'), 'app.py': 'import streamlit as st\nst.write(1)' },
    says: [/HOME=\/tmp/, /STREAMLIT_SERVER_HEADLESS=true/, /--server\.address=0\.0\.0\.0/],
  },
  {
    what: 'the README that the build backend reads is in the build',
    files: {
      ...uv(SERVED, `readme = "README.md"\n[project.scripts]\nshop = "shop:main"\n${PACKAGE}`),
      'README.md': '# shop',
      'src/shop/__init__.py':
        'import uvicorn\ndef main():\n    uvicorn.run("shop:app", host="0.0.0.0", port=8000)\n',
    },
    says: [/--mount=type=bind,target=\.,rw[\s\S]*--no-editable/],
    never: [/^\*\.md$/m, /^README/m],
  },
  {
    what: "a lock of Pipenv that is older than its Pipfile is told before Docker's build ends there",
    files: {
      Pipfile: '[packages]\nflask = "*"\n',
      'Pipfile.lock': JSON.stringify({ _meta: { hash: { sha256: 'of yesterday' } }, default: {} }),
      ...FLASK,
    },
    refused: /Pipfile\.lock is not that of this Pipfile/,
  },
  {
    what: 'gunicorn 20 imports pkg_resources, which the newest setuptools has not',
    files: { ...list('flask==3.1.0', 'gunicorn==20.1.0'), ...FLASK },
    says: [/install --requirement requirements\.txt "setuptools<82"/],
    told: /gunicorn 20\.1\.0 fails with the newest setuptools/,
  },
  {
    what: 'Flask 2.2 fails with Werkzeug 3; what the list says itself stays',
    files: { ...list('flask==2.2.5', 'gunicorn==23.0.0', 'jinja2==3.1.2'), ...FLASK },
    says: [/"werkzeug<3"/],
    never: [/jinja2</],
  },
  {
    what: "a lock's own choice is never held back",
    files: { ...uv([`flask 2.2.5 ${PURE}`, `werkzeug 2.2.3 ${PURE}`, `gunicorn 23.0.0 ${PURE}`]), ...FLASK },
    never: [/<3"/, /setuptools/],
  },
  {
    what: 'Werkzeug 0.14 is for no Python that is kept',
    files: { ...list('flask==0.12.2', 'werkzeug==0.14.1', 'gunicorn==23.0.0'), ...FLASK },
    refused: /werkzeug before 0\.15 imports what Python 3\.10 took out of collections/,
  },
  {
    what: "Django's settings in a class set STATIC_ROOT too",
    files: {
      ...list('Django==5.2', 'gunicorn==23.0.0'),
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
      'shop/settings.py': 'class Production(Base):\n    STATIC_ROOT = BASE_DIR / "static"',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
    },
    says: [/collectstatic --noinput/],
  },
  {
    what: "what Django's scripts and tests write is none of the server's, and a variable of a storage is no number",
    files: {
      ...list('Django==5.2', 'gunicorn==23.0.0', 'playwright==1.51.0'),
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")',
      'shop/__init__.py': '',
      'shop/settings.py':
        'STATIC_ROOT = BASE_DIR / "static"\nSTORE = env("FILE_STORAGE")\nAGE = env("MAX_AGE")',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
      'shop/tests_e2e/base.py':
        'from playwright.sync_api import sync_playwright\ndef shoot(p):\n    return p.chromium.launch()\n',
      'scripts/changes.py': 'open("CHANGELOG.md", "w").write("")',
      'package.json': '{ "scripts": { "build": "rollup" } }',
    },
    says: [
      /RUN DJANGO_SETTINGS_MODULE=\S+ FILE_STORAGE=build MAX_AGE=1 python|RUN FILE_STORAGE=build MAX_AGE=1 python/,
    ],
    never: [/CHANGELOG\.md \/links/, /PLAYWRIGHT/],
    told: /package\.json has a script build, and nothing runs it here/,
  },
  {
    what: 'a module that is left to another package to bring is told',
    files: { ...list('openai>=2', ...FLASKS), 'app.py': `import httpx\n${FLASK['app.py']}` },
    told: /app\.py:1 imports httpx, which the list leaves to another package to bring\. Add httpx/,
  },
  {
    what: 'one that no lock has ends the program',
    files: {
      ...uv([`flask 3.1.0 ${PURE}`, `gunicorn 23.0.0 ${PURE}`]),
      'app.py': `import requests\n${FLASK['app.py']}`,
    },
    told: /app\.py:1 imports requests, and uv\.lock has no requests: the program ends there/,
  },
  {
    what: 'a group called docker has the server; settings that the server has not write nothing',
    files: {
      'pyproject.toml':
        '[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["django"]\n[dependency-groups]\ndocker = ["gunicorn"]\n',
      'uv.lock':
        `${uvLock(`django 5.2.8 ${PURE}`, `gunicorn 23.0.0 ${PURE}`).replace(', { name = "gunicorn" }', '')}`.replace(
          'dependencies = [{ name = "django" }]',
          'dependencies = [{ name = "django" }]\ndev-dependencies = { docker = [{ name = "gunicorn" }] }',
        ),
      'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings.main")',
      'settings/__init__.py': '',
      'settings/main.py': '',
      'settings/ci.py':
        'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "ci.sqlite"}}',
      'shop/__init__.py': '',
      'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
    },
    says: [/--no-install-project --group docker/, /ENTRYPOINT \["gunicorn"\]/],
    never: [/ci\.sqlite/],
  },
  {
    what: 'a command of a Procfile that names what is gone',
    files: { ...list(...FLASKS), ...FLASK, Procfile: 'web: gunicorn gone:app' },
    refused: /Procfile:1 starts gunicorn gone:app, which nothing of the project answers for/,
  },
];

beforeAll(() => languageOf('python').rules(), 60_000);

describe('failures that people reported', () => {
  test.each(ROWS.map((row) => [row.what, row] as const))('%s', async (_, row) => {
    const { files, target = 'slim', given, says = [], never = [], told, refused } = row;
    const project = await projectOf(files);
    if (refused !== undefined) return expect(planned(project, target, given)).rejects.toThrow(refused);
    const plan = await planned(project, target, given);
    const text = (await render(plan, project)).map((file) => file.text).join('\n');
    for (const pattern of says) expect(text).toMatch(pattern);
    for (const pattern of never) expect(text).not.toMatch(pattern);
    if (told !== undefined)
      expect(plan.notes.map(({ text: said, fix }) => `${said} ${fix ?? ''}`).join('\n')).toMatch(told);
    return undefined;
  });
});
