import { posix } from 'node:path';
import type { Found, PlanTo } from '../../../facts/language.ts';
import { COMMON, type NoteBook, noteBook } from '../../../kit/notes.ts';
import type { Bind } from '../../../kit/port.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { longTerm, releaseOf, supported } from '../../../plan/version.ts';
import type { Build, Module } from '../evidence/build.ts';
import { besideOf } from '../evidence/frontend.ts';
import type { Seen } from '../evidence/seen.ts';
import type { JavaSettings } from '../settings/settings.ts';
import { gitVersionOf, skipsOf } from './build.ts';
import type { Builder } from './images.ts';
import type { trainingOf } from './training.ts';

export function notesOf(
  to: PlanTo<JavaSettings, Seen>,
  seen: {
    build: Build;
    module: Module;
    bind: Bind;
    image: Builder;
    linked: boolean;
    uses: readonly Found<string>[];
    trained: ReturnType<typeof trainingOf> | undefined;
  },
): readonly Note[] {
  const { settings, catalog, today } = to;
  const { bind } = seen;
  const { notes, warn, tell } = noteBook();
  const release = releaseOf(catalog.java, settings.runtimeVersion.value);
  const newest = catalog.java.find((one) => longTerm(one, today));
  if (release !== undefined && !supported(release, today))
    warn(
      `${settings.runtimeVersion.from} says Java ${release.version}, which has had no fixes since ${release.endOfLife}.`,
      `Raise it there, or type --runtime-version ${newest?.version}.`,
    );
  if (bind.local !== undefined)
    warn(COMMON.local(bind.local), 'Let it listen on 0.0.0.0 there, or take the host from a variable.');
  if (bind.fixed !== undefined)
    warn(
      COMMON.fixed(bind.fixed.at, bind.fixed.port, settings.port.from),
      'Let it read System.getenv("PORT") there.',
    );
  if (seen.trained !== undefined && 'because' in seen.trained)
    warn(
      `No training run makes its start faster: ${seen.trained.because}.`,
      'Leave --startup out, or make the cache where the program can run.',
    );
  const [tool] = seen.uses;
  if (tool !== undefined && !seen.linked)
    warn(
      `${tool.from} uses ${tool.value}, which a JRE has not.`,
      'Type --runtime jlink for one that has it.',
    );
  buildNotes(seen, { tell });
  aroundNotes(to, seen, { warn, tell });
  return notes;
}

/** What the build does otherwise in an image. */
function buildNotes(
  { build, module, image }: { build: Build; module: Module; image: Builder },
  { tell }: Pick<NoteBook, 'tell'>,
): void {
  if (build.wrapper !== undefined && !image.wrapped)
    tell(
      `${build.wrapper.script} ${build.wrapper.broken}, so ${image.build} builds it instead of version ${build.wrapper.version ?? 'that it names'}.`,
      build.wrapper.broken?.includes('Windows')
        ? `Let .gitattributes say: ${build.wrapper.script} text eol=lf`
        : 'Commit the jar of the wrapper to keep that version.',
    );
  for (const skip of skipsOf(module))
    tell(
      `A plugin of the build ${skip.because}, so it is left out (${skip.property ?? skip.task}).`,
      'Remove that from the Dockerfile if its build has what it needs.',
    );
  const version = gitVersionOf(build);
  if (version !== undefined)
    tell(
      `A plugin of the build takes the version from git, which is no part of it${version.off ? `, so it is left out (${version.property})` : ''}.`,
      version.off
        ? 'The version is the one that the build file says.'
        : 'Say it when you build: docker build --build-arg VERSION=1.2.3',
    );
}

/** What of the build is not in the image, or is there otherwise. */
function aroundNotes(
  { project }: PlanTo<JavaSettings, Seen>,
  { build, module }: { build: Build; module: Module },
  { warn, tell }: Pick<NoteBook, 'warn' | 'tell'>,
): void {
  const native = [...module.plugins.keys()].find((id) =>
    /native-maven-plugin$|graalvm\.buildtools\.native$/.test(id),
  );
  if (native !== undefined)
    tell(
      `${module.file} has ${native}: the image runs it on the JVM, for native-image needs GraalVM’s own image to build in.`,
      'Choose --startup fast or --runtime jlink for a faster start or a smaller image.',
    );
  const { vendor, frontend } = module;
  if (vendor !== undefined && !/adopt|temurin|eclipse/i.test(vendor.value))
    warn(
      `${vendor.from} asks for a JDK of ${vendor.value}, and the image has Temurin's.`,
      build.tool === 'maven'
        ? 'It is taken for that one; check that nothing needs more of it.'
        : 'Take the vendor out there, or let it be JvmVendorSpec.ADOPTIUM.',
    );
  for (const path of besideOf(project, frontend))
    tell(
      `${path} is a front end that ${build.file} does not build, so it is not in the image.`,
      `Make an image of its own: create-dockerfile ${posix.dirname(path)}`,
    );
  for (const { url, at } of build.repositories)
    if (/^http:|\/\/(?:localhost|127\.)/.test(url))
      warn(
        `${at} fetches from ${url}, which ${/localhost|127\./.test(url) ? 'a build in a container cannot reach' : 'Maven 3.8 and Gradle 7 refuse without encryption'}.`,
        'Name a repository that answers by https.',
      );
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
