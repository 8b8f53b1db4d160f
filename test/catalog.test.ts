import rcompare from 'semver/functions/rcompare.js';
import { describe, expect, test } from 'vitest';
import { CATALOG, imagesOf, type Release } from '../src/catalog/catalog.ts';
import { PLATFORMS, TARGET_IDS } from '../src/plan/targets.ts';
import { FROZEN } from './planned.ts';

const releases: readonly (readonly [string, Release])[] = [
  ...CATALOG.node.map((release) => [`Node ${release.version}`, release] as const),
  ...CATALOG.bun.map((release) => [`Bun ${release.version}`, release] as const),
];

describe.each(releases)('%s', (_, release) => {
  test('has dates that can be true', () => {
    expect(release.newest.split('.')[0]).toBe(release.version);
    expect(release.endOfLife > (release.lts ?? '')).toBe(true);
  });
  test.each(TARGET_IDS)('says images for %s, or why not', (target) => {
    for (const version of [release.version, release.newest]) {
      const row = imagesOf(release, version, target);
      if ('none' in row) {
        expect(row.none).toMatch(/^[a-z].{10,}/);
        continue;
      }
      expect(row.platforms.length).toBeGreaterThan(0);
      for (const platform of row.platforms) expect(PLATFORMS).toContain(platform);
      // what is built and what ships have the same libc, or native packages would not load
      expect(row.build.includes('alpine')).toBe(target === 'alpine');
      expect(row.runtime === 'scratch').toBe(target === 'scratch');
      if (target === 'distroless')
        expect(row.runtime).toMatch(/^gcr\.io\/distroless\/[\w-]+-debian\d+:nonroot$/);
      for (const image of [row.build, row.runtime]) expect(image).toMatch(/^scratch$|^[\w./-]+:[\w.-]+$/);
    }
  });
});

describe.each(CATALOG.go)('Go $version', (release) => {
  test('has dates that can be true', () => {
    expect(release.newest.startsWith(`${release.version}.`)).toBe(true);
    expect(release.endOfLife).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
  test.each(TARGET_IDS)('says images for %s, or why not', (target) => {
    for (const cgo of [false, true]) {
      const row = (cgo ? release.cgo : release.images)[target];
      if ('none' in row) throw new Error('every line has every target');
      for (const platform of row.platforms) expect(PLATFORMS).toContain(platform);
      expect(row.runtime === 'scratch').toBe(target === 'scratch');
      // C code is linked with the libc of what ships, or with all of musl
      const glibc = cgo && (target === 'slim' || target === 'distroless');
      expect(row.build).toBe(`golang:${release.version}-${glibc ? 'trixie' : 'alpine'}`);
      if (target === 'distroless')
        expect(row.runtime).toBe(`gcr.io/distroless/${cgo ? 'base' : 'static'}-debian13:nonroot`);
    }
  });
});

describe.each(CATALOG.python)('Python $version', (release) => {
  test('has dates that can be true', () => {
    expect(release.newest.startsWith(`${release.version}.`)).toBe(true);
    expect(release.endOfLife).toMatch(/^\d{4}-\d\d-\d\d$/);
  });
  test.each(TARGET_IDS)('says images for %s, or why not', (target) => {
    const row = release.images[target];
    if ('none' in row) throw new Error('every line has every target');
    for (const platform of row.platforms) expect(PLATFORMS).toContain(platform);
    expect(row.build).toBe(`python:${release.version}-${target === 'alpine' ? 'alpine' : 'slim-trixie'}`);
    // distroless has one Python alone; every other minor goes onto its image for C++ programs
    if (target === 'distroless')
      expect(row.runtime).toBe(
        `gcr.io/distroless/${release.version === '3.13' ? 'python3' : 'cc'}-debian13:nonroot`,
      );
  });
});

test.each([
  ['node', CATALOG.node],
  ['bun', CATALOG.bun],
  ['go', CATALOG.go],
  ['python', CATALOG.python],
  ['java', CATALOG.java],
] as const)('the releases of %s stand from the newest to the oldest', (_, releases) => {
  const versions = releases.map(({ newest }) => newest);
  expect(versions).toEqual([...versions].sort(rcompare));
});

test('the frozen one of the goldens has the same shape', () => {
  const shape = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.slice(0, 1).map(shape)
      : typeof value === 'object' && value !== null
        ? Object.keys(value).sort()
        : typeof value;
  expect(shape(FROZEN)).toEqual(shape(CATALOG));
});
