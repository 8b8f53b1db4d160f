import type { LanguageId } from '../facts/language.ts';

/** A small project of a kind, of which a Dockerfile can be drawn without a disk. */
export interface Sample {
  readonly name: string;
  readonly language: LanguageId;
  readonly files: Readonly<Record<string, string>>;
}

const lock = (packages: object) => JSON.stringify({ name: 'sample', lockfileVersion: 3, packages });
const SERVER = "require('http').createServer((q, r) => r.end()).listen(process.env.PORT || 3000);\n";

/** One for each template, and for what changes its lines: what a standard is tried with. */
export const SAMPLES: readonly Sample[] = [
  {
    name: 'a server of Node.js',
    language: 'node',
    files: {
      'package.json': JSON.stringify({
        name: 'sample',
        scripts: { start: 'node server.js' },
        dependencies: { a: '1' },
      }),
      'package-lock.json': lock({ '': { dependencies: { a: '1' } }, 'node_modules/a': { version: '1.0.0' } }),
      'server.js': SERVER,
    },
  },
  {
    name: 'a server of Node.js that is built',
    language: 'node',
    files: {
      'package.json': JSON.stringify({
        name: 'sample',
        scripts: { build: 'tsc', start: 'node dist/server.js' },
        devDependencies: { typescript: '5' },
      }),
      'package-lock.json': lock({
        '': { devDependencies: { typescript: '5' } },
        'node_modules/typescript': { version: '5.9.3', dev: true },
      }),
      'tsconfig.json': '{ "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
      'src/server.ts': SERVER,
    },
  },
  {
    name: 'a site of Vite',
    language: 'node',
    files: {
      'package.json': JSON.stringify({
        name: 'sample',
        scripts: { build: 'vite build' },
        devDependencies: { vite: '7' },
      }),
      'package-lock.json': lock({
        '': { devDependencies: { vite: '7' } },
        'node_modules/vite': { version: '7.0.0', dev: true },
      }),
      'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
      'main.js': 'document.title = "a";\n',
    },
  },
  {
    name: 'a program of Go',
    language: 'go',
    files: {
      'go.mod': 'module example.com/sample\n\ngo 1.26\n',
      'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n',
    },
  },
  {
    name: 'a server of Python',
    language: 'python',
    files: {
      'requirements.txt': 'flask==3.1.0\n',
      'app.py':
        'from flask import Flask\n\napp = Flask(__name__)\n\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=8000)\n',
    },
  },
  {
    name: 'a server of Java, built by Maven',
    language: 'java',
    files: {
      'pom.xml':
        '<project><modelVersion>4.0.0</modelVersion><groupId>a</groupId><artifactId>a</artifactId><version>1</version><properties><maven.compiler.release>21</maven.compiler.release></properties></project>',
      'src/main/java/Main.java':
        'public class Main { public static void main(String[] a) throws Exception { com.sun.net.httpserver.HttpServer.create(new java.net.InetSocketAddress(8080), 0).start(); } }',
    },
  },
  {
    name: 'a program of C',
    language: 'c',
    files: {
      'CMakeLists.txt':
        'cmake_minimum_required(VERSION 3.20)\nproject(a C)\nadd_executable(a main.c)\ninstall(TARGETS a)\n',
      'main.c': 'int main(void) { return 0; }\n',
    },
  },
];
