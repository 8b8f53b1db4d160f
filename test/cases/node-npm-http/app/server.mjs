import http from 'node:http';
import ms from 'ms';

const { PORT = 8000, HOST = '127.0.0.1' } = process.env;

const server = http.createServer((req, res) => {
  res.setHeader('content-type', 'text/plain');
  res.end(`up for ${ms(Math.round(process.uptime() * 1000))}\n`);
});

server.listen(PORT, HOST, () => {
  console.log(`http://${HOST}:${PORT}`);
});
