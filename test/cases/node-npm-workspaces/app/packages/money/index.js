const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

export const price = (cents) => format.format(cents / 100);
