const express = require('express');
const routes = require('./routes');

const app = express();
app.set('port', process.env.PORT || 8081);
app.use(routes);

app.listen(app.get('port'), () => {
  console.log('listening on', app.get('port'));
});
