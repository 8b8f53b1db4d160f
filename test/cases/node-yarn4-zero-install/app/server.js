const polka = require('polka');

const { PORT = 3000 } = process.env;

polka()
  .get('/', (req, res) => {
    res.end('Hello zero-install');
  })
  .listen(PORT, (err) => {
    if (err) throw err;
    console.log(`> Running on localhost:${PORT}`);
  });
