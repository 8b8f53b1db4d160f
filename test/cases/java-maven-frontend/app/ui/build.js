import { mkdirSync, writeFileSync } from 'node:fs';

mkdirSync('../target/classes', { recursive: true });
writeFileSync('../target/classes/page.html', '<!doctype html><title>Album</title><h1>Album</h1>\n');
