const http = require('node:http');
const Database = require('better-sqlite3');

const db = new Database(process.env.DATABASE || ':memory:');
db.exec('CREATE TABLE IF NOT EXISTS visits (at TEXT)');

http
  .createServer((req, res) => {
    db.prepare("INSERT INTO visits VALUES (datetime('now'))").run();
    const { n } = db.prepare('SELECT count(*) AS n FROM visits').get();
    res.end(`visits: ${n}\n`);
  })
  .listen(process.env.PORT || 3000);
