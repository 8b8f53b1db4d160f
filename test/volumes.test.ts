import { expect, test } from 'vitest';
import { volumesOf } from '../src/plan/volumes.ts';

test('volumes of folders that end alike are two', () => {
  const names = (...paths: readonly string[]) => volumesOf('shop', paths).map(({ name }) => name);
  expect(names('/app/data', '/var/log/.cache')).toEqual(['shop-data', 'shop-cache']);
  expect(names('/app/data', '/data')).toEqual(['shop-app-data', 'shop-data']);
});
