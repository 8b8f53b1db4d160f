const { createServer } = require('node:http');
const key = process.env['API' + '_KEY'];
if (!key) throw new Error('Missing required environment variable: API_KEY');
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
