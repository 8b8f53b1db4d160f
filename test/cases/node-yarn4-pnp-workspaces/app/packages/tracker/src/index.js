import { distance } from '@fleet/geo';
import express from 'express';

const app = express();
app.get('/', (_request, response) => response.send(`${Math.round(distance() / 1000)} km`));
const server = app.listen(process.env.PORT || 3000);
process.on('SIGTERM', () => server.close());
