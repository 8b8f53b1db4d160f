import { log } from '@desk/log';
import { open } from '@desk/tickets';
import Fastify from 'fastify';
import { NAME } from './generated.js';

const app = Fastify();
app.get('/', async () => ({ name: NAME, open: open() }));
process.on('SIGTERM', () => app.close());
await app.listen({ port: Number(process.env.PORT ?? 3001), host: '0.0.0.0' });
log(`${NAME} is up`);
