import { describe, expect, test } from 'vitest';
import libraries from '../src/catalog/system/libraries.json' with { type: 'json' };
import { libraryCalled, packagesFor, systemLibraries } from '../src/catalog/system/packages.ts';
import programs from '../src/catalog/system/programs.json' with { type: 'json' };

const NAME = /^"?[A-Za-z0-9][A-Za-z0-9+._-]+"?$/;

describe('the tables', () => {
  test('no name is in both', () => {
    expect(Object.keys(programs).filter((name) => name in libraries)).toEqual([]);
  });
  test.each(systemLibraries())('library $name: names that apt and apk take', (row) => {
    const { debian, alpine } = row;
    const all = [
      ...debian.build,
      ...debian.runtime,
      ...alpine.build,
      ...alpine.runtime,
      ...(row.static ?? []),
    ];
    for (const name of all) expect(name).toMatch(NAME);
    // what has an archive that stands alone says where it is
    if (row.archiveAlone) expect(row.static).toBeDefined();
  });
  test.each(Object.entries(programs))('program %s: names that apt and apk take', (_, { debian, alpine }) => {
    expect(debian.length + alpine.length).toBeGreaterThan(0);
    for (const name of [...debian, ...alpine]) expect(name).toMatch(NAME);
  });
});

test('packages of a system, to build with and to run with', () => {
  expect(packagesFor(['libpq', 'ffmpeg', 'libpq'], { libc: 'glibc' }, 'build')).toEqual({
    apk: [],
    apt: ['ffmpeg', 'libpq-dev'],
  });
  expect(packagesFor(['zlib', 'libpq'], { libc: 'musl' }, 'run')).toEqual({
    apk: ['libpq', 'zlib'],
    apt: [],
  });
  expect(packagesFor([], { libc: 'musl' }, 'run')).toEqual({ apk: [], apt: [] });
});

test.each([
  ['zlib', 'zlib'],
  ['z', 'zlib'],
  ['libturbojpeg', 'libturbojpeg'],
  ['MagickWand-7.Q16', 'imagemagick-libs'],
  ['nothing', undefined],
])('%s is called so by pkg-config or the linker', (called, name) => {
  expect(libraryCalled(called)?.name).toBe(name);
});
