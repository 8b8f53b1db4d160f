import { shellWord } from '../../../plan/quote.ts';
import { verbatim } from '../../../project/data.ts';
import { BUILD, type BuildFacts, type Executable, INSTALL, PREFIX } from './facts.ts';
import { type SourceFile, search } from './sources.ts';

/** Folders of what is installed that only builds of others, or people, read. */
const UNUSED = [
  'include',
  'lib/cmake',
  'lib/pkgconfig',
  'share/pkgconfig',
  'share/doc',
  'share/info',
  'share/man',
];

/** Where a program lies in the image. */
export function programAt(executable: Executable): string {
  return executable.installed ?? `${PREFIX}/bin/${executable.name}`;
}

/** What starts another program; a name without it is one of a message. */
const CALLS = /\b(exec[lv]p?e?|posix_spawnp?|popen|system)\s*\(/;

/** Programs that are installed along and that this one may call, for its sources name them. */
export function installedAlong(
  executable: Executable,
  facts: BuildFacts,
  sources: readonly SourceFile[],
): readonly string[] {
  const called = (name: string) =>
    search(sources, new RegExp(`["/]${verbatim(name)}["\\s]`, 'g')).some(
      ({ file }) => CALLS.test(file.text) || /\.h\w*$/.test(file.path),
    );
  return facts.executables.flatMap((e) =>
    e.installed !== undefined && e.name !== executable.name && called(e.name) ? [e.installed] : [],
  );
}

/** By the project's own rules where they install the program, else the program alone. */
export function installedBy(
  command: string,
  {
    executable,
    facts,
    sources,
  }: { readonly executable: Executable; readonly facts: BuildFacts; readonly sources: readonly SourceFile[] },
): readonly string[] {
  if (executable.installed === undefined) {
    const from = executable.path ?? `${BUILD}/${executable.name}`;
    return [`install -D ${shellWord(from)} ${shellWord(INSTALL + programAt(executable))}`];
  }
  const kept = installedAlong(executable, facts, sources);
  const others = facts.executables.flatMap((e) =>
    e.installed === undefined || e.name === executable.name || kept.includes(e.installed)
      ? []
      : [e.installed],
  );
  // units of systemd would go to /lib, which is a link in the image
  const unused = facts.installsMore ? ['/lib', ...UNUSED.map((folder) => `${PREFIX}/${folder}`)] : [];
  const away = [...unused, ...others].map((path) => shellWord(INSTALL + path));
  return [
    command,
    ...(away.length > 0 ? [`rm -rf ${away.join(' ')}`] : []),
    ...(facts.installsMore ? [`find ${INSTALL} \\( -name '*.a' -o -name '*.la' \\) -delete`] : []),
  ];
}
