import { fileURLToPath } from 'node:url';
import express from 'express';

const app = express();
const client = fileURLToPath(new URL('../client', import.meta.url));

app.get('/api/votes', (_, response) => response.json({ yes: 3, no: 1 }));
app.use(express.static(client));
app.use((_, response) => response.sendFile('index.html', { root: client }));

const server = app.listen(Number(process.env.PORT ?? 8000));
process.on('SIGTERM', () => server.close());
