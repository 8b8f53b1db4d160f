import Fastify from 'fastify';
import sharp from 'sharp';

const app = Fastify();

app.get('/', async (request, reply) => {
  const image = await sharp({
    create: { width: 8, height: 8, channels: 3, background: 'red' },
  })
    .png()
    .toBuffer();
  const { width, format } = await sharp(image).metadata();
  return { width, format };
});

app.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST });
