const { createServer } = require('node:http');
const fs = require('node:fs');
const path = require('node:path');
const { DatabaseSync } = require('node:sqlite');

const db = new DatabaseSync('visits.db');
db.exec('CREATE TABLE IF NOT EXISTS visits (at TEXT)');
const STOCK = path.join(__dirname, 'stock', 'stock.json');
const LOGS = path.join(__dirname, 'logs');
const UPLOADS = process.env.UPLOADS ?? './uploads';
fs.mkdirSync(LOGS, { recursive: true });
fs.mkdirSync(UPLOADS, { recursive: true });

createServer((request, response) => {
  db.exec("INSERT INTO visits VALUES (datetime('now'))");
  fs.appendFileSync(path.join(LOGS, 'access.log'), `${request.url}\n`);
  fs.writeFileSync(path.join(UPLOADS, 'last.txt'), request.url);
  const stock = JSON.parse(fs.readFileSync(STOCK, 'utf8'));
  fs.writeFileSync(STOCK, JSON.stringify({ apples: stock.apples + 1 }));
  const { n } = db.prepare('SELECT count(*) AS n FROM visits').get();
  const logged = fs.readFileSync(path.join(LOGS, 'access.log'), 'utf8').trim().split('\n').length;
  response.end(`visits: ${n}, logged: ${logged}, uploaded: ${fs.readdirSync(UPLOADS).length}\n`);
}).listen(3000);
