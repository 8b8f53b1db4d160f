import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { TARGET_IDS } from '../../src/plan/targets.ts';
import { type Files, rendered } from '../planned.ts';

const SECRET = 'hunter2hunter2';
const MANIFEST = '{"name":"x","scripts":{"start":"node s.js"},"dependencies":{"ms":"2.1.3"}}';
const node = (more: Files): Files => ({
  'package.json': MANIFEST,
  's.js': "require('http').createServer().listen(3000);",
  ...more,
});
const npm = (text: string) =>
  node({ 'package-lock.json': '{"lockfileVersion":3,"packages":{}}', '.npmrc': text });
const yarn1 = (text: string) => node({ 'yarn.lock': '# yarn lockfile v1\n', '.yarnrc': text });
const yarn4 = (text: string) => node({ 'yarn.lock': '__metadata:\n  version: 8\n', '.yarnrc.yml': text });
const bun = (text: string) =>
  node({ 'bun.lock': '{"lockfileVersion":1,"packages":{}}', 'bunfig.toml': text });
const python = (more: Files): Files => ({
  'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  ...more,
});
const uv = (more: Files, text = ''): Files => ({
  'pyproject.toml': `[project]\nname = "x"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = ["flask"]\n${text}`,
  'uv.lock': 'version = 1\n\n[[package]]\nname = "flask"\nversion = "3.1.0"\n',
  'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  ...more,
});
const MAIN =
  'package a;\npublic class Main { public static void main(String[] a) throws Exception { com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(8080), 0).start(); } }\n';
const maven = (text: string, more: Files = {}): Files => ({
  'pom.xml': `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>x</artifactId><version>1</version>${text}</project>`,
  'src/main/java/a/Main.java': MAIN,
  ...more,
});
const gradle = (more: Files): Files => ({
  'settings.gradle': "rootProject.name = 'x'\n",
  'build.gradle': "plugins { id 'application' }\napplication { mainClass = 'a.Main' }\n",
  'src/main/java/a/Main.java': MAIN,
  ...more,
});
const SETTINGS = `<settings><servers><server><id>a</id><password>${SECRET}</password></server></servers></settings>`;

