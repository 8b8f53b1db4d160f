import { posix } from 'node:path';
import { libraryCalled, programCalled, systemLibraries } from '../catalog/system/packages.ts';
import type { Correction, Failed, Finding, Promised } from './trial.ts';

/**
 * What a log says of a fault, in the words of runtimes, tools and libraries. The first row of a kind that matches counts;
 * the groups of its pattern are what it is about. A new row needs a line of a real log in test/engine/signs.test.ts.
 */
interface Sign {
  readonly id: string;
  readonly pattern: RegExp;
  readonly finding: (groups: readonly string[], promised: Promised) => Omit<Finding, 'id'> | undefined;
}

const NAME = String.raw`[\w+.-]+`;
const QUOTE = `['"\`‘’]?`;

/** A path that could not be written: a volume for its folder, where that is not the program's own. */
function unwritable(path: string, promised: Promised): Omit<Finding, 'id'> {
  const whole = posix.resolve(promised.folder, path);
  const folder = /.\.[A-Za-z0-9]+$/.test(posix.basename(whole)) ? posix.dirname(whole) : whole;
  const text = `It cannot write ${whole}: the image is read-only.`;
  if (folder === promised.folder || folder === '/')
    return { text, advice: 'Let a variable name another folder, and mount a volume there.' };
  if (/^\/(?:root|home\/[^/]+|nonexistent|\.[^/]+)(?:\/|$)/.test(whole))
    return { text, advice: 'Let it write below /tmp: docker run --env HOME=/tmp.' };
  if (promised.volumes.includes(folder))
    return { text, advice: 'Let the user of the image own that folder.' };
  return { text, correction: { key: 'volume', value: folder, from: `seen: writes ${whole}` } };
}

/** A file that was looked for: taken along, where the project has it. */
function absent(path: string, promised: Promised): Omit<Finding, 'id'> | undefined {
  const whole = posix.resolve(promised.folder, path);
  const inner = posix.relative(promised.folder, whole);
  const text = `It looks for ${whole}, which is not in the image.`;
  if (inner.startsWith('..') || inner === '' || !promised.has(inner))
    return { text, advice: 'The project has no such file: is it made by a build, or mounted?' };
  const { include } = promised.settings;
  if (include === undefined) return { text, advice: `Copy ${inner} into the image.` };
  if (include.split(',').some((one) => inner === one || inner.startsWith(`${one}/`)))
    return { text, advice: 'Does it lie elsewhere in the image, or does .dockerignore keep it out?' };
  const value = include === 'none' || include === '' ? inner : `${include},${inner}`;
  return { text, correction: { key: 'include', value, from: `seen: opens ${whole}` } };
}

/** A variable that it does without a default of; pydantic calls it by the field, in small letters. */
function unset(names: readonly string[]): Omit<Finding, 'id'> {
  const name = (names.find((one) => one !== '') ?? '').replace(/^[a-z_\d]+$/, (word) => word.toUpperCase());
  return {
    text: `It needs ${name}.`,
    advice: `Pass it when the container starts: docker run --env ${name}=…`,
  };
}

/** More packages, where the language takes any: those of the build, and behind a slash those to run with. */
function packages(
  promised: Promised,
  build: readonly string[],
  run: readonly string[],
  from: string,
): Correction | undefined {
  const { packages: held } = promised.settings;
  if (held === undefined || build.length + run.length === 0) return undefined;
  const [first = '', second = ''] = held === 'none' ? [] : held.split('/');
  const joined = (list: string, more: readonly string[]) =>
    [...new Set([...list.split(',').filter((name) => name !== ''), ...more])].join(',');
  return { key: 'packages', value: `${joined(first, build)}/${joined(second, run)}`, from };
}

