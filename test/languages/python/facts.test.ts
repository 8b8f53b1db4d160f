import { beforeAll, describe, expect, test } from 'vitest';
import { languageOf } from '../../../src/facts/choose.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, found } from '../../planned.ts';

const FASTAPI = 'from fastapi import FastAPI\n\napp = FastAPI()\n';
const FLASK = 'from flask import Flask\n\napp = Flask(__name__)\n';
const list = (...lines: readonly string[]) => ({ 'requirements.txt': lines.join('\n') });
const WEB = list('fastapi==0.115.0', 'uvicorn==0.34.0');
const FLASKS = list('flask==3.1.0', 'gunicorn==23.0.0');

// what is loaded once takes no test's time
beforeAll(() => languageOf('python').rules(), 60_000);

type Row = readonly [title: string, files: Files, expected: readonly [string, string] | string];

function rows(key: string, all: readonly Row[]): void {
  test.each(all)('%s', async (_, files, expected) => {
    const answer = projectOf(files).then((project) => found(key, project));
    if (typeof expected === 'string') await expect(answer).rejects.toThrow(expected);
    else expect(await answer).toEqual(expected);
  });
}

const CELERY = { ...list('celery==5.4.0'), 'jobs.py': 'from celery import Celery\napp = Celery("jobs")' };
const COMMANDS = {
  'setup.py': '',
  'setup.cfg':
    '[options]\ninstall_requires =\n    click\n    uvicorn\n[options.entry_points]\nconsole_scripts =\n    tool = x.cli:cli\n',
  'x/__init__.py': '',
  'x/cli.py':
    'import click, uvicorn\n@click.group()\ndef cli(): ...\n@cli.command()\n@click.option("--port", default=1)\ndef clean(port):\n    print(port)\n@cli.command()\n@click.option("--host", default="127.0.0.1")\n@click.option("--port", default=9000)\ndef serve(host, port):\n    uvicorn.run("x:app", host=host, port=port)\n',
};
const FACTORY = (parameters: string) =>
  `from flask import Flask\ndef create_app(${parameters}):\n    return Flask(__name__)`;
const MANAGE = 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")';

