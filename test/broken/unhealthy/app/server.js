const { createServer } = require('node:http');
createServer((q, s) => { s.statusCode = 500; s.end('no'); }).listen(process.env.PORT || 3000);
