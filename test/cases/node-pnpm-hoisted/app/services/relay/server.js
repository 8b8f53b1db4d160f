import { serve } from '@hono/node-server';
import { render } from '@mail/template';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (context) => context.text(render('Hello {{name}}', { name: 'relay' })));
const server = serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
process.on('SIGTERM', () => server.close());