/** A file that holds a credential: it is a secret of the build, or it stays out, or it is refused. */
const FILES: readonly (readonly [file: string, files: Files])[] = [
  ['.npmrc', npm(`//r.example/:_authToken=${SECRET}\n`)],
  ['.npmrc', npm(`_auth=${SECRET}\n`)],
  ['.npmrc', npm(`//r.example/:_password="${SECRET}"\nusername=x\n`)],
  ['.npmrc', npm(`registry=https://u:${SECRET}@r.example/\n`)],
  ['.npmrc', npm(`https-proxy=http://u:${SECRET}@p.example\n`)],
  ['.npmrc', npm(`key=${SECRET}\n`)],
  ['.yarnrc', yarn1(`registry "https://u:${SECRET}@r.example/"\n`)],
  ['.yarnrc', yarn1(`"//r.example/:_authToken" ${SECRET}\n`)],
  ['.yarnrc', yarn1(`"//r.example/:_password" "${SECRET}"\n`)],
  ['.yarnrc.yml', yarn4(`npmAuthToken: ${SECRET}\n`)],
  ['.yarnrc.yml', yarn4(`npmRegistries:\n  "//r.example":\n    npmAuthIdent: u:${SECRET}\n`)],
  ['.yarnrc.yml', yarn4(`npmRegistryServer: https://u:${SECRET}@r.example\n`)],
  ['bunfig.toml', bun(`[install.scopes]\na = { token = "${SECRET}", url = "https://r.example" }\n`)],
  ['bunfig.toml', bun(`[install]\nregistry = "https://u:${SECRET}@r.example"\n`)],
  ['bunfig.toml', bun(`[install.scopes]\na = { username = "u", password = "${SECRET}" }\n`)],
  [
    'requirements.txt',
    python({ 'requirements.txt': `--index-url https://u:${SECRET}@r.example/simple\nflask\n` }),
  ],
  ['pip.conf', python({ 'pip.conf': `[global]\nindex-url = https://u:${SECRET}@r.example/simple\n` })],
  ['.pypirc', python({ '.pypirc': `[pypi]\npassword = ${SECRET}\n` })],
  ['.netrc', python({ '.netrc': `machine r.example password ${SECRET}\n` })],
  ['_netrc', python({ _netrc: `machine r.example password ${SECRET}\n` })],
  ['_netrc', node({ 'ci/_netrc': `machine r.example password ${SECRET}\n` })],
  ['auth.toml', python({ 'auth.toml': `[http-basic.r]\nusername = "u"\npassword = "${SECRET}"\n` })],
  ['pip.ini', python({ 'pip.ini': `[global]\nindex-url = https://u:${SECRET}@r.example/simple\n` })],
  ['uv.toml', uv({ 'uv.toml': `[[index]]\nurl = "https://u:${SECRET}@r.example/simple"\n` })],
  ['uv.toml', uv({ 'uv.toml': `index-url = "https://u:${SECRET}@r.example/simple"\n` })],
  ['pyproject.toml', uv({}, `[[tool.uv.index]]\nname = "r"\nurl = "https://u:${SECRET}@r.example/simple"\n`)],
  ['poetry.toml', python({ 'poetry.toml': `[http-basic.r]\nusername = "u"\npassword = "${SECRET}"\n` })],
  [
    'Pipfile',
    {
      Pipfile: `[[source]]\nurl = "https://u:${SECRET}@r.example/simple"\nname = "r"\n[packages]\nflask = "*"\n`,
      'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
    },
  ],
  ['settings.xml', maven('', { 'settings.xml': SETTINGS })],
  ['.mvn/settings.xml', maven('', { '.mvn/settings.xml': SETTINGS })],
  [
    'ci/settings.xml',
    maven('', { '.mvn/maven.config': '-s ci/settings.xml\n', 'ci/settings.xml': SETTINGS }),
  ],
  [
    'pom.xml',
    maven(
      `<repositories><repository><id>r</id><url>https://u:${SECRET}@r.example</url></repository></repositories>`,
    ),
  ],
  ['gradle.properties', gradle({ 'gradle.properties': `nexusPassword=${SECRET}\n` })],
  [
    'gradle.properties',
    gradle({ 'gradle.properties': `org.gradle.jvmargs=-Xmx1g\ngithubToken = ${SECRET}\n` }),
  ],
  ['local.properties', gradle({ 'local.properties': `api.token=${SECRET}\nsdk.apiKey=x\n` })],
  [
    'build.gradle',
    gradle({
      'build.gradle': `plugins { id 'application' }\nrepositories { maven { url 'https://u:${SECRET}@r.example' } }\napplication { mainClass = 'a.Main' }\n`,
    }),
  ],
];

describe('a credential of a registry reaches no stage by COPY, and no layer', () => {
  test.each(FILES.map(([file, files], at) => [`${at + 1}: ${file}`, file, files] as const))(
    '%s',
    async (_, file, files) => {
      for (const target of TARGET_IDS) {
        try {
          const [dockerfile, ignore] = await rendered(files, target);
          expect(dockerfile.text + ignore.text).not.toContain(SECRET);
          expect(ignore.text.split('\n').filter((line) => line.replace('**/', '') === file)).toHaveLength(1);
          expect(
            ignore.text.split('\n').filter((line) => line.startsWith('!') && line.includes(file)),
          ).toEqual([]);
          const brought = dockerfile.text.split('\n').filter((line) => /COPY|type=bind/.test(line));
          expect(brought.filter((line) => line.split(/[\s,=]+/).includes(file))).toEqual([]);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          expect(error.message).not.toContain(SECRET);
        }
      }
    },
  );

  test.each([
    ['.npmrc', npm('engine-strict=true\n//r.example/:_authToken=${TOKEN}\n')],
    ['gradle.properties', gradle({ 'gradle.properties': 'org.gradle.jvmargs=-Xmx1g\ntokenizer=x\n' })],
  ])('what holds none is read as it is: %s', async (file, files) => {
    const [dockerfile, ignore] = await rendered(files, 'slim');
    expect(dockerfile.text).toContain(`type=bind,source=${file}`);
    expect(ignore.text).not.toMatch(new RegExp(`^(\\*\\*/)?${file.replace('.', '\\.')}$`, 'm'));
  });
});
