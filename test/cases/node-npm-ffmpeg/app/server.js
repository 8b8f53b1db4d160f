const express = require('express');
const ffmpeg = require('fluent-ffmpeg');

const app = express();
app.get('/', (_req, res) => res.send('ready'));

app.get('/tone', (_req, res) => {
  ffmpeg()
    .input('sine=frequency=440:duration=1')
    .inputFormat('lavfi')
    .format('ogg')
    .on('error', (error) => res.status(500).end(error.message))
    .pipe(res, { end: true });
});

app.listen(process.env.PORT || 3000);
