import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../src/languages/index.ts';
import { render } from '../src/output/render.ts';
import { TARGET_IDS } from '../src/plan/targets.ts';
import { openProject } from '../src/project/project.ts';
import { givenBy, planned } from './planned.ts';

// what a language loads when it is needed is loaded before a test's clock runs
await Promise.all(LANGUAGES.map((language) => language.rules()));

const CASES = new URL('./cases/', import.meta.url).pathname;
const UPDATE = process.env.UPDATE_GOLDENS === '1';

/** Compares with a golden, or writes it anew: whoever does that reads the difference. */
function golden(path: string, text: string): void {
  if (UPDATE) writeFileSync(path, text);
  expect(existsSync(path), `${path} is missing: npm run goldens`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

describe.each(readdirSync(CASES))('%s', (id) => {
  const folder = join(CASES, id);
  const {
    refused = [],
    about,
    app,
    flags,
    platforms,
    stages,
  } = JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8'));

  let opened: ReturnType<typeof openProject> | undefined;
  const open = () => {
    opened ??= openProject(join(folder, 'app'), app);
    return opened;
  };

  test('says what it shows', () => {
    expect(about).toMatch(/^[A-Z].{20,}/);
  });

  for (const target of TARGET_IDS) {
    const path = join(folder, `${target}.Dockerfile`);
    if (refused.includes(target)) {
      test(`${target} is refused`, async () => {
        if (UPDATE) rmSync(path, { force: true });
        const project = await open();
        await expect(planned(project, target, givenBy(flags))).rejects.toThrow('cannot run on');
        expect(existsSync(path)).toBe(false);
      });
    } else {
      test(`${target}.Dockerfile`, async () => {
        const project = await open();
        const [dockerfile, dockerignore] = await render(
          await planned(project, target, givenBy(flags), platforms),
          project,
        );
        golden(path, dockerfile.text);
        golden(join(folder, '.dockerignore'), dockerignore.text);
      });
    }
  }

  if (stages === undefined) return;
  const { of, target = 'slim' } = stages;
  test(`stages.Dockerfile, for ${of.join(' and ')}: the rest is ${target}.Dockerfile`, async () => {
    const project = await open();
    const plan = await planned(project, target, givenBy(flags), platforms, of);
    const [dockerfile, dockerignore] = await render(plan, project);
    golden(join(folder, 'stages.Dockerfile'), dockerfile.text);
    golden(join(folder, 'stages.dockerignore'), dockerignore.text);
    expect(withoutStages(dockerfile.text)).toBe(readFileSync(join(folder, `${target}.Dockerfile`), 'utf8'));
  });
});

/**
 * A Dockerfile without what the stages add: what is left is the one that is written without them. Tests that are let into
 * the build stay out of what ships where that is copied whole.
 */
function withoutStages(text: string): string {
  return text
    .replace(/# ENVIRONMENT is .*\nARG ENVIRONMENT=production\n\n/, '')
    .replace(/# (?:development|test) [^\n]*\nFROM \S+ AS (?:development|test)\n(?:.+\n)+\n/g, '')
    .replace(/ --exclude=\S+/g, '')
    .replace(/\n# production is [\s\S]*$/, '');
}
