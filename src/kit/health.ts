import type { Health } from '../plan/plan.ts';
import type { TargetId } from '../plan/targets.ts';

/** What a check asks, and on which port. */
export interface Asked {
  /** A path of HTTP, `tcp` for a port that only has to take a connection, or `none`. */
  readonly health: string;
  readonly port: number;
  /** The variable of the image that holds the port: the check follows it when the container is started with another. */
  readonly variable?: string | undefined;
}

/** A program of the image that runs a line of code; `probe` is compiled by the build stage and does nothing else. */
export interface Interpreter {
  readonly is: 'node' | 'python' | 'java' | 'probe';
  readonly program: string;
}

/** Where the build stage puts the probe. */
export const PROBE = '/usr/local/bin/health';

/**
 * A health check in exec form. It asks the same in every language: any status below 500 is healthy, for a redirect, a 401
 * or a 404 comes from a server that works. Where there is a shell, that asks, for it starts in a millisecond and needs
 * nothing; elsewhere the program's own runtime does, or a probe.
 */
export function check(target: TargetId, asked: Asked, by: Interpreter): Health | undefined {
  if (asked.health === 'none') return undefined;
  const shell = SHELLS[target];
  const { asks, command } = shell ?? INTERPRETERS[by.is](by.program);
  const what =
    asked.health === 'tcp' ? 'a port that takes a connection is healthy' : 'any status below 500 is healthy';
  return { asks: `${what}; ${asks}`, command: command(asked) };
}

interface Asker {
  /** The end of the comment over the check. */
  readonly asks: string;
  readonly command: (asked: Asked) => readonly string[];
}

/** What is asked of a server by hand. HTTP/1.1, for some servers answer nothing else; `%` begins a directive of printf. */
const request = (path: string) =>
  `GET ${plain(path).replaceAll('%', '%%')} HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n`;
const number = ({ port, variable }: Asked) => (variable === undefined ? String(port) : `$${variable}`);

const SHELLS: { readonly [Id in TargetId]?: Asker } = {
  // BusyBox's wget fails on a 4xx and follows redirects to other hosts, so its nc hands the connection to a shell. `-e` and
  // its words come last: https://git.busybox.net/busybox/tree/networking/nc_bloaty.c
  alpine: {
    asks: 'BusyBox asks, so nothing is installed for it',
    command: (asked) => {
      const ask = `printf "${request(asked.health)}" && read -r _ status _ && [ "$status" -lt 500 ]`;
      const run = asked.health === 'tcp' ? 'true' : `sh -c '${ask}'`;
      return ['sh', '-c', `busybox nc 127.0.0.1 ${number(asked)} -e ${run}`];
    },
  },
  // https://www.gnu.org/software/bash/manual/bash.html#Redirections
  slim: {
    asks: 'bash opens connections by itself, so no curl is installed',
    command: (asked) => {
      const open = `exec 3<>/dev/tcp/127.0.0.1/${number(asked)}`;
      const ask = `printf '${request(asked.health)}' >&3 && read -r _ status _ <&3 && [ "$status" -lt 500 ]`;
      return ['bash', '-c', asked.health === 'tcp' ? open : `${open} && ${ask}`];
    },
  },
};

const INTERPRETERS: { readonly [Is in Interpreter['is']]: (program: string) => Asker } = {
  node: (program) => ({
    asks: 'the runtime asks, for there is no shell',
    command: ({ health, port, variable }) => {
      const number = variable === undefined ? String(port) : `process.env.${variable}`;
      const base = variable === undefined ? `'http://127.0.0.1:${port}` : `'http://127.0.0.1:'+${number}+'`;
      return [
        program,
        '-e',
        health === 'tcp'
          ? `require('node:net').connect(${number},'127.0.0.1').on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))`
          : `fetch(${base}${plain(health)}',{redirect:'manual'}).then(r=>process.exit(r.status<500?0:1),()=>process.exit(1))`,
      ];
    },
  }),
  python: (program) => ({
    asks: 'the runtime asks, for there is no shell',
    command: ({ health, port, variable }) => {
      const number = variable === undefined ? String(port) : `int(os.environ['${variable}'])`;
      const modules = variable === undefined ? '' : 'os,';
      return [
        program,
        '-c',
        health === 'tcp'
          ? `import ${modules}socket;socket.create_connection(('127.0.0.1',${number}),4)`
          : `import ${modules}http.client as h;c=h.HTTPConnection('127.0.0.1',${number},timeout=4);c.request('GET','${plain(health)}');raise SystemExit(c.getresponse().status>499)`,
      ];
    },
  }),
  // a class that the build compiles to /health; what one request needs of a JVM is little
  java: (program) => ({
    asks: 'a class asks, run by the same runtime with a small heap of its own',
    command: ({ health, port, variable }) => [
      ...[program, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx8m', '-cp', '/health', 'Health'],
      variable ?? String(port),
      ...(health === 'tcp' ? [] : [plain(health)]),
    ],
  }),
  probe: (program) => ({
    asks: 'a small program asks, for there is no shell',
    command: ({ health, port, variable }) => [
      program,
      variable ?? String(port),
      ...(health === 'tcp' ? [] : [plain(health)]),
    ],
  }),
};

/** A path that means nothing to a shell, to printf or to a string of any language. */
function plain(path: string): string {
  const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return path.replace(/[^\w./~%-]/gu, (one) => [...Buffer.from(one)].map(hex).join(''));
}
