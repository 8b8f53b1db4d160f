const Koa = require('koa');
const Router = require('@koa/router');
const config = require('./config.json');

const app = new Koa();
const router = new Router();

router.get('/', (ctx) => {
  ctx.body = config.greeting;
});

router.get('/health', (ctx) => {
  ctx.body = { status: 'up' };
});

app.use(router.routes()).use(router.allowedMethods());

app.listen(config.port);
