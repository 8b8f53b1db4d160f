import restify from 'restify';

restify.createServer().listen(3000);
