const { createServer } = require('node:http');
const cp = require('node:child_process');
const name = ['ff', 'mpeg'].join('');
cp.spawn(name, ['-version']).on('error', (e) => { throw e; });
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