describe('what is started', () => {
  rows('main', [
    [
      'a server beside its client and what protoc wrote for both',
      {
        ...list('grpcio==1.80.0'),
        'order_server.py': 'import grpc\nserve()',
        'order_client.py': 'import grpc\nask()',
        'order_pb2.py': 'register()',
      },
      ['order_server.py', 'order_server.py'],
    ],
    ['an application at the top', { ...WEB, 'main.py': FASTAPI }, ['main:app', 'main.py:3']],
    [
      'an application in a package',
      { ...WEB, 'app/main.py': FASTAPI, 'app/__init__.py': '' },
      ['app.main:app', 'app/main.py:3'],
    ],
    [
      'below src, which holds packages and is none',
      { ...WEB, 'src/shop/main.py': FASTAPI },
      ['shop.main:app', 'src/shop/main.py:3'],
    ],
    [
      'from the folder that its own imports are found in',
      { ...WEB, 'backend/main.py': `from db import connect\n${FASTAPI}`, 'backend/db.py': 'connect = 1' },
      ['main:app', 'backend/main.py:4'],
    ],
    [
      'of a module called setup, which builds nothing',
      {
        ...WEB,
        'app/main.py': 'from .core.setup import create_application\n\napp = create_application(router=1)\n',
        'app/core/setup.py':
          'from fastapi import FastAPI\ndef create_application(router):\n    return FastAPI()\n',
      },
      ['app.main:app', 'app/main.py:3'],
    ],
    [
      'of Django, whose settings a variable chooses',
      {
        ...list('Django==5.2', 'gunicorn==23.0.0'),
        'manage.py':
          'name = "shop.azure" if "AZURE" in os.environ else "shop.settings"\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", name)',
        'shop/settings.py': '',
        'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
      },
      ['shop.wsgi:application', 'manage.py'],
    ],
    [
      'a file of a package, by the name that its package has',
      {
        'setup.py': 'from setuptools import setup\nsetup(name="chat", install_requires=["aiohttp"])',
        'chat/__init__.py': '',
        'chat/main.py':
          'from aiohttp import web\nfrom chat.views import index\ndef main():\n    web.run_app(web.Application(), port=8090)\nif __name__ == "__main__":\n    main()\n',
        'chat/views.py': 'index = 1',
      },
      ['python -m chat.main', 'chat/main.py'],
    ],
    [
      'by the file that serves it, where no server of the packages does',
      {
        ...list('flask==3.1.0'),
        'shop/web.py': FLASK,
        'shop/__init__.py':
          'from flask import Flask\ndef main():\n    from shop.web import app\n    app.run(host="0.0.0.0", port=5000)\n',
        'shop.py': 'import shop\nif __name__ == "__main__":\n    shop.main()\n',
      },
      ['shop.py', 'shop/web.py:3'],
    ],
    [
      'under another name',
      { ...WEB, 'server.py': 'import fastapi\napi = fastapi.FastAPI(title="x")' },
      ['server:api', 'server.py:2'],
    ],
    [
      'not in a comment or a text',
      { ...WEB, 'app.py': `# app = FastAPI()\nNOTE = """\nold = FastAPI()\n"""\n${FASTAPI}` },
      ['app:app', 'app.py:7'],
    ],
    [
      'not what is mounted below another',
      {
        ...WEB,
        'main.py': 'from fastapi import FastAPI\nsub = FastAPI()\napp = FastAPI()\napp.mount("/sub", sub)',
      },
      ['main:app', 'main.py:3'],
    ],
    [
      'not in tests and examples',
      { ...WEB, 'main.py': FASTAPI, 'examples/a.py': FASTAPI, 'tests/app.py': FASTAPI },
      ['main:app', 'main.py:3'],
    ],
    [
      'a factory',
      { ...FLASKS, 'shop/__init__.py': FACTORY('config=None') },
      ['shop:create_app', 'shop/__init__.py:3'],
    ],
    [
      'what a file makes of a factory',
      {
        ...FLASKS,
        'shop/__init__.py': FACTORY(''),
        'wsgi.py': 'from shop import create_app\napp = create_app()',
      },
      ['wsgi:app', 'wsgi.py:2'],
    ],
    [
      'a factory with arguments',
      { ...FLASKS, 'app.py': FACTORY('config') },
      'app.py:3 makes the application in create_app(config), and no server can call a factory with arguments. Give config a default',
    ],
    [
      'two applications',
      { ...WEB, 'app.py': FASTAPI, 'main.py': FASTAPI },
      'The program could be app:app (app.py:3) or main:app (main.py:3). Say which: --main app:app or --main main:app',
    ],
    [
      'an application that nothing serves',
      { ...list('fastapi==0.115.0'), 'main.py': FASTAPI },
      'main:app is an application that a server runs, and no server is among the packages. Add uvicorn to the dependencies',
    ],
    [
      "Django's module for servers",
      {
        ...list('Django==5.2', 'gunicorn==23.0.0'),
        'manage.py': MANAGE,
        'shop/settings.py': '',
        'shop/wsgi.py': `from django.core.wsgi import get_wsgi_application\n${MANAGE}`,
        'shop/asgi.py': 'from django.core.asgi import get_asgi_application',
      },
      ['shop.wsgi:application', 'manage.py'],
    ],
    [
      "Django's for ASGI where only its servers are there",
      {
        ...list('Django==5.2', 'daphne==4.1'),
        'manage.py': MANAGE,
        'shop/wsgi.py': 'from django.core.wsgi import get_wsgi_application',
        'shop/asgi.py': 'from django.core.asgi import get_asgi_application',
      },
      ['shop.asgi:application', 'manage.py'],
    ],
    [
      'a Procfile',
      { ...FLASKS, 'a.py': FLASK, Procfile: 'release: x\nweb: gunicorn a:app --threads 4' },
      ['gunicorn a:app --threads 4', 'Procfile:2'],
    ],
    [
      'a Procfile that needs a shell',
      { ...FLASKS, 'a.py': FLASK, Procfile: 'web: ./start.sh | tee log' },
      'Procfile:1 needs a shell: ./start.sh | tee log.',
    ],
    [
      'a Procfile that ends in an operator',
      { ...FLASKS, 'a.py': FLASK, Procfile: 'web: gunicorn a:app ||' },
      'Procfile:1 needs a shell: gunicorn a:app ||.',
    ],
    [
      'a Procfile whose server is given a comment',
      { ...FLASKS, 'a.py': FLASK, Procfile: 'web: gunicorn #a:app' },
      'Procfile:1 starts gunicorn #a:app, which nothing of the project answers for.',
    ],
    [
      'a Procfile that names the module alone',
      { ...FLASKS, 'a.py': FLASK, Procfile: 'web: gunicorn a' },
      ['gunicorn a', 'Procfile:1'],
    ],
    [
      'Streamlit, without its pages',
      { ...list('streamlit==1.40.0'), 'app.py': 'import streamlit as st', 'pages/a.py': 'import streamlit' },
      ['app.py', 'app.py'],
    ],
    [
      'a script of the project',
      {
        'pyproject.toml':
          '[project]\nname = "x"\nscripts = { serve = "x.cli:main" }\n[build-system]\nrequires = []',
        'src/x/__init__.py': '',
        'src/x/cli.py': 'def main(): ...',
      },
      ['serve', 'pyproject.toml → scripts.serve'],
    ],
    [
      'a package with __main__',
      { 'setup.py': '', 'bot/__init__.py': '', 'bot/__main__.py': 'print(1)' },
      ['python -m bot', 'bot/__main__.py'],
    ],
    [
      'Streamlit by another package of it',
      { ...list('streamlit-nightly==1.45.0'), 'app.py': 'import streamlit as st' },
      ['app.py', 'app.py'],
    ],
    [
      'a framework that another package brings',
      { ...list('flask-restx==1.3.0', 'gunicorn==23.0.0'), 'app.py': FLASK },
      ['app:app', 'app.py:3'],
    ],
    [
      'the server that an extra brings',
      { ...list('fastapi[standard]==0.115.0'), 'main.py': FASTAPI },
      ['main:app', 'main.py:3'],
    ],
    ['the command of a script that listens', COMMANDS, ['tool serve', 'x/cli.py:12']],
    [
      'the command that a script runs by itself',
      {
        ...COMMANDS,
        'x/cli.py': COMMANDS['x/cli.py'].replace(
          'click.group()',
          'click.group(cls=DefaultGroup, default="serve")',
        ),
      },
      ['tool', 'setup.py → scripts.tool'],
    ],
    ['a worker of Celery', CELERY, ['celery --app jobs worker --loglevel INFO', 'jobs.py']],
    ['a library alone', { 'setup.py': '', 'x/__init__.py': 'A = 1' }, 'Nothing of it starts'],
  ]);
});

