const { createServer } = require('node:http');
process.on('SIGTERM', () => console.log('no'));
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
