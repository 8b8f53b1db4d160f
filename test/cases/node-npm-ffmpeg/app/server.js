const { Readable } = require('node:stream');
const express = require('express');
const ffmpeg = require('fluent-ffmpeg');

/** One second of A, as 16-bit samples. */
const samples = Int16Array.from({ length: 8000 }, (_, i) => 8000 * Math.sin((2 * Math.PI * 440 * i) / 8000));

const app = express();
app.get('/', (_req, res) => res.send('ready'));

app.get('/tone', (_req, res) => {
  ffmpeg(Readable.from([Buffer.from(samples.buffer)]))
    .inputFormat('s16le')
    .inputOptions(['-ar 8000', '-ac 1'])
    .format('ogg')
    .on('error', (error) => res.status(500).end(error.message))
    .pipe(res, { end: true });
});

app.listen(process.env.PORT || 3000);
