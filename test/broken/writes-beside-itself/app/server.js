const { createServer } = require('node:http');
const fs = require('node:fs');
const d = ['/app', 'data'].join('/');
fs.mkdirSync(d, { recursive: true });
fs.writeFileSync(d + '/state.json', '{}');
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
