const { createServer } = require('node:http');
require(['left', 'pad'].join('-'));
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
