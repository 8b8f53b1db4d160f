import { createServer } from 'node:http';

const port = Number(process.env.PORT ?? 3000);

const server = createServer((request, response) => {
  const healthy = request.url === '/healthz';
  response.writeHead(200, { 'content-type': 'text/plain' });
  response.end(healthy ? 'ok\n' : 'Hello from my-service\n');
});

server.listen(port, () => console.log(`my-service listens on ${port}`));

// docker stop sends SIGTERM: finish what is being answered, then go
process.on('SIGTERM', () => server.close());
