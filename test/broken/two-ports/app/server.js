const { createServer } = require('node:http');
for (const p of [7000, 7001]) setTimeout((n) => createServer((q, s) => s.end('ok')).listen(n), 1, p);
