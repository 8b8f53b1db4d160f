import { products } from '@shop/catalog';
import express from 'express';

const app = express();
app.get('/products', (_request, response) => {
  response.json(products());
});
app.get('/healthz', (_request, response) => {
  response.send('ok');
});
const server = app.listen(process.env.PORT ?? 3000);
process.on('SIGTERM', () => server.close());
