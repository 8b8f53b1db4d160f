import { expect, test } from 'vitest';
import { parseSockets } from '../../src/engine/sockets.ts';

const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const row = (address: string, state: string) =>
  `   0: ${address} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 65532        0 123 1\n`;

test.each([
  ['00000000:0BB8', { port: 3000, address: '0.0.0.0', local: false }],
  ['0100007F:1F90', { port: 8080, address: '127.0.0.1', local: true }],
  ['020011AC:1F90', { port: 8080, address: '172.17.0.2', local: false }],
  [`${'0'.repeat(32)}:1F90`, { port: 8080, address: '[::]', local: false }],
  ['00000000000000000000000001000000:1F90', { port: 8080, address: '[::1]', local: true }],
  ['0000000000000000FFFF00000100007F:1F90', { port: 8080, address: '[::ffff:127.0.0.1]', local: true }],
])('%s listens', (address, socket) => {
  expect(parseSockets(HEAD + row(address, '0A'))).toEqual([socket]);
});

test('connections, the engine’s name server and other text are none', () => {
  expect(parseSockets(HEAD + row('00000000:0BB8', '01') + row('0B00007F:A1B2', '0A'))).toEqual([]);
  expect(parseSockets('cat: /proc/net/tcp6: No such file or directory')).toEqual([]);
});

test('each once, by port', () => {
  const text = row('00000000:1F90', '0A') + row('00000000:0BB8', '0A') + row('00000000:1F90', '0A');
  expect(parseSockets(text).map(({ port }) => port)).toEqual([3000, 8080]);
});
