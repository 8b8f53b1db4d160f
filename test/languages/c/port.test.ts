import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { table } from '../../settings-table.ts';

const HEAD = '#include <arpa/inet.h>\n#include <stdlib.h>\n#include <unistd.h>\n';
/** A server by sockets: what stands before its main, and in it. */
const server = (main: string, before = '', more: Files = {}): Files => ({
  'server.c': `${HEAD}${before}int main(int argc, char **argv) {\n${main}\n  bind(s, (struct sockaddr *)&a, sizeof a); listen(s, 5); accept(s, 0, 0);\n}\n`,
  ...more,
});
const cpp = (text: string, more: Files = {}): Files => ({ 'server.cpp': text, ...more });

table('port', [
  [
    'a default before getopt',
    server(
      'int port = 8126; int c;\nwhile ((c = getopt(argc, argv, "p:")) != -1) if (c == \'p\') port = atoi(optarg);\na.sin_port = htons(port);',
    ),
    '8126',
  ],
  [
    'bytes in the order of the network are no port',
    server('a.sin_port = htons(8126); write_u16(&map[10], htons(0xFFFF));'),
    '8126',
  ],
  ['GNU’s short ternary', server('a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8126);'), '8126'],
  [
    'a member that another file sets',
    server('a.sin_port = htons(settings.port);', '#include "settings.h"\n', {
      'settings.h': 'struct settings { int port; };\nextern struct settings settings;\n',
      'settings.c':
        '#include "settings.h"\nstruct settings settings;\nvoid defaults(void) { settings.port = 11211; }\n',
    }),
    '11211',
  ],
  [
    'a helper in another file',
    {
      'main.c': 'int serve(int port);\nint main(void) { return serve(7070); }\n',
      'net.c': `${HEAD}int serve(int port) { struct sockaddr_in a = {.sin_port = htons(port)}; bind(0, 0, 0); return listen(0, 5); }\n`,
    },
    '7070',
  ],
  [
    'a macro in a header',
    server('a.sin_port = htons(SERVER_PORT);', '#include "config.h"\n', {
      'config.h': '#define SERVER_PORT 9100\n',
    }),
    '9100',
  ],
  [
    'a helper that resolves for who listens and for who connects',
    {
      'server.c':
        'int resolve(const char *host, unsigned short port, struct addrinfo **to) {\n  struct addrinfo hints = {.ai_flags = AI_PASSIVE};\n  char service[8];\n  snprintf(service, sizeof service, "%u", port);\n  return getaddrinfo(host, service, &hints, to);\n}\nint setup(const char *host, unsigned short port) {\n  struct addrinfo *a;\n  resolve(host, port, &a);\n  bind(0, a->ai_addr, a->ai_addrlen);\n  return listen(0, 5);\n}\nint forward(char *name, int port) {\n  struct addrinfo *a;\n  resolve(name, port, &a);\n  return connect(0, a->ai_addr, a->ai_addrlen);\n}\n',
      'main.c':
        'int main(int argc, char **argv) {\n  unsigned port = 1080;\n  int c;\n  while ((c = getopt(argc, argv, "p:")) != -1) if (c == \'p\') port = atoi(optarg);\n  return setup("0.0.0.0", port);\n}\n',
    },
    '1080',
  ],
  [
    'an argument by ARGBEGIN',
    server(
      'char *port = "6010"; ARGBEGIN { case \'p\': port = EARGF(usage()); } ARGEND\na.sin_port = htons(atoi(port));',
    ),
    '6010',
  ],
  ['a call in a comment is none', server('/* htons(1111) */ a.sin_port = htons(9000);'), '9000'],
  ['a call in a text is none', server('puts("sin_port = htons(1111)"); a.sin_port = htons(9000);'), '9000'],
  [
    'a port of another member',
    server(
      'a.sin_port = htons(web.port);',
      'struct end { int port; };\nstatic struct end cache = {.port = 6379}, web = {.port = 4040};\n',
    ),
    '4040',
  ],
  [
    'who connects names a port of another',
    server(
      'a.sin_port = htons(9000);',
      'static void ask(void) { struct sockaddr_in b = {.sin_port = htons(5432)}; connect(1, (void *)&b, 8); }\n',
    ),
    '9000',
  ],
  [
    'no port is over 65535',
    server('a.sin_port = htons(70000);'),
    new Error('server.c:5 listens on a port that cannot be read from the source.'),
  ],
  ['the last one is 65535', server('a.sin_port = htons(65535);'), '65535'],
  [
    'gRPC, by a text that is made',
    cpp(
      '#include <grpcpp/grpcpp.h>\nint main() {\n  std::string where("0.0.0.0:50052");\n  builder.AddListeningPort(where, creds);\n}\n',
    ),
    '50052',
  ],
  [
    'µWebSockets, before what is called',
    cpp('#include "App.h"\nint main() { uWS::App().get("/", f).listen(9001, [](auto *t) {}).run(); }\n'),
    '9001',
  ],
  [
    'websocketpp',
    cpp(
      '#include <websocketpp/server.hpp>\nint main() { server s; s.listen(9002); s.start_accept(); s.run(); }\n',
    ),
    '9002',
  ],
  [
    'C++ REST SDK, in an address',
    cpp(
      '#include <cpprest/http_listener.h>\nint main() { http_listener listener("http://0.0.0.0:34568/api"); listener.open().wait(); }\n',
    ),
    '34568',
  ],
  [
    'Pistache',
    cpp(
      '#include <pistache/endpoint.h>\nusing namespace Pistache;\nint main() { Address addr(Ipv4::any(), Port(9080)); Http::Endpoint server(addr); server.serve(); }\n',
    ),
    '9080',
  ],
  [
    'Qt',
    cpp('#include <QTcpServer>\nint main() { QTcpServer server; server.listen(QHostAddress::Any, 4000); }\n'),
    '4000',
  ],
  [
    'ulfius',
    {
      'server.c':
        '#include <ulfius.h>\n#define PORT 8537\nint main(void) { struct _u_instance i; ulfius_init_instance(&i, PORT, NULL, NULL); ulfius_start_framework(&i); }\n',
    },
    '8537',
  ],
  [
    'an endpoint that is resolved is asked',
    cpp(
      '#include <asio.hpp>\nint main() {\n  tcp::acceptor acceptor(io);\n  auto end = *resolver.resolve("0.0.0.0", read(f)).begin();\n  acceptor.open(end.protocol()); acceptor.bind(end); acceptor.listen(); acceptor.accept();\n}\n',
    ),
    new Error('server.cpp:5 begins a server'),
  ],
  [
    'a flag of gflags',
    cpp(
      '#include <gflags/gflags.h>\nDEFINE_int32(port, 8500, "the port");\nint main() { httplib::Server s; s.listen("0.0.0.0", FLAGS_port); }\n',
    ),
    '8500',
  ],
  [
    'an option of cxxopts',
    cpp(
      'int main(int argc, char **argv) {\n  options.add_options()("p,port", "the port", cxxopts::value<int>()->default_value("8600"))("d,db", "x", cxxopts::value<int>()->default_value("5432"));\n  httplib::Server s; s.listen("0.0.0.0", result["port"].as<int>());\n}\n',
    ),
    '8600',
  ],
  [
    'a configuration that ships says it',
    server('int port = 0; read_config(&port); a.sin_port = htons(port);', '', {
      'etc/app.conf': '# the service\nPort 8888\nTimeout 600\n',
    }),
    '8888',
    'etc/app.conf:2',
  ],
  [
    'two configurations that contradict each other are asked',
    server('int port = 0; read_config(&port); a.sin_port = htons(port);', '', {
      'etc/a.conf': 'Port 8888\n',
      'etc/b.conf': 'Port 9999\n',
    }),
    new Error('The port could be 8888 (etc/a.conf:1) or 9999 (etc/b.conf:1).'),
  ],
  [
    'a configuration that the program names before others',
    server('int port = 0; read_config("a.conf", &port); a.sin_port = htons(port);', '', {
      'etc/a.conf': 'Port 8888\n',
      'etc/b.conf': 'Port 9999\n',
    }),
    '8888',
    'etc/a.conf:1',
  ],
  [
    'what the program calls its default',
    server('a.sin_port = htons(config.port);', '#define DEFAULT_PORT 2222\nextern struct config config;\n'),
    '2222',
    'server.c:4',
  ],
  [
    '.env says it before the program',
    server('const char *p = getenv("PORT"); a.sin_port = htons(p ? atoi(p) : 8080);', '', {
      '.env': 'PORT=9000\n',
    }),
    '9000',
    '.env → PORT',
  ],
  [
    '.env.example says it where the program does not',
    server('a.sin_port = htons(atoi(getenv("PORT")));', '', { '.env.example': 'PORT=9000\n' }),
    '9000',
    '.env.example → PORT',
  ],
  [
    'two branches of the preprocessor are asked',
    server(
      'a.sin_port = htons(PORT);',
      '#ifdef DEBUG\n#define PORT 8081\n#else\n#define PORT 8082\n#endif\n',
    ),
    new Error('The port could be 8081'),
  ],
  [
    'UDP alone is no TCP port',
    {
      'server.c': `${HEAD}int main(void) { int s = socket(AF_INET, SOCK_DGRAM, 0); struct sockaddr_in a = {.sin_port = htons(5353)}; bind(s, (void *)&a, sizeof a); recvfrom(s, 0, 0, 0, 0, 0); }\n`,
    },
    'none',
  ],
  [
    'a server that no row knows is asked',
    { 'server.c': `${HEAD}int main(void) { int s = tcp_socket(); listen(s, 5); accept(s, 0, 0); }\n` },
    new Error('server.c:4 begins a server, but no port is seen in the source.'),
  ],
  [
    'what a port of text is made of is not guessed',
    server('char p[9]; read(0, p, 9); a.sin_port = htons(atoi(p));'),
    new Error('cannot be read from the source'),
  ],
]);

