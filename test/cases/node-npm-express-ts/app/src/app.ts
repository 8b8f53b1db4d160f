import path from 'node:path';
import express, { type Express } from 'express';
import { config } from './config';

export function createApp(): Express {
  const app = express();
  app.set('view engine', 'ejs');
  app.set('views', path.join(__dirname, '..', 'views'));
  app.get('/healthz', (_req, res) => {
    res.send('ok');
  });
  app.get('/', (_req, res) => {
    res.render('index', { title: config.title });
  });
  return app;
}
