import { posix } from 'node:path';
import type { Note } from '../../../plan/plan.ts';
import type { Project } from '../../../project/project.ts';
import type { Program } from '../evidence/program.ts';
import { librariesOf } from '../evidence/workspace/members.ts';

/** What the owner of a member should know beside what every project's owner should. */
export function memberNotes(project: Project, { build }: Program, runtime: 'node' | 'bun'): readonly Note[] {
  const { app, context } = project;
  const notes: Note[] = [];
  const sources = runtime === 'bun' || build?.bundled ? [] : librariesOf(project);
  for (const { member, source } of sources) {
    if (source === undefined) continue;
    notes.push({
      level: 'warning',
      text: `${member.manifest.name ?? member.path} is TypeScript as it stands (${posix.join(member.path, source)}), and no build bundles it: node loads it with its types taken away, from 22.18 on, where each import names its file's ending.`,
      fix: 'Bundle it (tsup: noExternal), or give it a build.',
    });
  }
  const named = posix.join(app, 'Dockerfile.dockerignore');
  if (app !== '.' && context.has('.dockerignore') && !context.has(named)) {
    notes.push({
      level: 'info',
      text: `The build reads ${named}, not the workspace's .dockerignore.`,
      fix: 'Copy lines of it that count here.',
    });
  }
  return notes;
}
