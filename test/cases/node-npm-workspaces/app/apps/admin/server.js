import Koa from 'koa';

new Koa().use((context) => { context.body = 'admin'; }).listen(3001);
