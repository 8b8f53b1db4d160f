import path from 'node:path';
import fastifyStatic from '@fastify/static';
import Fastify from 'fastify';

const server = Fastify({ logger: true });

server.register(fastifyStatic, {
  root: path.join(__dirname, '../public'),
});

server.get('/api', async () => ({ ok: true }));

server.listen({ port: 3001, host: '::' }).catch((error) => {
  server.log.error(error);
  process.exit(1);
});
