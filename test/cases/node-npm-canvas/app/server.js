const { createCanvas } = require('canvas');
const Koa = require('koa');

const app = new Koa();

app.use((ctx) => {
  const canvas = createCanvas(120, 20, 'svg');
  const context = canvas.getContext('2d');
  context.fillStyle = '#3a3';
  context.fillRect(0, 0, 120, 20);
  context.fillStyle = '#fff';
  context.fillText('build passing', 8, 14);
  ctx.type = 'svg';
  ctx.body = canvas.toBuffer();
});

app.listen(process.env.PORT || 3000);