describe('the version of Python', () => {
  const app = (python: string, more: Files = {}) => ({
    'pyproject.toml': `[project]\nname = "x"\nrequires-python = "${python}"\n`,
    'main.py': 'print(1)',
    ...more,
  });
  const lock = (name: string, version: string, ...wheels: readonly string[]) =>
    [
      'version = 1',
      `[[package]]\nname = "x"\nsource = { virtual = "." }\ndependencies = [{ name = "${name}" }]`,
      `[[package]]\nname = "${name}"\nversion = "${version}"`,
      `wheels = [${wheels.map((wheel) => `{ url = "https://files/${wheel}" }`).join(', ')}]`,
    ].join('\n');
  const from = 'pyproject.toml → project.requires-python';
  rows('runtimeVersion', [
    ['nothing said', { 'main.py': 'print(1)' }, ['3.13', 'default, the newest that every target has']],
    ['a pin', app('>=3.11', { '.python-version': '3.12.4\n' }), ['3.12', '.python-version']],
    ['a range', app('>=3.11,<3.13'), ['3.12', from]],
    ['a compatible release', app('~=3.12.0'), ['3.12', from]],
    ['a range that only the newest are in', app('>=3.14'), ['3.14', from]],
    ['Heroku', { ...WEB, 'main.py': FASTAPI, 'runtime.txt': 'python-3.12.6' }, ['3.12', 'runtime.txt']],
    [
      'a pin against the range',
      app('>=3.13', { '.python-version': '3.11' }),
      `.python-version pins Python 3.11, but ${from} demands >=3.13.`,
    ],
    [
      'two pins',
      app('>=3.11', { '.python-version': '3.12', '.tool-versions': 'python 3.13.1' }),
      'could be 3.12 (.python-version) or 3.13 (.tool-versions)',
    ],
    ['a range of the past', app('<3.10'), 'demands Python <3.10, and no release that still gets fixes does'],
    [
      'Python 2',
      { ...WEB, 'main.py': FASTAPI, 'runtime.txt': 'python-2.7.18' },
      'runtime.txt says Python 2.7.18, which has had no fixes since 2020',
    ],
    [
      'Django 4.2',
      { ...list('Django==4.2.1'), 'main.py': 'print(1)' },
      ['3.12', 'Django 4.2 is for Python 3.12 at most'],
    ],
    [
      'a module that 3.13 took away',
      { 'main.py': 'import cgi\nprint(cgi)' },
      ['3.12', 'main.py:1 imports cgi, which Python 3.13 took away'],
    ],
    [
      'the newest that has wheels',
      app('>=3.11', {
        'uv.lock': lock(
          'lxml',
          '6.0.0',
          'lxml-6.0.0-cp312-cp312-manylinux_2_26_x86_64.whl',
          'lxml-6.0.0-cp313-cp313-manylinux_2_26_x86_64.whl',
          'lxml-6.0.0-cp314-cp314-win_amd64.whl',
        ),
      }),
      ['3.13', 'lxml 6.0.0 has no wheel for Python 3.15'],
    ],
    [
      'that has wheels on both platforms',
      app('>=3.11', {
        'uv.lock': lock(
          'pyyaml',
          '6.0.1',
          'PyYAML-6.0.1-cp311-cp311-manylinux_2_17_x86_64.whl',
          'PyYAML-6.0.1-cp311-cp311-manylinux_2_17_aarch64.whl',
          'PyYAML-6.0.1-cp312-cp312-manylinux_2_17_x86_64.whl',
        ),
      }),
      ['3.11', 'pyyaml 6.0.1 has no wheel for Python 3.15'],
    ],
    [
      'no wheel for any that gets fixes: the oldest compiles it',
      app('>=3.11', {
        'uv.lock': `${lock('markupsafe', '2.1.1', 'MarkupSafe-2.1.1-cp310-cp310-manylinux_2_17_x86_64.whl')}\nsdist = { url = "https://files/a.tar.gz" }\n`,
      }),
      [
        '3.11',
        'markupsafe 2.1.1 has no wheel for Python 3.15, nor have all for any other, and this one compiles fewest',
      ],
    ],
    [
      "Django's own ceiling, for its wheel is for all",
      app('>=3.11', { 'uv.lock': lock('django', '5.2.8', 'django-5.2.8-py3-none-any.whl') }),
      ['3.14', 'Django before 6.1 is for Python 3.14 at most'],
    ],
    [
      'a list that names no wheels, by the first release that has them',
      { ...list('multidict==6.0.4'), 'main.py': 'print(1)' },
      ['3.11', 'multidict before 6.0.5 has no wheels for Python 3.12'],
    ],
    [
      'a stable interface is for all that follow',
      app('>=3.11', {
        'uv.lock': lock('cryptography', '45.0.0', 'cryptography-45.0.0-cp311-abi3-manylinux_2_28_x86_64.whl'),
      }),
      ['3.15', from],
    ],
    [
      "Poetry's caret",
      {
        'pyproject.toml': '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.11,<3.13"\n',
        'poetry.lock': '',
        'main.py': 'print(1)',
      },
      ['3.12', 'pyproject.toml → tool.poetry'],
    ],
  ]);
});

