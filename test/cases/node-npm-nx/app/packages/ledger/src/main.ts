import { isIban } from '@bank/iban';
import Koa from 'koa';

const app = new Koa();
app.use((context) => {
  context.body = { valid: isIban('DE89370400440532013000') };
});
const server = app.listen(process.env.PORT ?? 3333);
process.on('SIGTERM', () => server.close());
