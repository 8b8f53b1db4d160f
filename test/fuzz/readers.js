import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const CASES = new URL('../cases/', import.meta.url).pathname;

/** What reads a file that a project has, and the names of those files. */
export const READERS = {
  cmake: /(^|\/)(CMakeLists\.txt|CMakePresets\.json|[^/]+\.cmake)$/,
  make: /(^|\/)(GNUm|[Mm])akefile(\.(am|in))?$/,
  meson: /(^|\/)(meson\.build|meson_options\.txt|[^/]+\.wrap)$/,
  autoconf: /(^|\/)(configure(\.ac)?|Makefile\.(am|in))$/,
  'go-mod': /(^|\/)(go\.(mod|sum)|modules\.txt)$/,
  'go-work': /(^|\/)go\.work$/,
  pyproject: /(^|\/)(pyproject\.toml|setup\.(cfg|py))$/,
  requirements: /(^|\/)(requirements|constraints)[^/]*\.(txt|in)$/,
  pom: /(^|\/)(pom|extensions)\.xml$/,
  gradle: /\.gradle(\.kts)?$|(^|\/)(gradle[^/]*\.properties|libs\.versions\.toml)$/,
  npm: /(^|\/)(package-lock\.json|package\.json|\.npmrc)$/,
  pnpm: /(^|\/)pnpm-(lock|workspace)\.yaml$/,
  yarn: /(^|\/)(yarn\.lock|\.yarnrc(\.yml)?)$/,
  bun: /(^|\/)(bun\.lock|bunfig\.toml)$/,
  uv: /(^|\/)(uv|[^/]+\.py)\.lock$/,
  poetry: /(^|\/)(poetry|pdm|pylock)\.(lock|toml)$/,
  pipfile: /(^|\/)Pipfile(\.lock)?$/,
  yaml: /\.ya?ml$/,
  ignore: /(^|\/)\.dockerignore$/,
  tsconfig: /(^|\/)([jt]sconfig[^/]*|nest-cli|angular|nx|turbo)\.json$/,
  javascript: /\.([mc]?[jt]s|[jt]sx|vue|svelte)$/,
  go: /\.go$/,
  c: /\.(c|cc|cpp|h|hpp)$/,
  python: /\.py$/,
  java: /\.java$/,
};

