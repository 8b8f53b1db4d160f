const express = require('express');

const app = express();
const port = process.env.PORT || 3000;

app.use(express.static('public'));

app.get('/api/notes', (req, res) => {
  res.json([{ id: 1, text: 'Buy milk' }]);
});

app.listen(port, () => {
  console.log(`Example app listening on port ${port}`);
});
