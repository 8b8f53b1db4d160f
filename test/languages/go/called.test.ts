import { describe, expect, test } from 'vitest';
import type { TargetId } from '../../../src/plan/targets.ts';
import { projectOf } from '../../../src/project/project.ts';
import { type Files, planned } from '../../planned.ts';
import { files, main, requiring } from './project.ts';

const calls = (...lines: readonly string[]): Files =>
  files({
    'main.go': main([...lines, 'http.ListenAndServe(":80", nil)'].join('\n\t'), 'net/http', 'os/exec'),
  });
const planOf = async (project: Files, target: TargetId) => planned(await projectOf(project, 'app'), target);

describe('programs that it calls are installed', () => {
  test.each<readonly [string, Files, readonly string[], readonly string[]]>([
    ['by name', calls('exec.Command("git", "log")'), ['git'], ['git']],
    ['by path', calls('exec.Command("/usr/bin/dot", "-Tsvg")'), ['graphviz'], ['graphviz']],
    [
      'behind a context, whose argument is none',
      calls('exec.CommandContext(r.Context(), "pdftotext", "-layout")'),
      ['poppler-utils'],
      ['poppler-utils'],
    ],
    ['that are only looked up', calls('p, _ := exec.LookPath("ffprobe")'), ['ffmpeg'], ['ffmpeg']],
    [
      'under names that systems do not share',
      calls('exec.Command("pg_dump")', 'exec.Command("ssh", host)'),
      ['openssh-client-default', 'postgresql17-client'],
      ['openssh-client', 'postgresql-client'],
    ],
    ['that every system has, not at all', calls('exec.Command("sh", "-c", line)'), [], []],
    ['whose arguments look like programs, not those', calls('exec.Command(path, "git")'), [], []],
    [
      'by a module that starts a browser',
      requiring(['github.com/go-rod/rod v0.116.2'], {
        'main.go': main('http.ListenAndServe(":80", nil)', 'net/http', 'github.com/go-rod/rod'),
      }),
      ['chromium', 'font-freefont'],
      ['chromium', 'fonts-freefont-ttf'],
    ],
  ])('%s', async (_, project, apk, apt) => {
    expect((await planOf(project, 'alpine')).packages).toEqual({ apk, apt: [] });
    expect((await planOf(project, 'slim')).packages).toEqual({ apk: [], apt });
  });

  test('a browser writes where everybody may, and is told of its sandbox', async () => {
    const project = requiring(['github.com/chromedp/chromedp v0.14.1'], {
      'main.go': main('http.ListenAndServe(":80", nil)', 'net/http', 'github.com/chromedp/chromedp'),
    });
    const { env, notes } = await planOf(project, 'slim');
    expect(env).toContainEqual({ name: 'XDG_CACHE_HOME', value: '/tmp/.chromium' });
    expect(notes.map(({ text }) => text).join()).toContain('Chromium makes a sandbox of its own');
    const started = { ...project, 'shot.go': 'package main\n\nvar o = chromedp.NoSandbox\n' };
    expect((await planOf(started, 'slim')).notes.map(({ text }) => text).join()).not.toContain('sandbox');
  });

  test.each(['distroless', 'scratch'] as const)('%s has none', async (target) => {
    await expect(planOf(calls('exec.Command("/usr/bin/dot")'), target)).rejects.toThrow(
      `main.go:9 runs /usr/bin/dot, and ${target} has no other programs`,
    );
  });
});
