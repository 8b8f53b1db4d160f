exports.menu = () => [
  { name: 'espresso', price: 2.1 },
  { name: 'cortado', price: 2.8 },
];
