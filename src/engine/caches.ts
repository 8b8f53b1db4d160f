import type { Engine } from './engine.ts';

/** Removes what builds kept in mounts under names of this run: nothing else is pruned. */
export async function forgetCaches(engine: Engine, id: string): Promise<void> {
  // only BuildKit keeps such records: https://docs.docker.com/reference/cli/docker/buildx/du/
  if (engine.program !== 'docker') return;
  const { ok, out } = await engine.call(['buildx', 'du', '--verbose', '--filter', 'type=exec.cachemount'], {
    always: true,
  });
  if (!ok) return;
  for (const record of out.split(/\n\s*\n/)) {
    const [, key] = /^ID:\s*(\S+)/m.exec(record) ?? [];
    if (key === undefined || !record.includes(id)) continue;
    await engine.call(['buildx', 'prune', '--force', '--filter', `id=${key}`], { always: true });
  }
}