const notes = async (files: Files, given = {}) => {
  const plan = await planned(await projectOf(files, 'app'), 'slim', given);
  return plan.notes.filter((note) => note.level === 'warning').map((note) => note.text);
};

describe('what is warned of', () => {
  const bound = (address: string) => server(`a.sin_port = htons(8080);\n  ${address}`);
  test.each<[string, Files, string]>([
    ['a loopback by its name', bound('a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);'), 'server.c:5'],
    ['a loopback as a text', bound('inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);'), 'server.c:5'],
    ['a loopback by inet_addr', bound('a.sin_addr.s_addr = inet_addr("127.0.0.1");'), 'server.c:5'],
    [
      'a text that is kept in another file, behind a header',
      {
        ...bound('inet_aton(listenAddress->string, &a.sin_addr);'),
        'config.h': 'extern AtomPtr listenAddress;\n',
        'config.c':
          'AtomPtr listenAddress = NULL;\nvoid preset(void) { listenAddress = internAtom("127.0.0.1"); }\n',
      },
      'server.c:5',
    ],
    [
      'a host before the port',
      cpp('int main() { httplib::Server s; s.listen("localhost", 8080); }\n'),
      'server.cpp:1',
    ],
  ])('%s', async (_, files, at) => {
    expect(await notes(files)).toEqual([
      `${at} listens on localhost only, which nobody outside the container can reach.`,
    ]);
  });
  test('an address for everybody is not', async () => {
    expect(await notes(bound('a.sin_addr.s_addr = htonl(INADDR_ANY);'))).toEqual([]);
  });
  test('a variable takes a loopback back', async () => {
    const files = bound(
      'const char *h = getenv("HOST"); inet_pton(AF_INET, h ? h : "127.0.0.1", &a.sin_addr);',
    );
    expect(await notes(files)).toEqual([]);
    const plan = await planned(await projectOf(files, 'app'), 'slim');
    expect(plan.env).toContainEqual({ name: 'HOST', value: '0.0.0.0' });
  });
  test('a fixed port, where another is typed', async () => {
    expect(await notes(server('a.sin_port = htons(8080);'), { port: '9999' })).toEqual([
      'server.c:5 listens on 8080, whatever --port says.',
    ]);
  });
  test.each<[string, string]>([
    ['the variable carries it', 'const char *p = getenv("PORT"); a.sin_port = htons(p ? atoi(p) : 8080);'],
    ['an argument may say it', 'a.sin_port = htons(argc > 1 ? atoi(argv[1]) : 8080);'],
  ])('not where %s', async (_, main) => expect(await notes(server(main), { port: '9999' })).toEqual([]));
});

