const { createServer } = require('node:http');
const net = require('node:net');
net.connect(5432, '127.0.0.1').on('error', (e) => { throw e; });
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
