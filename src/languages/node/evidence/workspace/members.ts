import { posix } from 'node:path';
import { UserError } from '../../../../errors.ts';
import { listOf, textOf } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import { isOutput, readBuild } from '../build/builds.ts';
import { sourceOf } from '../build/files.ts';
import { buildScriptOf } from '../build/script.ts';
import { entriesOf } from '../imported.ts';
import { findRuntimeFiles } from '../runtime-files.ts';
import { readSources } from '../sources.ts';
import { clean } from '../tsconfig.ts';
import { type Member, neededMembers, workspaceOf } from './workspaces.ts';

/** A member that others import, and what of it they find when they run. Paths are its own. */
export interface Library {
  readonly member: Member;
  /** What a build makes of it; `.`: files beside its sources. */
  readonly built: readonly string[];
  /** What goes along as it is; `.`: all of it. */
  readonly plain: readonly string[];
  /** The TypeScript source that it names as its entry: whoever imports it has to compile it. */
  readonly source: string | undefined;
}

/** Members that a project needs in production, itself aside, each after what it needs itself. */
export function librariesOf(project: Project): readonly Library[] {
  const { all, production } = neededMembers(project);
  const root = workspaceOf(project.context)?.members.get('.');
  const referenced = [...all, ...(root === undefined ? [] : [root])].some(({ manifest }) =>
    Object.values(manifest.scripts).some((text) => REFERENCES.test(text)),
  );
  return production
    .filter((member) => member.path !== project.app)
    .map((member) => libraryOf(member, referenced));
}

/** A build with project references makes the packages too that it depends on. */
const REFERENCES = /\btsc\b[^&|;]{0,200}\s(?:-b|--build)\b/;

function libraryOf(member: Member, referenced: boolean): Library {
  const { project, manifest } = member;
  const script = buildScriptOf(project, manifest);
  const build = script === undefined ? undefined : readBuild(project, manifest, script);
  const entries = entriesOf(manifest.raw);
  const made = entries.filter((entry) => isOutput(build, entry) || !project.has(entry));
  const there = entries.filter((entry) => !made.includes(entry));
  if (entries.length > 0 && there.length === 0 && build === undefined && !referenced) {
    throw new UserError({
      kind: 'refused',
      message: `${posix.join(member.path, 'package.json')} names ${entries[0]}, which does not exist, and no build script makes it.`,
      fix: 'Give it a script called build that does.',
    });
  }
  const unread = made.filter((entry) => !isOutput(build, entry));
  const built = [...new Set([...(build?.outputs ?? []), ...unread.map((e) => e.split('/')[0] ?? e)])];
  const source = there.find((entry) => /\.[mc]?tsx?$/.test(entry));
  if (built.includes('.')) return { member, built: ['.'], plain: [], source: undefined };
  if (built.length === 0 || there.length > 0) return { member, built, plain: ['.'], source };
  const sources = readSources(
    project,
    entries.flatMap((entry) => sourceOf(project, build, entry) ?? []),
  );
  const reads =
    findRuntimeFiles(project, {
      ...{ manifest, build, sources },
      ...{ rooted: false, listens: [], served: undefined, framework: undefined },
    })?.paths ?? [];
  const named = listOf(manifest.raw.files)
    .flatMap((file) => textOf(file) ?? [])
    .map(clean)
    .filter((file) => project.has(file) && !file.startsWith('..'));
  const plain = ['package.json', ...named, ...reads].filter((path) => !isOutput(build, path));
  return { member, built, plain: [...new Set(plain)].filter((path) => !built.includes(path)), source };
}
