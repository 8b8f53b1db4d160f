import { serve } from '@hono/node-server';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Hono } from 'hono';
import { PrismaClient } from './generated/prisma/client.js';

const adapter = new PrismaBetterSqlite3({ url: process.env.DATABASE_URL ?? 'file:/tmp/notes.db' });
const prisma = new PrismaClient({ adapter });
const app = new Hono();

app.get('/notes', async (c) => c.json(await prisma.note.findMany()));

await prisma.$executeRawUnsafe('CREATE TABLE IF NOT EXISTS Note (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL)');
await prisma.note.create({ data: { text: 'first' } });
serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000) });
