const express = require('express');
const Keyv = require('keyv');

const app = express();
const notes = new Keyv(process.env.STORE || 'sqlite:///tmp/notes.sqlite');

app.get('/notes', async (_req, res) => {
  await notes.set('first', { text: 'first' });
  res.json(await notes.get('first'));
});

app.listen(process.env.PORT || 8080, () => console.log('listening'));
