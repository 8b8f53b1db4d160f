import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { portOf } from '../../src/kit/port.ts';
import { projectOf } from '../../src/project/project.ts';
import { type Files, found } from '../planned.ts';

/** Texts that stand where a port stands, and are none. */
const NONE = ['65536', '99999', '4294967376', '0', '-1', '1e3', '0x1f90', '٣٠٠٠', '80.5', '8080x'];

const JS = (port: string) => ({
  'package.json': '{"scripts":{"start":"node s.js"}}',
  's.js': `x.listen(${port});`,
});
const GO = (address: string) => ({
  'go.mod': 'module x\n\ngo 1.26\n',
  'main.go': `package main\nimport "net/http"\nfunc main() { http.ListenAndServe(${address}, nil) }\n`,
});
const C = (port: string) => ({
  'main.c': `#include <sys/socket.h>\nint main(void) { struct sockaddr_in s; s.sin_port = htons(${port}); bind(1, &s, 2); listen(1, 1); return 0; }\n`,
});
const PYTHON = (tail: string, more: Files = {}) => ({
  'requirements.txt': 'flask==3.1.0\ngunicorn==23.0.0\n',
  'app.py': `import os\nfrom flask import Flask\napp = Flask(__name__)\n${tail}\n`,
  ...more,
});
const POM = (tail: string) =>
  `<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>x</artifactId><version>1</version>${tail}</project>`;
const JAVA = (port: string) => ({
  'pom.xml': POM(''),
  'src/main/java/a/Main.java': `package a;\nimport com.sun.net.httpserver.HttpServer;\nimport java.net.InetSocketAddress;\npublic class Main { public static void main(String[] a) throws Exception { HttpServer.create(new InetSocketAddress(${port}), 0).start(); } }\n`,
});

/** Wherever a port is read from. */
const PLACES: Readonly<Record<string, (port: string) => Files>> = {
  'Node.js: a number': (port) => JS(port.replace(/^(1e3|0x1f90)$/, '70000')),
  'Node.js: a text': (port) => JS(`"${port}"`),
  'Node.js: behind a variable': (port) => JS(`process.env.PORT || "${port}"`),
  'Node.js: the start command': (port) => ({
    'package.json': `{"scripts":{"start":"node s.js --port ${port}"}}`,
    's.js': 'x.listen(process.env.PORT);',
  }),
  'Node.js: a variable of the start command': (port) => ({
    'package.json': `{"scripts":{"start":"PORT=${port} node s.js"}}`,
    's.js': 'x.listen(process.env.PORT);',
  }),
  'Node.js: the example': (port) => ({ ...JS('process.env.PORT'), '.env.example': `PORT=${port}\n` }),
  'Node.js: a framework': (port) => ({
    'package.json': `{"scripts":{"build":"next build","start":"next start -p ${port}"},"dependencies":{"next":"^16.0.0","react":"^19.0.0"}}`,
    'app/page.jsx': '',
  }),
  'Go: an address': (port) => GO(`":${port}"`),
  'Go: a flag': (port) => ({
    ...GO(''),
    'main.go': `package main\nimport ("flag"; "net/http")\nvar a = flag.String("addr", ":${port}", "")\nfunc main() { flag.Parse(); http.ListenAndServe(*a, nil) }\n`,
  }),
  'Go: the example': (port) => ({ ...GO('":" + os.Getenv("PORT")'), '.env.example': `PORT=${port}\n` }),
  'C: a number': (port) => C(port.replace(/^(1e3|0x1f90)$/, '70000')),
  'C: a text': (port) => C(`atoi("${port}")`),
  'C: the example': (port) => ({ ...C('atoi(getenv("PORT"))'), '.env.example': `PORT=${port}\n` }),
  'Python: a number': (port) =>
    PYTHON(`app.run(host="0.0.0.0", port=${port.replace(/^(1e3|0x1f90)$/, '70000')})`),
  'Python: a text': (port) => PYTHON(`app.run(host="0.0.0.0", port=int("${port}"))`),
  'Python: behind a variable': (port) =>
    PYTHON(`app.run(host="0.0.0.0", port=int(os.environ.get("PORT", "${port}")))`),
  'Python: a Procfile': (port) => PYTHON('', { Procfile: `web: gunicorn app:app --bind 0.0.0.0:${port}\n` }),
  'Python: a file of the server': (port) => PYTHON('', { 'gunicorn.conf.py': `bind = "0.0.0.0:${port}"\n` }),
  'Java: a number': (port) => JAVA(port.replace(/^(1e3|0x1f90)$/, '70000')),
  'Java: a text': (port) => JAVA(`Integer.parseInt("${port}")`),
  'Java: Spring’s properties': (port) => ({
    'pom.xml': POM(
      '<dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId><version>3.5.0</version></dependency></dependencies><build><plugins><plugin><groupId>org.springframework.boot</groupId><artifactId>spring-boot-maven-plugin</artifactId><version>3.5.0</version></plugin></plugins></build>',
    ),
    'src/main/java/a/Main.java':
      'package a;\n@SpringBootApplication\npublic class Main { public static void main(String[] a) { SpringApplication.run(Main.class, a); } }\n',
    'src/main/resources/application.properties': `server.port=${port}\n`,
  }),
};

/** What is found, or why nothing is. */
async function portIn(files: Files): Promise<string> {
  try {
    return (await found('port', await projectOf(files)))[0];
  } catch (error) {
    if (error instanceof UserError) return `refused: ${error.message}`;
    throw error;
  }
}

describe('a port is a number from 1 to 65535', () => {
  test.each(NONE)('%s is none', (text) => expect(portOf(text)).toBeUndefined());
  test.each(['1', '8080', '65535'])('%s is one', (text) => expect(portOf(text)).toBe(Number(text)));
  test.each(Object.entries(PLACES))('%s', async (_, place) => {
    expect(await portIn(place('8123'))).toBe('8123');
    for (const text of NONE) {
      const port = await portIn(place(text));
      if (!port.startsWith('refused: ')) expect(`${text}: ${port}`).toMatch(/: (3000|5000|8000|8080|none)$/);
    }
  });
});
