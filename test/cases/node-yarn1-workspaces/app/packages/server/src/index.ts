import { isAllowed } from '@clinic/rules';
import Koa from 'koa';

const app = new Koa();
app.use((context) => {
  context.body = isAllowed('doctor') ? 'welcome, doctor' : 'no';
});
app.listen(process.env.PORT || 3000);
