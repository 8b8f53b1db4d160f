#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { program } from 'commander';
import { count } from '../lib/count.js';

program
  .name('wordcount')
  .argument('[words...]')
  .option('-f, --file <path>')
  .action((words, options) => {
    const text = options.file ? readFileSync(options.file, 'utf8') : words.join(' ');
    console.log(`${count(text)} words`);
  });

program.parse();
