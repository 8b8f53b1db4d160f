import { size } from '@gallery/thumbs';
import { greeting } from '@gallery/words';
import express from 'express';

const app = express();
app.get('/', (_request, response) => {
  response.send(`${greeting}: ${size}`);
});
app.listen(Number(process.env.PORT) || 5000);