describe('the system’s name in conditions of CMake', () => {
  const files = (condition: string): Files => ({
    'CMakeLists.txt': `project(app C)\nif(${condition})\n  add_executable(ours main.c)\nelse()\n  add_executable(theirs main.c)\nendif()\n`,
    'main.c': 'int main(void) { return 0; }\n',
  });
  table('main', [
    ['MATCHES', files('CMAKE_SYSTEM_NAME MATCHES "Linux"'), 'ours'],
    ['MATCHES, expanded', files('${CMAKE_SYSTEM_NAME} MATCHES "^(Linux|FreeBSD)$"'), 'ours'],
    ['MATCHES another', files('CMAKE_SYSTEM_NAME MATCHES "Darwin"'), 'theirs'],
    ['STREQUAL another', files('CMAKE_SYSTEM_NAME STREQUAL "Windows"'), 'theirs'],
    ['NOT', files('NOT CMAKE_HOST_SYSTEM_NAME MATCHES "Linux"'), 'theirs'],
  ]);
});

test('sources that are downloaded while it is configured are told', async () => {
  const files: Files = {
    'CMakeLists.txt':
      'project(app C)\ninclude(FetchContent)\nFetchContent_Declare(acme GIT_REPOSITORY https://example.com/acme.git)\nadd_executable(app main.c)\n',
    'main.c': 'int main(void) { return 0; }\n',
  };
  expect(await notes(files)).toEqual([
    'CMakeLists.txt:3 downloads sources while it is configured, so a build needs the network and may get others each time.',
  ]);
  const plan = await planned(await projectOf(files, 'app'), 'slim');
  expect((plan.app as { packages: { apt: readonly string[] } }).packages.apt).toEqual(
    expect.arrayContaining(['ca-certificates', 'git']),
  );
});

test('what is served by UDP is exposed, alone and beside connections', async () => {
  const datagrams =
    'void hear(void) { int s = socket(AF_INET, SOCK_DGRAM, 0); struct sockaddr_in a = {.sin_port = htons(8125)}; bind(s, (void *)&a, sizeof a); recvfrom(s, 0, 0, 0, 0, 0); }\n';
  const alone = { 'server.c': `${HEAD}${datagrams}int main(void) { hear(); }\n` };
  const both = {
    'hear.c': HEAD + datagrams,
    'server.c': `${HEAD}void hear(void);\nint main(void) { hear(); int s = socket(AF_INET, SOCK_STREAM, 0); struct sockaddr_in a = {.sin_port = htons(8126)}; bind(s, (void *)&a, sizeof a); listen(s, 5); }\n`,
  };
  const exposed = async (files: Files) => {
    const { port, also } = await planned(await projectOf(files, 'app'), 'slim');
    return [port, also];
  };
  expect(await exposed(alone)).toEqual([undefined, ['8125/udp']]);
  expect(await exposed(both)).toEqual([8126, ['8125/udp']]);
});
