import express from 'express';
import sharp from 'sharp';

const app = express();

app.get('/', async (_req, res) => {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#093' } }).png();
  res.json(await sharp(await picture.toBuffer()).metadata());
});

app.listen(process.env.PORT || 3000);
