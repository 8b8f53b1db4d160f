const { Router } = require('express');

const router = Router();

router.get('/', (req, res) => {
  res.send('Hello Yarn 3');
});

module.exports = router;
