import { note } from '@notes/schema';
import Fastify from 'fastify';

const app = Fastify({ logger: true });

app.get('/notes/:id', async (request) => note.parse({ ...(request.params as object), text: 'Buy milk' }));

process.once('SIGTERM', () => app.close());
await app.listen({ port: Number(process.env.PORT ?? 8080), host: process.env.HOST ?? '0.0.0.0' });
