const { createServer } = require('node:http');
setTimeout(() => createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000), 12000);
