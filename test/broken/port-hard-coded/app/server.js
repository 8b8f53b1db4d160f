const { createServer } = require('node:http');
const where = JSON.parse('{"port": 7000}');
createServer((q, s) => s.end('ok')).listen(where['po' + 'rt']);
