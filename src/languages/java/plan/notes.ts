import type { PlanTo } from '../../../facts/language.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { longTerm, releaseOf, supported } from '../../../plan/version.ts';
import type { Build, Module } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';
import type { JavaSettings } from '../settings/settings.ts';
import type { Bind } from './bind.ts';
import { skipsOf } from './build.ts';
import type { Builder } from './images.ts';

export function notesOf(
  to: PlanTo<JavaSettings, Seen>,
  seen: { build: Build; module: Module; bind: Bind; image: Builder; untrained: string | undefined },
): readonly Note[] {
  const { settings, catalog, today } = to;
  const { build, bind, image } = seen;
  const notes: Note[] = [];
  const warn = (text: string, fix: string) => notes.push({ level: 'warning', text, fix });
  const tell = (text: string, fix: string) => notes.push({ level: 'info', text, fix });
  const release = releaseOf(catalog.java, settings.runtimeVersion.value);
  const newest = catalog.java.find((one) => longTerm(one, today));
  if (release !== undefined && !supported(release, today))
    warn(
      `${settings.runtimeVersion.from} says Java ${release.version}, which has had no fixes since ${release.endOfLife}.`,
      `Raise it there, or type --runtime-version ${newest?.version}.`,
    );
  if (bind.local !== undefined)
    warn(
      `${bind.local} listens on localhost only, which nobody outside the container can reach.`,
      'Let it listen on 0.0.0.0 there, or take the host from a variable.',
    );
  if (bind.fixed !== undefined)
    warn(
      `${bind.fixed.at} listens on ${bind.fixed.port}, whatever ${settings.port.from} says.`,
      'Let it read System.getenv("PORT") there.',
    );
  if (build.wrapper !== undefined && !image.wrapped)
    tell(
      `${build.wrapper.script} cannot start without its jar, so ${image.build} builds it instead of version ${build.wrapper.version ?? 'that it names'}.`,
      `Commit the wrapper's jar to keep that version.`,
    );
  for (const skip of skipsOf(seen.module))
    tell(
      `A plugin of the build ${skip.because}, so it is left out (${skip.property ?? skip.task}).`,
      'Remove that from the Dockerfile if its build has what it needs.',
    );
  if (seen.untrained !== undefined)
    warn(
      `No training run makes its start faster: ${seen.untrained}.`,
      'Leave --startup out, or make the cache where the program can run.',
    );
  for (const { url, at } of build.repositories)
    if (/^http:|\/\/(?:localhost|127\.)/.test(url))
      warn(
        `${at} fetches from ${url}, which ${/localhost|127\./.test(url) ? 'a build in a container cannot reach' : 'Maven 3.8 and Gradle 7 refuse without encryption'}.`,
        'Name a repository that answers by https.',
      );
  return notes;
}

export function choicesOf(
  to: PlanTo<JavaSettings, Seen>,
  seen: { builder: string; linked: boolean },
): Plan['choices'] {
  const { settings, target } = to;
  return [
    {
      what: `target ${target}`,
      why: 'given, answered, or the one with the fewest surprises',
      instead: '--target alpine|slim|distroless|scratch',
    },
    { what: `built by ${settings.buildTool.value}`, why: settings.buildTool.from, instead: '--build-tool' },
    { what: `starts ${settings.module.value}`, why: settings.module.from, instead: '--module folder|name' },
    {
      what: `JDK ${seen.builder} builds it, Java ${settings.runtimeVersion.value} runs it`,
      why: settings.runtimeVersion.from,
      instead: '--runtime-version',
    },
    seen.linked
      ? {
          what: 'the runtime is linked by jlink',
          why: 'asked for, or the image has no JRE',
          instead: '--runtime jre',
        }
      : {
          what: 'the runtime is the JRE of the image',
          why: settings.runtime.from,
          instead: '--runtime jlink',
        },
    {
      what: 'the heap takes three quarters of the memory of the container',
      why: 'the JVM takes a quarter by itself; JDK_JAVA_OPTIONS says otherwise with -Xmx',
    },
    {
      what: `health: ${settings.health.value}`,
      why: settings.health.from,
      instead: '--health /path|tcp|none',
    },
  ];
}
