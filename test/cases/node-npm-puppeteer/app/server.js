import express from 'express';
import puppeteer from 'puppeteer';

const app = express();
app.get('/', (_req, res) => res.send('ready'));

app.get('/title', async (_req, res) => {
  const browser = await puppeteer.launch({ args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  try {
    const page = await browser.newPage();
    await page.setContent('<script>document.title = ["a", "real", "browser"].join(" ")</script>');
    res.send(await page.title());
  } finally {
    await browser.close();
  }
});

app.listen(process.env.PORT || 3000);