function missingProgram(name: string, promised: Promised, at: 'build' | 'run'): Omit<Finding, 'id'> {
  const list = programCalled(name)?.[promised.system] ?? [];
  const text =
    at === 'build'
      ? `The build calls ${name}, which is not there.`
      : `It calls ${name}, which the image does not have.`;
  const correction = packages(
    promised,
    at === 'build' ? list : [],
    at === 'run' ? list : [],
    `seen: ${name} not found`,
  );
  if (correction !== undefined) return { text, correction };
  const which = list.length > 0 ? `the package ${list.join(' ')}` : 'the package that has it';
  return { text, advice: `Install ${which} in stage ${at === 'build' ? 'build' : 'runtime'}.` };
}

/** `libpq.so.5` is of the library that is linked as `pq`. */
function missingLibrary(file: string, promised: Promised): Omit<Finding, 'id'> {
  const link = /^lib(.+?)\.so/.exec(file)?.[1] ?? file;
  const list = libraryCalled(link)?.[promised.system].runtime ?? [];
  const text = `It loads ${file}, which the image does not have.`;
  const correction = packages(promised, [], list, `seen: ${file} not found`);
  if (correction !== undefined) return { text, correction };
  const which = list.length > 0 ? `the package ${list.join(' ')}` : 'the package that has it';
  return { text, advice: `Install ${which} in stage runtime.` };
}

/** A library that is compiled against, by how the build asked for it. */
function missingHeaders(
  name: string,
  by: 'header' | 'pkg-config' | 'cmake' | 'link',
  promised: Promised,
): Omit<Finding, 'id'> {
  const lower = name.toLowerCase();
  const library = systemLibraries().find((one) =>
    by === 'header'
      ? one.headers?.includes(name)
      : by === 'cmake'
        ? one.cmake?.some((word) => word.toLowerCase() === lower)
        : (by === 'link' ? one.link : one.pkgConfig)?.includes(name),
  );
  const row = library?.[promised.system];
  const text = `The build needs ${name}${library === undefined ? '' : ` of ${library.name}`}, which is not there.`;
  const correction = packages(promised, row?.build ?? [], row?.runtime ?? [], `seen: ${name} not found`);
  if (correction !== undefined) return { text, correction };
  return { text, advice: `Install ${row?.build.join(' ') || 'the package that has it'} in stage build.` };
}

const SHELL = String.raw`\b(?:ba|da|a)?sh: (?:line )?(?:\d+: )?`;

