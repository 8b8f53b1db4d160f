import argon2 from 'argon2';
import express from 'express';

const app = express();

app.get('/', async (_req, res) => {
  const hash = await argon2.hash('correct horse', { memoryCost: 8192 });
  res.json({ verified: await argon2.verify(hash, 'correct horse') });
});

app.listen(process.env.PORT || 3000);
