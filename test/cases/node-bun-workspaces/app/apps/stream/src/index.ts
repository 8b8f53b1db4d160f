import { tracks } from '@radio/playlist';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (context) => context.json(tracks));

export default { port: Number(process.env.PORT ?? 3000), fetch: app.fetch };