/** Files that no case has, or few. */
const MORE = {
  'package.json': {
    'package.json': '{"name":"x","scripts":{"start":"node s.js"}}',
    's.js': 'x.listen(3000);',
  },
  '.dockerignore': {
    '.dockerignore':
      '# comment\n*\n!src\n!server.js\n**/*.log\n/dist/\n[a-z]?\\!x\n!**/keep.md\n.env*\n\n  spaced  \n',
    'package.json': '{"name":"x","scripts":{"start":"node server.js"}}',
    'server.js': 'x.listen(3000);',
    'src/a.js': '',
  },
  '.yarnrc': {
    '.yarnrc':
      '# yarn\nregistry "https://registry.example.com/npm/"\n"@a:registry" "https://b.example.com"\nlastUpdateCheck 1\nyarn-path ".yarn/releases/yarn-1.22.22.cjs"\n--install.frozen-lockfile true\n',
    'yarn.lock':
      '# yarn lockfile v1\n\n\nms@2.1.3:\n  version "2.1.3"\n  resolved "https://registry.yarnpkg.com/ms/-/ms-2.1.3.tgz#x"\n  integrity sha512-x==\n',
    'package.json': '{"name":"x","scripts":{"start":"node s.js"},"dependencies":{"ms":"2.1.3"}}',
    's.js': 'x.listen(3000);',
  },
  'bunfig.toml': {
    'bunfig.toml':
      '[install]\nregistry = "https://registry.example.com"\nexact = true\n\n[install.scopes]\na = { token = "$TOKEN", url = "https://b.example.com/" }\n',
    'bun.lock':
      '{\n  "lockfileVersion": 1,\n  "workspaces": { "": { "name": "x", "dependencies": { "ms": "2.1.3" } } },\n  "packages": { "ms": ["ms@2.1.3", "", {}, "sha512-x=="], },\n}\n',
    'package.json': '{"name":"x","scripts":{"start":"bun s.ts"},"dependencies":{"ms":"2.1.3"}}',
    's.ts': 'Bun.serve({ port: Number(process.env.PORT ?? 3000), fetch: () => new Response("x") });',
  },
  '.npmrc': {
    '.npmrc':
      '# comment\n; other\nregistry=https://registry.example.com/npm/\n@a:registry = https://b.example.com\n//b.example.com/:_authToken=${TOKEN}\nengine-strict=true\nomit[]=dev\n[section]\nkey="value"\n',
    'package-lock.json':
      '{"name":"x","lockfileVersion":3,"packages":{"":{"dependencies":{"ms":"2.1.3"}},"node_modules/ms":{"version":"2.1.3"}}}',
    'package.json': '{"name":"x","scripts":{"start":"node s.js"},"dependencies":{"ms":"2.1.3"}}',
    's.js': 'x.listen(3000);',
  },
  'setup.cfg': {
    'setup.cfg':
      '[metadata]\nname = x\nversion = attr: x.__version__\n[options]\npackages = find:\ninstall_requires =\n    flask>=3; python_version >= "3.9"\n    gunicorn\n[options.entry_points]\nconsole_scripts =\n    x = x.main:run\n',
    'setup.py':
      'from setuptools import setup, find_packages\nsetup(name="x", install_requires=["flask>=3"], python_requires=">=3.9", entry_points={"console_scripts": ["x=x.main:run"]})\n',
    'x/main.py':
      'from flask import Flask\napp = Flask(__name__)\ndef run():\n    app.run(host="0.0.0.0", port=8000)\n',
  },
  Pipfile: {
    Pipfile:
      '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n\n[packages]\nflask = "*"\ngunicorn = {version = ">=23", extras = ["gevent"]}\n\n[dev-packages]\npytest = "*"\n\n[requires]\npython_version = "3.12"\n\n[scripts]\nserve = "gunicorn app:app"\n',
    'Pipfile.lock':
      '{"_meta":{"hash":{"sha256":"x"},"pipfile-spec":6,"requires":{"python_version":"3.12"},"sources":[]},"default":{"flask":{"hashes":[],"version":"==3.1.0"},"gunicorn":{"version":"==23.0.0"}},"develop":{}}',
    'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  },
  'a.wrap': {
    'subprojects/a.wrap':
      '[wrap-file]\ndirectory = a-1.0\nsource_url = https://example.com/a-1.0.tar.gz\nsource_filename = a-1.0.tar.gz\nsource_hash = 00\n[provide]\na = a_dep\n',
    'meson.build':
      "project('x', 'c', version: '1', default_options: ['b_lto=true'])\na = dependency('a', fallback: ['a', 'a_dep'], required: get_option('a'))\nif a.found()\n  foreach x : ['y', 'z']\n    executable(x, files(x + '.c'), dependencies: [a], install: x == 'y')\n  endforeach\nendif\n",
    'meson_options.txt': "option('a', type: 'feature', value: 'auto', description: 'x')\n",
    'y.c': 'int main(void) { return 0; }\n',
  },
  'build.gradle.kts': {
    'build.gradle.kts':
      'plugins {\n    application\n    id("org.springframework.boot") version "3.5.0"\n    kotlin("jvm") version libs.versions.kotlin\n}\njava { toolchain { languageVersion = JavaLanguageVersion.of(21) } }\nval ktor: String by project\ndependencies {\n    implementation("io.ktor:ktor-server-netty:$ktor")\n    implementation(project(":lib"))\n    testImplementation(platform("a:b:1"))\n}\napplication { mainClass.set("a.MainKt") }\ntasks.bootJar { archiveFileName = "x.jar" }\n',
    'settings.gradle.kts':
      'rootProject.name = "x"\ninclude(":lib", "app:web")\nproject(":lib").projectDir = file("libs/lib")\n',
    'gradle.properties': 'ktor=3.0.0\norg.gradle.jvmargs=-Xmx1g\n',
    'gradle/libs.versions.toml':
      '[versions]\nkotlin = "2.0.0"\n[libraries]\na = { module = "a:b", version.ref = "kotlin" }\n',
    'libs/lib/build.gradle.kts': 'plugins { `java-library` }\n',
    'src/main/kotlin/a/Main.kt':
      'package a\nfun main() { embeddedServer(Netty, port = 8080) {}.start(true) }\n',
  },
};

/** Larger files of a case say nothing that smaller ones do not. */
const LIMIT = 48 * 1024;

let corpus;

/** Valid projects, as path → text. */
export function projects() {
  corpus ??= [...readdirSync(CASES).sort().map(projectOf), ...Object.values(MORE)].filter(
    (files) => Object.keys(files).length > 0,
  );
  return corpus;
}

function projectOf(name) {
  const folder = join(CASES, name, 'app');
  const files = {};
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const full = join(folder, path);
    const stat = statSync(full, { throwIfNoEntry: false });
    if (stat?.isFile() && stat.size <= LIMIT) {
      const text = readFileSync(full, 'utf8');
      if (!text.includes('\u0000')) files[path] = text;
    }
  }
  return files;
}
