import { Elysia } from 'elysia';

new Elysia().get('/', 'site').listen(3000);
