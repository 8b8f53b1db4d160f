import { expect, test } from 'vitest';
import { createApp } from './app';

test('makes an app', () => {
  expect(createApp()).toBeDefined();
});