/** Of the build. Commands first: what else fails, fails for them. */
const BUILD: readonly Sign[] = [
  {
    id: 'engine',
    pattern:
      /failed to (?:resolve source metadata|do request)[^\n]*|pull access denied[^\n]*|manifest unknown[^\n]*/,
    finding: () => ({
      text: 'A base image cannot be fetched.',
      advice: 'Is the network there, and does the platform exist?',
    }),
  },
  {
    id: 'secret',
    pattern: /failed to stat (\S+): stat \S+: no such file|secret (\S+): not found/,
    finding: (names) => ({
      text: `The build needs the secret ${names.find((name) => name !== '') ?? ''}, which is not there.`,
      advice: 'Is it a file of your machine that says who you are to a registry? Log in to it first.',
    }),
  },
  {
    id: 'platform',
    pattern: /no match for platform in manifest|[Ee]xec format error/,
    finding: () => ({
      text: 'Something is made for another processor.',
      advice:
        'Emulate it (docker run --privileged --rm tonistiigi/binfmt --install all), or build for this machine.',
    }),
  },
  {
    id: 'context',
    pattern: /failed to calculate checksum of ref [^\n]*: "([^"]+)": not found|"([^"\n]+)": not found\s*$/m,
    finding: ([path = '', other = '']) => ({
      text: `The Dockerfile copies ${path || other}, which is not in the build context.`,
      advice: 'Is it ignored by .dockerignore, or made by a build that ran on your machine?',
    }),
  },
  {
    id: 'submodule',
    pattern:
      /(?:given source|source directory)\s{1,20}"?([^"\n]{1,300}?)"?\s{1,20}(?:which is not an existing directory|does not (?:exist|contain a CMakeLists))/,
    finding: ([path = '']) => ({
      text: `The build reads ${path}, which is empty or not there.`,
      advice: 'Is it a submodule? git submodule update --init --recursive',
    }),
  },
  {
    id: 'package',
    pattern:
      /Unable to locate package (\S+)|E: Package '([^']+)' has no installation candidate|unable to select packages:\s+([\w+.-]+) \(no such package\)/,
    finding: (names) => ({
      text: `The package ${names.find((name) => name !== '') ?? ''} is not in the lists of the distribution.`,
      advice:
        'Fetch them in the same RUN: apt-get update && apt-get install. Or is it called otherwise there?',
    }),
  },
  {
    id: 'lock',
    pattern:
      /(npm ci[^\n]{0,200} can only install[^\n]{0,200}in sync|ERR_PNPM_OUTDATED_LOCKFILE|lockfile would have been (?:modified|created)|lockfile had changes, but lockfile is frozen|lock file (?:is not up to date|at [^\n]{1,200} needs to be updated)|updates to go\.(?:mod|sum) needed|missing go\.sum entry)/,
    finding: () => ({
      text: 'The lock file does not fit the manifest.',
      advice: 'Install once on your machine, and commit the lock file.',
    }),
  },
  {
    id: 'registry',
    pattern:
      /(?:npm (?:ERR!|error) code E40[13]|ERR_PNPM_FETCH_40[13]|Unable to authenticate|401 Unauthorized|403 Forbidden|could not read Username|terminal prompts disabled|Not authorized)/,
    finding: () => ({
      text: 'A registry or repository wants to know who asks.',
      advice: 'Give its token as a build secret: docker build --secret id=…,env=…',
    }),
  },
  {
    id: 'network',
    pattern:
      /(?:getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)|Could not resolve host: (\S+)|dial tcp: lookup (\S+)|Temporary failure (?:in name resolution|resolving '([^']+)'))/,
    finding: (hosts) => ({
      text: `The build cannot reach ${hosts.find((host) => host !== '') ?? 'the network'}.`,
      advice: 'Is there a proxy? docker build --build-arg HTTPS_PROXY=…',
    }),
  },
  {
    id: 'memory',
    pattern:
      /JavaScript heap out of memory|signal: killed|Killed\s+\(program|OutOfMemoryError|exit code: 137/,
    finding: () => ({
      text: 'The build runs out of memory.',
      advice: 'Give the engine more, or build with fewer jobs.',
    }),
  },
  {
    id: 'script',
    pattern:
      /Missing script: "?([\w:.-]+)"?|Couldn't find a script named "([^"]+)"|ERR_PNPM_NO_SCRIPT\s+Missing script: (\S+)/,
    finding: (names) => ({
      text: `package.json has no script ${names.find((name) => name !== '') ?? ''}.`,
      advice: 'Say another with --build.',
    }),
  },
  {
    id: 'library',
    pattern: /fatal error: ([\w./+-]+\.h(?:pp|h)?): No such file/,
    finding: ([name = ''], promised) => missingHeaders(name, 'header', promised),
  },
  {
    id: 'library',
    pattern:
      /(?:Package '?([\w.+-]+)'?(?:, required by [^,\n]+)?,? (?:was )?not found|No package '([\w.+-]+)' found|Dependency "?([\w.+-]+)"? (?:not found|found: NO)[^\n]*ERROR)/,
    finding: (names, promised) =>
      missingHeaders(names.find((name) => name !== '') ?? '', 'pkg-config', promised),
  },
  {
    id: 'library',
    pattern: /(?:cannot find -l([\w.+-]+)|library not found for -l([\w.+-]+))/,
    finding: (names, promised) => missingHeaders(names.find((name) => name !== '') ?? '', 'link', promised),
  },
  {
    id: 'tool',
    pattern: new RegExp(
      String.raw`(?:${SHELL}${QUOTE}(?:/[\w/]*/)?(${NAME})${QUOTE}: (?:not found|command not found)|make(?:\[\d+\])?: (${NAME}): No such file|exec: "(${NAME})": executable file not found|Program '?(${NAME})'? not found|configure: error: (${NAME}) (?:is required|not found))`,
    ),
    finding: (names, promised) => missingProgram(names.find((name) => name !== '') ?? '', promised, 'build'),
  },
  {
    id: 'library',
    pattern: /Could (?:NOT|not) find (?:a package configuration file provided by )?"?(\w+)"?/,
    finding: ([name = ''], promised) =>
      programCalled(name.toLowerCase()) === undefined
        ? missingHeaders(name, 'cmake', promised)
        : missingProgram(name.toLowerCase(), promised, 'build'),
  },
  {
    id: 'types',
    pattern: /(?<!\S)(\S{1,300}\.tsx?)[(:](\d+)[^\n]{0,200}error TS\d+: ([^\n]+)/,
    finding: ([file = '', line = '', what = '']) => ({
      text: `${file}:${line} does not compile: ${what}`,
      advice: 'Mend it, or say a build that does not check types with --build.',
    }),
  },
];

/** Of the program, while it starts. */
const RUN: readonly Sign[] = [
  {
    // the engine says so of what it was to start, and the kernel of a program whose loader or shell is not there
    id: 'loader',
    pattern:
      /(?:^|: )exec (?:container process )?[`"']?(\/[\w./-]+)[`"']?: no such file or directory|starting container process caused: exec: "(\/[\w./-]+)": stat [^\n]*no such file/m,
    finding: (names) => {
      const path = names.find((name) => name !== '') ?? '';
      return {
        text: `${path} cannot be started: it, its loader or its shell is not in the image.`,
        advice:
          'A program: link it statically (CGO_ENABLED=0), or take an image with its C library. A script: has its first line the line end of Windows?',
      };
    },
  },
  {
    id: 'executable',
    pattern: /exec: "(\/?[\w./-]+)": permission denied|(?:^|: )exec (\/[\w./-]+): permission denied/m,
    finding: (names) => ({
      text: `${names.find((name) => name !== '') ?? 'It'} may not be executed.`,
      advice: 'Copy it with its rights: COPY --chmod=755.',
    }),
  },
  {
    id: 'platform',
    pattern: /[Ee]xec format error|\bENOEXEC\b|(?:invalid|wrong) ELF (?:header|class)/,
    finding: () => ({
      text: 'A program or library in the image is made for another processor or system.',
      advice: 'Was it copied from your machine? Let the build make it.',
    }),
  },
  {
    id: 'library',
    pattern:
      /(?:error while loading shared libraries: |Error loading shared library |(?:Import|OS)Error: |cannot open shared object file[^\n]*\b)(lib[\w+.-]+?\.so[\d.]*)/,
    finding: ([file = ''], promised) => missingLibrary(file, promised),
  },
  {
    id: 'write',
    pattern: /EROFS: read-only file system, (?:mkdir|open|unlink|rename|copyfile|mkdtemp|utime)\w* '([^']+)'/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    // Node says so where a folder is made on a file system that takes none
    id: 'write',
    pattern: /ENOENT: no such file or directory, mkdir '([^']+)'/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'write',
    pattern: /EACCES: permission denied, (?:mkdir|open|unlink|rename|copyfile|mkdtemp) '([^']+)'/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'write',
    pattern: /\[Errno (?:30|13)\] (?:Read-only file system|Permission denied): '([^']+)'/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'write',
    pattern:
      /(?:mkdir|open|create|rename|remove) (\/?[\w.@-][\w./@-]*): (?:read-only file system|permission denied)/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'write',
    pattern:
      /(?:FileSystemException|AccessDeniedException|FileNotFoundException): (\/?[\w./@-]+)(?::? \(?(?:Read-only file system|Permission denied))?/,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'write',
    pattern: /(?:^|[\s:'"`])(\/?[\w.@-]+(?:\/[\w.@-]+)*)['"`]?: (?:Read-only file system|Permission denied)/m,
    finding: ([path = ''], promised) => unwritable(path, promised),
  },
  {
    id: 'root',
    pattern:
      /(?:must be run as root|(?:are you|must be) root\b|initgroups\([^\n]*failed|setgid\([^\n]*failed|chown[^\n]*(?:Operation not permitted|EPERM)|(?:setuid|setgid|setgroups|EPERM)[^\n]*(?:operation|Operation) not permitted)/,
    finding: () => ({
      text: 'It wants to be root: to change owners, or to become another user.',
      advice: 'Let it run as the user that it is: the image gives it its own.',
    }),
  },
  {
    id: 'bind',
    pattern: /EADDRINUSE|address already in use/i,
    finding: () => ({
      text: 'Two of its parts listen on the same port.',
      advice: 'Give them two, by variables.',
    }),
  },
  {
    id: 'tool',
    pattern: new RegExp(
      String.raw`(?:spawn(?:Sync)? (?:/[\w/]*/)?(${NAME}) ENOENT|exec: "(?:/[\w/]*/)?(${NAME})": (?:executable file not found|stat)|FileNotFoundError: \[Errno 2\] No such file or directory: '(?!/)(${NAME}?)'(?=\n|$)|Cannot run program "(?:/[\w/]*/)?(${NAME})"|${SHELL}(${NAME}): not found|env: ${QUOTE}(${NAME})${QUOTE}: No such file)`,
    ),
    finding: (names, promised) => {
      const name = names.find((one) => one !== '') ?? '';
      return promised.has(name) ? absent(name, promised) : missingProgram(name, promised, 'run');
    },
  },
  {
    id: 'module',
    pattern:
      /Cannot find (?:module|package) '([^'\n]+)'|No module named '([^'\n]+)'|Could not find or load main class (\S+)|ClassNotFoundException: (\S+)/,
    finding: (names) => ({
      text: `It loads ${names.find((name) => name !== '') ?? ''}, which is not in the image.`,
      advice: 'Is it a dependency for development only, or a file that a build makes?',
    }),
  },
  {
    id: 'file',
    pattern: /ENOENT: no such file or directory, (?:open|scandir|stat|lstat|access) '([^']+)'/,
    finding: ([path = ''], promised) => absent(path, promised),
  },
  {
    id: 'file',
    pattern: /\[Errno 2\] No such file or directory: '([^']+)'/,
    finding: ([path = ''], promised) => absent(path, promised),
  },
  {
    id: 'file',
    pattern: /(?:open|stat|lstat|read) ((?:\.?\/)?[\w.@-][\w./@-]*): no such file or directory/,
    finding: ([path = ''], promised) => absent(path, promised),
  },
  {
    id: 'file',
    pattern: /(?:^|[\s'"`:])((?:\.?\/)?[\w.@-]+(?:\/[\w.@-]+)*\.\w+)['"`]?: No such file or directory/m,
    finding: ([path = ''], promised) => absent(path, promised),
  },
  // lists: envalid, zod's and pydantic's own, which take an object of all variables
  {
    id: 'variable',
    pattern:
      /environment variables:\s{1,40}([A-Z][A-Z0-9_]{2,80}):|"path": \[\s{0,40}"([A-Z][A-Z0-9_]{2,80})"\s{0,40}\],\s{0,40}"message": "(?:Required|Invalid input)|validation errors? for \w{1,80}\n([A-Za-z]\w{1,80})\n\s{1,40}[Ff]ield required/,
    finding: unset,
  },
  {
    id: 'variable',
    pattern:
      /(?:KeyError: '([A-Z][A-Z0-9_]{2,})'|(?:[Ee]nvironment|[Ee]nv|config)[\w ]*(?:variable|var)s?:? ["'`]?([A-Z][A-Z0-9_]{2,})\b|\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Z]{4,})["'`]? (?:is|was|must be|has to be|needs to be|not)(?: not)? (?:required|missing|set|defined|provided|undefined|empty)|(?:[Mm]issing|[Rr]equired|[Uu]ndefined|set)(?: (?:required|the|mandatory|environment|env|variable|value|config\w*))*:? ["'`$]?([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b|Could not resolve placeholder '([^']+)')/,
    finding: unset,
  },
  {
    id: 'service',
    pattern:
      /(?:ECONNREFUSED (\S{1,300}:\d+)|dial tcp (\S{1,300}:\d+)[^\n]{0,200}connection refused|connection to server at "([^"\n]{1,300})"[^\n]{0,200}failed|could not connect to server|(?:getaddrinfo|lookup)[^\n]{0,200}?(?:ENOTFOUND|EAI_AGAIN|no such host|not known)\s{0,20}(\S*)|Connection to (\S{1,300}) refused|Error \d+ connecting to (\S+))/,
    finding: (names) => ({
      text: `It needs another service: ${names.find((name) => name !== '') ?? 'a database'} does not answer.`,
      advice: 'Start it beside the container, and say where it is by a variable.',
    }),
  },
  {
    id: 'memory',
    pattern:
      /JavaScript heap out of memory|java\.lang\.OutOfMemoryError|MemoryError\b|std::bad_alloc|fatal error: runtime: out of memory/,
    finding: () => ({
      text: 'It runs out of memory.',
      advice: 'Give the container more: docker run --memory 1g',
    }),
  },
  {
    id: 'arguments',
    pattern:
      /^[^\S\n]*(?:usage|Usage|USAGE)\b:?[^\n]*|(?:missing|requires?)(?: \w{1,100})? (?:argument|operand|subcommand)s?|the following arguments are required: ([^\n]+)/m,
    finding: () => ({ text: 'It wants arguments.', advice: 'Say them with --args "…".' }),
  },
];

/** What a program could not write or open, as findings: what it does without is told only. */
export function followedSigns(
  calls: readonly Failed[],
  promised: Promised,
  works: boolean,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const call of calls) {
    const finding = followedSign(call, promised, works);
    if (finding !== undefined && !found.has(finding.text)) found.set(finding.text, finding);
  }
  // a folder is one fault, however many files of it are tried
  const corrections = new Set<string>();
  return [...found.values()].flatMap((finding) => {
    const value = finding.correction?.value;
    if (value !== undefined && corrections.has(value)) return [];
    if (value !== undefined) corrections.add(value);
    return [works ? { ...finding, mild: true as const } : finding];
  });
}

function followedSign(
  { path, error, writes }: Failed,
  promised: Promised,
  works: boolean,
): Finding | undefined {
  if (writes) return { id: 'write', ...unwritable(path, promised) };
  if (error === 'EACCES') {
    const text = `It may not read ${path}.`;
    return { id: 'read', text, advice: 'Copy it with its rights: COPY --chmod=a+rX.' };
  }
  // what it goes on without is no fault
  if (works || error !== 'ENOENT' || !isOfProject(path, promised)) return undefined;
  const missing = absent(path, promised);
  return missing === undefined ? undefined : { id: 'file', ...missing };
}

/** Whether a path is a file of the project that an image may have: what its owner keeps to himself is none. */
function isOfProject(path: string, { folder, has }: Promised): boolean {
  const inner = posix.relative(folder, path);
  return inner !== '' && !/^\.\.|(?:^|\/)(?:\.[^/]|node_modules\/)/.test(inner) && has(inner);
}

/** What a log tells, each kind of fault once; the first is the likeliest cause. */
export function signsIn(log: string, of: 'build' | 'run', promised: Promised): readonly Finding[] {
  // a log is somebody's text: no colours, no line as long as a book
  const plain = log
    .slice(-200_000)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    .replace(/\u001b\[[0-9;]*m/g, '')
    .split('\n')
    // BuildKit says the step and the second before each line
    .map((line) => line.replace(/^#\d+ \d+\.\d+ ?/, '').slice(0, 2000))
    .join('\n');
  const found: Finding[] = [];
  for (const { id, pattern, finding } of of === 'build' ? BUILD : RUN) {
    if (found.some((one) => one.id === id)) continue;
    const match = pattern.exec(plain);
    const said =
      match === null
        ? undefined
        : finding(
            match.slice(1).map((group) => group ?? ''),
            promised,
          );
    if (said !== undefined) found.push({ id, ...said });
  }
  return found;
}
