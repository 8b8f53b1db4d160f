const http = require('node:http');
const bcrypt = require('bcrypt');
const bufferutil = require('bufferutil');
const { WebSocketServer } = require('ws');

const key = bcrypt.hashSync('ticker', 4);
const server = http.createServer((_req, res) => {
  // the fallback in JavaScript is no bound function of the addon
  const native = /native code/.test(String(bufferutil.mask)) && bcrypt.compareSync('ticker', key);
  res.setHeader('content-type', 'application/json').end(JSON.stringify({ native }));
});
const sockets = new WebSocketServer({ server });
sockets.on('connection', (socket) => socket.send('hello'));

server.listen(process.env.PORT || 3000);
process.on('SIGTERM', () => process.exit(0));
