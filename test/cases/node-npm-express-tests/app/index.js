const express = require('express');
const { menu } = require('./routes/menu');

const app = express();
app.get('/menu', (request, response) => response.json(menu()));
app.listen(process.env.PORT || 3000);
