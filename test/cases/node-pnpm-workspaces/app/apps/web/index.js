import polka from 'polka';

polka().get('/', (request, response) => response.end('web')).listen(3000);
