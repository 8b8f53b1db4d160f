const { createServer } = require('node:http');
const a = []; setInterval(() => { for (let i = 0; i < 1e5; i++) a.push({ i, t: String(i) }); }, 1);
createServer((q, s) => s.end('ok')).listen(process.env.PORT || 3000);
