import { posix } from 'node:path';
import type { Fronts } from '../../../facts/language.ts';
import type { Front, Plan, Step } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import type { Project } from '../../../project/project.ts';
import { readBuild } from '../evidence/build/builds.ts';
import { buildScriptOf } from '../evidence/build/script.ts';
import { manifestOf } from '../evidence/manifest.ts';
import type { NodeApp } from './plan.ts';

/** Scripts that go on until somebody ends them, or that make nothing. */
const OTHERS = /(?:^|:)(?:dev|develop|watch|start|serve|preview|tests?|lint|format|storybook)(?:$|:)/;

export const FRONTS: Fronts = {
  given(project, folder) {
    const script = scriptFor(project, folder);
    return script === undefined ? undefined : { build: script, start: 'static .' };
  },
  stage(plan, to) {
    const { app, images, context, secrets, ignore } = plan as Plan<NodeApp>;
    const { build, tool } = app;
    if (build === undefined) return undefined;
    const below = (path: string) => posix.join(to.folder, path);
    const step = ({ mounts, commands }: Step): Step => ({
      mounts: mounts.map((mount) =>
        mount.replace(/^(type=bind,source=)([^,]+)/, (_, head, path) => `${head}${below(path)}`),
      ),
      commands,
    });
    const [kept] = ignore.filter((group) => group.secrets);
    return {
      ...to,
      folder: pathWord(to.folder, 'the project'),
      source: pathWord(to.source.slice(1), 'the build').replace(/^/, '/'),
      destination: pathWord(to.destination, 'the program'),
      image: images.build,
      app: {
        tool,
        build: {
          ...build,
          install: build.install === undefined ? undefined : step(build.install),
          run: step(build.run),
        },
      } satisfies Pick<NodeApp, 'tool' | 'build'>,
      context: context.map(below),
      secrets,
      ignore: (kept?.patterns ?? []).filter((one) => !one.startsWith('**/')).map(below),
    } satisfies Front;
  },
};

/** The script that makes a folder: the build if it does, else another one that says so. */
function scriptFor(project: Project, folder: string): string | undefined {
  const manifest = manifestOf(project);
  const first = buildScriptOf(project, manifest);
  const names = Object.keys(manifest.scripts).filter(
    (name) => !OTHERS.test(name) && !/--watch\b/.test(manifest.scripts[name] ?? ''),
  );
  const builds = [...(first === undefined ? [] : [first]), ...names.filter((name) => name !== first)].flatMap(
    (name) => readBuild(project, manifest, name) ?? [],
  );
  const makes = builds.find(({ outputs }) =>
    outputs.some((output) => output !== '.' && (folder === output || folder.startsWith(`${output}/`))),
  );
  // a build that cannot be read makes what is not there in its own folder
  const [top = ''] = folder.split('/');
  const unread = builds.find(
    ({ script, opaque, outputs }) => script === first && opaque && outputs.length === 0,
  );
  return (makes ?? (top === '..' || project.has(top) ? undefined : unread))?.script;
}
