const { createServer } = require('node:http');
const where = ['127', '0', '0', '1'].join('.');
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000, where);
