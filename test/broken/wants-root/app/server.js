const { createServer } = require('node:http');
const fs = require('node:fs');
process.setuid(0);
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