describe('the package manager', () => {
  const project = {
    'pyproject.toml': '[project]\nname = "x"\ndependencies = ["flask"]',
    'main.py': 'print(1)',
  };
  const with_ = (...lines: readonly string[]) => ({ ...list(...lines), 'main.py': 'print(1)' });
  const uvWith = ({ version = '1', python = '>=3.11', range = '>=3,<4' }) => ({
    'pyproject.toml': `[project]\nname = "x"\nversion = "${version}"\nrequires-python = "${python}"\ndependencies = ["flask${range}"]`,
    'uv.lock':
      'version = 1\nrequires-python = ">=3.11"\n[[package]]\nname = "x"\nversion = "1"\nsource = { virtual = "." }\n[package.metadata]\nrequires-dist = [{ name = "flask", specifier = ">=3,<4" }]\n',
    'main.py': 'print(1)',
  });
  const poetryWith = (hash: string) => ({
    'pyproject.toml':
      '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\npython = "^3.11"\nflask = "*"\n',
    'poetry.lock': `[metadata]\nlock-version = "2.0"\ncontent-hash = "${hash}"\n`,
    'main.py': 'print(1)',
  });
  const pipenvWith = (hash: string) => ({
    Pipfile: '[packages]\nflask = "*"\n',
    'Pipfile.lock': JSON.stringify({ _meta: { hash: { sha256: hash } }, default: {} }),
    'main.py': 'print(1)',
  });
  rows('packageManager', [
    ['uv', { ...project, 'uv.lock': '' }, ['uv', 'uv.lock']],
    [
      'Poetry, with the version of its lock',
      {
        ...project,
        'poetry.lock':
          '# This file is automatically @generated by Poetry 1.8.3 and should not be changed by hand.\n',
      },
      ['poetry@1.8.3', 'poetry.lock'],
    ],
    [
      'a list that was exported from the lock',
      {
        ...project,
        'uv.lock': '',
        ...list('# This file was autogenerated by uv via the following command:', 'a==3'),
      },
      ['uv', 'uv.lock'],
    ],
    [
      'a list that the lock repeats',
      {
        ...project,
        'poetry.lock': '[[package]]\nname = "flask"\nversion = "3.1.0"\n',
        ...list('Flask==3.1.0'),
      },
      ['poetry', 'poetry.lock'],
    ],
    [
      'a list that says more than the lock',
      { ...project, 'uv.lock': '', ...list('django==5.2') },
      'The package manager could be uv (uv.lock) or pip (requirements.txt)',
    ],
    [
      'two locks',
      { ...project, 'uv.lock': '', 'poetry.lock': '' },
      'could be uv (uv.lock) or poetry (poetry.lock)',
    ],
    [
      'Poetry without a lock',
      {
        'pyproject.toml': '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\nflask = "*"',
        'main.py': '',
      },
      'pyproject.toml → tool.poetry has no poetry.lock beside it, so every build would install something else. Run poetry lock',
    ],
    [
      'Pipenv without a lock',
      { Pipfile: '[packages]\nflask = "*"', 'main.py': '' },
      'Pipfile has no Pipfile.lock beside it',
    ],
    [
      'a lock of Poetry that is its manifest’s',
      poetryWith('596a267ef862da52d62cb0fb3051ad705bb8b63e4fc5d4176b3a4cb7ff73bf83'),
      ['poetry', 'poetry.lock'],
    ],
    [
      'a lock of Poetry that is older than its manifest',
      poetryWith('00'),
      "poetry.lock is not that of this pyproject.toml: its content-hash is another one, and Poetry's install ends there. Run poetry lock",
    ],
    [
      'a lock of Pipenv that is its Pipfile’s',
      pipenvWith('f226f2c246fa4694a5658fd6793e384e9b5ea4b2502a4da2f7d0a795e3efb63f'),
      ['pipenv', 'Pipfile.lock'],
    ],
    [
      'a lock of Pipenv that is older than its Pipfile',
      pipenvWith('00'),
      'Pipfile.lock is not that of this Pipfile: its hash is another one, and pipenv install --deploy ends there. Run pipenv lock',
    ],
    [
      'a lock of uv that lacks what its manifest demands',
      {
        ...project,
        'uv.lock':
          'version = 1\n[[package]]\nname = "x"\nsource = { virtual = "." }\n[package.metadata]\nrequires-dist = [{ name = "django" }]\n',
      },
      'uv.lock is not that of this pyproject.toml: flask is not among what it locks',
    ],
    ...(
      [
        ["the project's version", { version: '2' }, 'it has the project at version 1, not 2'],
        ['Python', { python: '>=3.12' }, 'it is for Python >=3.11, not >=3.12'],
        ['a range', { range: '>=4' }, 'it was made for flask>=3,<4, not flask>=4'],
        ['the same range in another spelling', { range: '<4.0, >=3' }, undefined],
        ['a range of Python that uv writes its own way', { python: '~=3.11' }, undefined],
      ] as const
    ).map(
      ([title, change, because]): Row => [
        `a lock of uv and ${title}`,
        uvWith(change),
        because === undefined ? ['uv', 'uv.lock'] : `uv.lock is not that of this pyproject.toml: ${because}`,
      ],
    ),
    ['a manifest without a lock', project, ['pip', 'pyproject.toml, without a lock']],
    [
      'a list for production',
      {
        'requirements/base.txt': 'flask',
        'requirements/production.txt': '-r base.txt',
        'main.py': 'print(1)',
      },
      ['pip', 'requirements/production.txt'],
    ],
    [
      'UTF-16',
      { 'requirements.txt': 'f\0l\0a\0s\0k\0', 'main.py': '' },
      'requirements.txt is not UTF-8: PowerShell writes UTF-16',
    ],
    [
      "conda's freeze",
      with_('numpy @ file:///croot/numpy_1'),
      'requirements.txt:1 installs numpy from a file of the machine that wrote the list',
    ],
    ['Ubuntu’s freeze', with_('pkg-resources==0.0.0'), 'requirements.txt:1 names pkg-resources'],
    [
      'Windows',
      with_('flask', 'pywin32==306'),
      'requirements.txt:2 names pywin32, which exists for Windows alone.',
    ],
    ['Windows by a marker', with_('pywin32==306; sys_platform == "win32"'), ['pip', 'requirements.txt']],
    [
      'a folder that is not there',
      with_('-e ../lib'),
      'requirements.txt:1 installs -e ../lib, which is not in the folder',
    ],
    [
      'a hash that is missing',
      with_('a==1 --hash=sha256:00', 'b==2'),
      'requirements.txt:2 has no hash, and pip demands one of every line',
    ],
    [
      'a password in an address',
      with_('--index-url https://me:secret@packages.example.org/simple', 'a==1'),
      'requirements.txt:1 has a password in the address of a package index',
    ],
    [
      'no list, and what Python does not have',
      { 'main.py': 'import os\nimport requests' },
      'main.py:2 imports requests, which Python does not have, and no file lists the packages',
    ],
    [
      'broken TOML',
      { 'pyproject.toml': '[project\nname = 1', 'main.py': '' },
      'pyproject.toml:1 is malformed',
    ],
  ]);
});

