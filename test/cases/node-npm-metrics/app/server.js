const { createServer } = require('node:http');
const { createSocket } = require('node:dgram');

const METRICS_PORT = 9100;
let requests = 0;
let packets = 0;

createServer((request, response) => response.end(`requests: ${++requests}\n`)).listen(process.env.PORT || 8080);
createServer((request, response) => response.end(`requests ${requests}\npackets ${packets}\n`)).listen(METRICS_PORT);
createSocket('udp4')
  .on('message', () => packets++)
  .bind(8125);
process.on('SIGTERM', () => process.exit(0));
