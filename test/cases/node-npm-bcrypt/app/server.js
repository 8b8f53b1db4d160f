const bcrypt = require('bcrypt');
const app = require('fastify')({ logger: true });

app.get('/', async () => {
  const hash = await bcrypt.hash('correct horse', 8);
  return { matches: await bcrypt.compare('correct horse', hash) };
});

app.listen({ port: Number(process.env.PORT) || 3000, host: '0.0.0.0' });
