const { readFileSync } = require('node:fs');
const { createServer } = require('node:http');
const page = readFileSync(`${process.cwd()}/${['page', 's'].join('')}/index.html`);
const server = createServer((request, response) => response.end(page)).listen(3000);
process.on('SIGTERM', () => server.close());
