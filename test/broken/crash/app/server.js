const { createServer } = require('node:http');
setTimeout(() => null.x, 10);
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
