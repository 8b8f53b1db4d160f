const test = require('node:test');
const assert = require('node:assert');
const { menu } = require('../routes/menu');

test('nothing is free', () => {
  for (const { name, price } of menu()) assert.ok(price > 0, `${name} costs nothing`);
});
