import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { boot, dependency, MAIN, plugin, pom } from './projects.ts';

const configured = (file: string, text: string): Files =>
  boot('3.5.7', { files: { [`src/main/resources/${file}`]: text } });
const properties = (text: string) => configured('application.properties', text);
const plain = (body: string, imports = ''): Files => ({
  'src/Main.java': `import java.io.*;\nimport java.nio.file.*;\n${imports}\npublic class Main {\n  public static void main(String[] args) throws Exception {\n${body}\n  }\n}\n`,
});

/** What an image keeps: its volumes, the variables that point there, and the links. */
async function keptBy(files: Files) {
  const { volumes = [], env, links } = await planned(await projectOf(files), 'slim');
  return {
    volumes,
    env: env.filter(({ value }) => value.includes('/data')).map(({ name, value }) => `${name}=${value}`),
    links: links?.commands.filter((command) => command.startsWith('ln')) ?? [],
  };
}

test('a method of the program is none of the library', async () => {
  const files = plain(
    '    copy(args[0], "files", "x");\n    Files.createDirectories(Path.of("made"));\n  }\n  static void copy(String to, String from, String name) {',
  );
  expect(await keptBy(files)).toEqual({ volumes: ['/app/made'], env: [], links: [] });
});

describe('a database in files', () => {
  test.each<[what: string, files: Files, volumes: readonly string[], env: readonly string[]]>([
    [
      'H2 by Spring’s configuration goes where its variable says',
      properties('spring.datasource.url=jdbc:h2:file:./data/shop;MODE=MySQL\n'),
      ['/data'],
      ['SPRING_DATASOURCE_URL="jdbc:h2:file:/data/shop;MODE=MySQL"'],
    ],
    [
      'the variable that its owner named',
      configured('application.yml', 'spring:\n  datasource:\n    url: ${DB_URL:jdbc:sqlite:shop.db}\n'),
      ['/data'],
      ['DB_URL=jdbc:sqlite:/data/shop.db'],
    ],
    [
      'in the home of its user',
      properties('spring.datasource.url=jdbc:h2:~/test\n'),
      ['/data'],
      ['SPRING_DATASOURCE_URL=jdbc:h2:/data/test'],
    ],
    ['in memory', properties('spring.datasource.url=jdbc:h2:mem:shop\n'), [], []],
    ['SQLite in memory', plain('    java.sql.DriverManager.getConnection("jdbc:sqlite::memory:");'), [], []],
    [
      'by an absolute path',
      properties('spring.datasource.url=jdbc:sqlite:/var/shop/shop.db\n'),
      ['/var/shop'],
      [],
    ],
    ['a server', properties('spring.datasource.url=jdbc:postgresql://db/shop\n'), [], []],
    [
      'a variable of which nothing is known',
      plain('    java.sql.DriverManager.getConnection(System.getenv("DB_URL"));'),
      [],
      [],
    ],
    [
      'a folder of its own in the code',
      plain('    java.sql.DriverManager.getConnection("jdbc:h2:./db/shop");'),
      ['/app/db'],
      [],
    ],
    [
      'RocksDB’s folder',
      plain('    org.rocksdb.RocksDB.open(new org.rocksdb.Options(), "store");'),
      ['/app/store'],
      [],
    ],
  ])('%s', async (_, files, volumes, env) => {
    expect(await keptBy(files)).toMatchObject({ volumes, env });
  });
  test('a file beside the program is a link into the volume', async () => {
    const kept = await keptBy(plain('    java.sql.DriverManager.getConnection("jdbc:sqlite:shop.db");'));
    expect(kept).toEqual({ volumes: ['/data'], env: [], links: ['ln -s /data/shop.db /links/app/shop.db'] });
  });
});

describe('uploads, logs and files', () => {
  test.each<[what: string, files: Files, volumes: readonly string[]]>([
    ['a folder that is made', plain('    Files.createDirectories(Path.of("uploads"));'), ['/app/uploads']],
    ['by its File', plain('    new File("uploads/images").mkdirs();'), ['/app/uploads/images']],
    ['a File that is only asked', plain('    new File("uploads").exists();'), []],
    [
      'joined from parts',
      plain('    Path root = Paths.get("var", "spool");\n    Files.createDirectories(root);'),
      ['/app/var/spool'],
    ],
    [
      'below the folder for what goes away',
      plain('    new FileWriter(System.getProperty("java.io.tmpdir") + "/x");'),
      [],
    ],
    ['a comment', plain('    // new FileWriter("out/x.txt");'), []],
    ['a key of its own', properties('app.upload-dir=uploads\n'), ['/data']],
    ['a log of Spring', properties('logging.file.name=logs/app.log\n'), ['/data']],
    [
      'a log of Logback',
      configured(
        'logback-spring.xml',
        '<configuration><property name="DIR" value="logs"/><appender><file>${DIR}/app.log</file></appender></configuration>',
      ),
      ['/app/logs'],
    ],
    [
      'one in a comment',
      configured('logback.xml', '<configuration><!-- <file>logs/app.log</file> --></configuration>'),
      [],
    ],
    [
      'one that a variable moves',
      configured('logback.xml', '<configuration><file>${LOG_DIR:-logs}/app.log</file></configuration>'),
      ['/data'],
    ],
  ])('%s', async (_, files, volumes) => {
    expect((await keptBy(files)).volumes).toEqual(volumes);
  });
  test('a log beside the program is told, for it is renamed', async () => {
    const files = configured('logback.xml', '<configuration><file>app.log</file></configuration>');
    const { notes } = await planned(await projectOf(files), 'slim');
    expect(notes.map(({ text }) => text)).toContain(
      'src/main/resources/logback.xml:1 writes a log to /app/app.log, which is not its own in the image.',
    );
  });
});

test('libraries that only the compiler or a server has bring no module and refuse no target', async () => {
  const files = (scope: string): Files => ({
    'pom.xml': pom(
      `<dependencies>${dependency('org.apache.tomcat:annotations-api:6.0.53', `<scope>${scope}</scope>`)}${dependency('org.openjfx:javafx-base:21', `<scope>${scope}</scope>`)}</dependencies><build><plugins>${plugin('org.apache.maven.plugins:maven-compiler-plugin', '<configuration><release>21</release></configuration>')}</plugins></build>`,
    ),
    ...MAIN,
  });
  const modules = async (scope: string) =>
    ((await planned(await projectOf(files(scope)), 'scratch')).app as { link: { modules: string } }).link
      .modules;
  expect(await modules('provided')).not.toContain('java.rmi');
  expect(await modules('compile')).toContain('java.rmi');
  await expect(planned(await projectOf(files('provided')), 'alpine')).resolves.toBeDefined();
  await expect(planned(await projectOf(files('compile')), 'alpine')).rejects.toThrow('glibc alone');
});
