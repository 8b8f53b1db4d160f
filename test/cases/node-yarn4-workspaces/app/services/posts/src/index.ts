import { slug } from '@forum/shared';
import Fastify from 'fastify';

const app = Fastify();
app.get('/', async () => slug('Hello Forum World'));
app.listen({ port: Number(process.env.PORT || 3000), host: '0.0.0.0' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => app.close());
