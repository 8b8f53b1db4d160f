import closeWithGrace from 'close-with-grace';
import Fastify from 'fastify';

const fastify = Fastify({ logger: true });

fastify.get('/', async () => {
  return { hello: 'world' };
});

closeWithGrace(async () => {
  await fastify.close();
});

const port = Number(process.env.PORT) || 4000;
const host = process.env.HOST ?? '127.0.0.1';

await fastify.listen({ port, host });
