/** A port on which somebody listens, and for whom. */
export interface Socket {
  readonly port: number;
  /** As it is printed: `0.0.0.0`, `127.0.0.1`, `[::]`. */
  readonly address: string;
  /** Only the container itself reaches it. */
  readonly local: boolean;
}

/** Docker's own name server inside of a container. https://docs.docker.com/engine/network/#dns-services */
const RESOLVER = '127.0.0.11';

/**
 * The listening sockets of /proc/net/tcp and /proc/net/tcp6: hexadecimal, in the order of the machine's bytes, of which
 * every processor that containers run on has the small end first. State 0A is LISTEN.
 * https://docs.kernel.org/networking/proc_net_tcp.html
 */
export function parseSockets(text: string): readonly Socket[] {
  const found = new Map<string, Socket>();
  for (const line of text.split('\n')) {
    const [, address = '', port = '', state] =
      /^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+[0-9A-F:]+\s+([0-9A-F]{2})\b/.exec(line) ?? [];
    if (state !== '0A') continue;
    const shown = address.length === 8 ? ipv4(address) : ipv6(address);
    if (shown === RESOLVER) continue;
    const local = /^127\.|^\[::1\]$|^\[::ffff:127\./.test(shown);
    found.set(`${shown}:${port}`, { port: Number.parseInt(port, 16), address: shown, local });
  }
  return [...found.values()].sort((a, b) => a.port - b.port || (a.address < b.address ? -1 : 1));
}

function bytes(word: string): readonly number[] {
  return [...word.matchAll(/../g)].map(([byte]) => Number.parseInt(byte, 16)).reverse();
}

function ipv4(word: string): string {
  return bytes(word).join('.');
}

function ipv6(address: string): string {
  const words = [...address.matchAll(/.{8}/g)].map(([word]) => bytes(word));
  const all = words.flat();
  if (all.every((byte) => byte === 0)) return '[::]';
  if (all.slice(0, 15).every((byte) => byte === 0) && all[15] === 1) return '[::1]';
  const mapped = all.slice(0, 10).every((byte) => byte === 0) && all[10] === 255 && all[11] === 255;
  if (mapped) return `[::ffff:${all.slice(12).join('.')}]`;
  const groups = [0, 2, 4, 6, 8, 10, 12, 14].map((at) =>
    (((all[at] ?? 0) << 8) | (all[at + 1] ?? 0)).toString(16),
  );
  return `[${groups.join(':')}]`;
}
