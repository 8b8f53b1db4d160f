import { PrismaBetterSQLite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from '@prisma/client';
import express from 'express';

const adapter = new PrismaBetterSQLite3({ url: process.env.DATABASE_URL ?? 'file:/tmp/notes.db' });
const prisma = new PrismaClient({ adapter });
const app = express();

app.get('/notes', async (_req, res) => {
  res.json(await prisma.note.findMany());
});

await prisma.$executeRawUnsafe('CREATE TABLE IF NOT EXISTS Note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL)');
await prisma.note.create({ data: { text: 'first' } });
const server = app.listen(process.env.PORT ?? 3000);
process.once('SIGTERM', () => server.close(() => process.exit(0)));
