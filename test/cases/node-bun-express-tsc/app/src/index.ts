import express from 'express';
import { greeting } from './greeting.js';

const app = express();

app.get('/', (_request, response) => {
  response.send(greeting('Bun'));
});

const port = Number.parseInt(process.env.PORT ?? '3000', 10);
app.listen(port, '0.0.0.0');
