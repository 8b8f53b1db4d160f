const http = require('http');
const greeting = require('@acme/greeting');
const ms = require('ms');

http
  .createServer((req, res) => res.end(greeting(ms('1h') === 42 ? 'patched' : 'unpatched')))
  .listen(8080);
