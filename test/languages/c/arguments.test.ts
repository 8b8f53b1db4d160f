import { describe } from 'vitest';
import type { Files } from '../../planned.ts';
import { table } from '../../settings-table.ts';

const SERVE = '  struct sockaddr_in a = {.sin_port = htons(8080)}; bind(s, (void *)&a, 16); listen(s, 5);\n';
const server = (main: string, before = ''): Files => ({
  'server.c': `#include <netinet/in.h>\n${before}int main(int argc, char **argv) {\n${main}\n${SERVE}}\n`,
});
const OPTIONS = '  int c; while ((c = getopt(argc, argv, "fd")) != -1) switch (c) {\n';

table('args', [
  ['a server that takes none', server(''), 'none', 'it needs none'],
  [
    'a program that runs to its end is given them when it runs',
    { 'tool.c': 'int main(int argc, char **argv) { if (argc < 2) return 1; return 0; }\n' },
    'none',
  ],
  [
    'a usage',
    server('  if (argc < 2) { fprintf(stderr, "usage: %s <folder>\\n", argv[0]); return 1; }'),
    new Error('server.c:3 ends the program when it is given no arguments (usage: <folder>). Say it: --args'),
  ],
  [
    'a usage of its own function',
    server('  if (argc != 3) usage(argv[0]);'),
    new Error('server.c:3 ends the program when it is given no arguments.'),
  ],
  [
    'a file that getopt must leave',
    server(`${OPTIONS}  }\n  if (optind + 1 != argc) { fprintf(stderr, "no configuration"); exit(1); }`),
    new Error('server.c:5 ends the program when it is given no arguments.'),
  ],
  ['more than getopt takes', server(`${OPTIONS}  }\n  if (optind != argc) { usage(); }`), 'none'],
  ['a default when there are none', server('  if (argc < 2) { folder = "/srv"; }'), 'none'],
  [
    'a program that goes to the background',
    server('  daemon(0, 0);'),
    new Error('server.c:3 goes to the background, and a container ends with its first process.'),
  ],
  [
    'unless an option says otherwise',
    server(
      `${OPTIONS}    case 'f': foreground = 1; break;\n  }\n  if (!foreground) daemon(0, 0);`,
      'static int foreground = 0;\n',
    ),
    '-f',
    'server.c:7 goes to the background without it',
  ],
  [
    'by a variable that is on',
    server(
      `${OPTIONS}    case 'n': detach = 0; break;\n  }\n  if (detach) daemonize();`,
      'static int detach = 1;\nvoid daemonize(void);\n',
    ),
    '-n',
  ],
  [
    'by what its usage says',
    server(
      '  if (opts.detach) { daemon(0, 0); }',
      'static const char *help = "  -D      do not detach\\n";\n',
    ),
    '-D',
  ],
  [
    'only where an option asks for it',
    server(
      `${OPTIONS}    case 'd': background = 1; break;\n  }\n  if (background) daemon(0, 0);`,
      'static int background;\n',
    ),
    'none',
  ],
  [
    'a word that an option lacks is of that option',
    server('  while (argc > 1) { if (argc <= 2) { usage(argv[0]); } argc--; }'),
    'none',
  ],
  [
    'the words of a line of a configuration are none of the command line',
    server(
      '  load("app.conf");',
      'int limit(int argc, char **argv) { if (argc < 2) return -1; return 0; }\n',
    ),
    'none',
  ],
  [
    'a configuration that only an option gives',
    server(
      `  char *conf = NULL;\n${OPTIONS}    case 'f': conf = optarg; break;\n  }\n  if (conf == NULL) { fprintf(stderr, "Usage:\\n" "  server -f file\\n"); exit(1); }`,
    ),
    new Error(
      'server.c:7 ends the program when it is given no arguments (Usage: server -f file). Say it: --args',
    ),
  ],
  [
    'one that has a default',
    server(
      `  char *conf = "app.conf";\n${OPTIONS}    case 'f': conf = optarg; break;\n  }\n  if (conf == NULL) exit(1);`,
    ),
    'none',
  ],
  [
    'the usage of a file’s own test is none of the program',
    {
      ...server(''),
      'parse.c': '#ifdef PARSE_TEST\nint main(int argc, char **argv) { if (argc < 2) return 1; }\n#endif\n',
    },
    'none',
  ],
  [
    'a fork of which the first process ends',
    server('  if (fork() > 0) exit(0);\n  setsid();'),
    new Error('server.c:3 goes to the background'),
  ],
  [
    'unless a member says otherwise, which a long option sets',
    server(
      '  if (!cfg.foreground) {\n    if (cfg.verbose) puts("to the background");\n    if (fork() > 0) exit(0);\n  }',
      'struct { int foreground; int verbose; } cfg;\nstruct option all[] = {{"foreground", no_argument, 0, 1}};\n',
    ),
    '--foreground',
  ],
  ['in the branch of an option', server(`${OPTIONS}    case 'd': daemonize(); break;\n  }`), 'none'],
  [
    'in the other branch',
    server('  if (stay) { puts("here"); } else { daemon(0, 0); }', 'static int stay = 1;\n'),
    'none',
  ],
  ['a comment goes nowhere', server('  /* daemon(0, 0); */'), 'none'],
]);

describe('what is typed', () => {
  table(
    'port',
    [
      [
        'a number is the word that the port is taken from',
        {
          'server.c':
            '#include <netinet/in.h>\nint main(int argc, char **argv) {\n  struct sockaddr_in a = {.sin_port = htons(atoi(argv[1]))}; bind(s, (void *)&a, 16); listen(s, 5);\n}\n',
        },
        '9090',
        '--args',
      ],
    ],
    { args: '9090' },
  );
});
