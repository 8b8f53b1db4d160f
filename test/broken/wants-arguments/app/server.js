const { createServer } = require('node:http');
if (!process.argv[2]) { console.error('Usage: server.js <upstream>'); process.exit(2); }
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
