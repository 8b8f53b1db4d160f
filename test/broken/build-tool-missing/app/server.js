const { createServer } = require('node:http');
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