describe('the port', () => {
  rows('port', [
    [
      'of an application that a function of the project makes',
      {
        ...list('flask==3.1.0'),
        'app/main.py': FACTORY(''),
        'run.py':
          'from app.main import create_app\napp = create_app()\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port="5000")\n',
      },
      ['5000', 'run.py:4'],
    ],
    [
      'the default of a framework',
      { ...WEB, 'main.py': FASTAPI },
      ['8000', 'default, where a server of FastAPI listens'],
    ],
    [
      'what its own start says',
      {
        ...WEB,
        'main.py': `${FASTAPI}import uvicorn\nif __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0", port=9001)`,
      },
      ['9001', 'main.py:6'],
    ],
    [
      'a variable with a default',
      {
        'main.py':
          'import os\nfrom http.server import *\nHTTPServer(("", int(os.environ.get("PORT", "8081"))), H).serve_forever()',
      },
      ['8081', 'main.py:3'],
    ],
    [
      'a setting of another file',
      {
        'main.py': 'import config\nfrom http.server import HTTPServer\nHTTPServer(("", config.PORT), H)',
        'config.py': 'PORT = 7000',
      },
      ['7000', 'main.py:3'],
    ],
    [
      'gunicorn’s own file',
      { ...FLASKS, 'app.py': FLASK, 'gunicorn.conf.py': 'bind = "0.0.0.0:5001"' },
      ['5001', 'gunicorn.conf.py:1 → bind'],
    ],
    [
      'a list of one address in gunicorn’s own file',
      {
        ...FLASKS,
        'app.py': FLASK,
        'gunicorn.conf.py': 'import os\nbind = ["[::]:{}".format(os.environ.get("PORT", 5006))]',
      },
      ['5006', 'gunicorn.conf.py:2 → bind'],
    ],
    [
      'a Procfile',
      { ...FLASKS, 'app.py': FLASK, Procfile: 'web: gunicorn app:app -b 0.0.0.0:5005' },
      ['5005', 'gunicorn app:app -b 0.0.0.0:5005'],
    ],
    [
      'Streamlit',
      { ...list('streamlit==1.40.0'), 'app.py': 'import streamlit' },
      ['8501', 'default, where a server of Streamlit listens'],
    ],
    ['a worker', CELERY, ['none', 'Celery takes work from a broker']],
    ['a script', { 'bot.py': 'print(1)' }, ['none', 'bot.py and what it imports listen on nothing']],
    [
      'a port that nobody can read',
      { 'main.py': 'from http.server import HTTPServer\nHTTPServer(("", port_of_the_day()), H)' },
      'main.py:2 listens on a port that cannot be read from the source.',
    ],
  ]);
});

describe('init', () => {
  rows('init', [
    ['uvicorn ends', { ...WEB, 'main.py': FASTAPI }, ['no', 'uvicorn ends on SIGTERM']],
    [
      'waitress does not',
      { ...list('flask==3.1.0', 'waitress==3.0'), 'app.py': FLASK },
      ['yes', 'waitress leaves SIGTERM to its default, and process 1 has none'],
    ],
    [
      'a script does not',
      { 'bot.py': 'print(1)' },
      ['yes', 'nothing of it answers SIGTERM, and process 1 has no default for it'],
    ],
    [
      'a script that answers',
      { 'bot.py': 'import signal\nsignal.signal(signal.SIGTERM, stop)\nprint(1)' },
      ['no', 'bot.py answers SIGTERM'],
    ],
  ]);
});
