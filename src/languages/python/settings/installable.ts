import { UserError } from '../../../errors.ts';
import { lineNumber } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Seen } from '../evidence/evidence.ts';
import { staleLock } from '../evidence/fresh.ts';
import { holds, type Requirement } from '../evidence/requirements.ts';

/** Packages that are made for Windows alone: their lists were written there, by `pip freeze`. */
const WINDOWS = new Set([
  'pywin32',
  'pypiwin32',
  'pywin32-ctypes',
  'pywinpty',
  'win32-setctime',
  'windows-curses',
  'winrt-runtime',
  'comtypes',
  'wmi',
  'pyreadline3',
]);
/** Of these a newer release installs nothing, or something else, elsewhere. */
const HARMLESS = new Set(['pywin32-ctypes', 'win32-setctime', 'pyreadline3', 'comtypes']);

function refused(message: string, fix: string): UserError {
  return new UserError({ kind: 'refused', message, fix });
}

/** Refuses a lock that is older than its manifest, and a list that no pip on Linux can install, with its line. */
export function assertInstallable(seen: Seen, manager: string): void {
  const { project, listing, requirements } = seen;
  const stale = staleLock(project, manager);
  if (stale !== undefined)
    throw refused(`${stale.because}.`, `Run ${stale.fix}, commit the lock, and run this again.`);
  assertNoPassword(project);
  if (manager !== 'pip') return;
  if (listing.kind === 'requirements') {
    for (const file of requirements.files.length > 0 ? requirements.files : [listing.file])
      assertText(project, file);
    for (const one of requirements.all) assertLine(project, one);
    assertHashes(requirements.all);
    for (const { url, at } of requirements.indexes)
      if (/^https?:\/\/[^/@\s$]+:[^/@\s$]+@/.test(url))
        throw refused(
          `${at} has a password in the address of a package index, which would be in the image's history.`,
          'Take it out of the address, and let ~/.netrc or pip.conf have it: the build takes that as a secret.',
        );
  }
  if (seen.conda?.refused !== undefined) {
    const { at, name, because } = seen.conda.refused;
    throw refused(
      `${at} names ${name}, which ${because}.`,
      'Take it out where nothing needs it, or build on an image of conda: docker.io/condaforge/miniforge3.',
    );
  }
  if (listing.kind === 'none') assertStandard(seen);
}

/** What tells tools of Python where packages come from, and is copied with the project. */
const TELLS = [
  'pyproject.toml',
  'uv.toml',
  'poetry.toml',
  'pdm.toml',
  '.pdm.toml',
  'Pipfile',
  'Pipfile.lock',
];
const PASSWORD =
  /\b(?:url|index|default-index|find-links)"?[^\S\n]{0,9}[=:][^\n#]{0,200}https?:\/\/[^/@\s"'$:]{1,200}:[^/@\s"'$]{1,200}@|^[^\S\n]{0,9}password[^\S\n]{0,9}=[^\S\n]{0,9}["'][^"'$]/m;

function assertNoPassword(project: Project): void {
  for (const file of TELLS) {
    const text = project.read(file) ?? '';
    const at = text.search(PASSWORD);
    if (at >= 0)
      throw refused(
        `${file}:${lineNumber(text, at)} has a password of a package index, which would be in the image.`,
        'Take it out, and let a variable have it: the build takes that as a secret.',
      );
  }
}

function assertText(project: Project, file: string): void {
  const text = project.read(file) ?? '';
  if (/\0|\uFFFD\uFFFD/.test(text.slice(0, 200)))
    throw refused(
      `${file} is not UTF-8: PowerShell writes UTF-16, which pip on Linux does not read.`,
      `Write it anew: python -c "import io;t=io.open('${file}',encoding='utf-16').read();io.open('${file}','w',encoding='utf-8').write(t)"`,
    );
}

function assertLine(
  project: Project,
  { name, url, path, specifier, marker, editable, at }: Requirement,
): void {
  if (url !== undefined && /^file:\/\//.test(url))
    throw refused(
      `${at} installs ${name || 'a package'} from a file of the machine that wrote the list (${url.slice(0, 60)}), as conda's pip freeze does.`,
      'Write the list with pip list --format=freeze, or name the version: name==1.2.3.',
    );
  if (name === 'pkg-resources' || (name === 'pkg_resources' && specifier === '==0.0.0'))
    throw refused(
      `${at} names pkg-resources, which old Ubuntu's pip freeze adds and which does not exist.`,
      'Take that line out.',
    );
  if (WINDOWS.has(name) && !HARMLESS.has(name) && holds(marker, undefined))
    throw refused(
      `${at} names ${name}, which exists for Windows alone.`,
      `Take it out, or end the line with: ; sys_platform == "win32"`,
    );
  if (path !== undefined && !project.has(path))
    throw refused(
      `${at} installs ${editable ? '-e ' : ''}${path}, which is not in the folder that the image is built from.`,
      'Name the folder that holds both as the one to build from, or publish that package.',
    );
}

/** pip demands hashes of all lines as soon as one has them. */
function assertHashes(all: readonly Requirement[]): void {
  const outer = all.filter(({ path }) => path === undefined);
  if (!outer.some(({ hashed }) => hashed)) return;
  const bare = outer.find(({ hashed }) => !hashed);
  if (bare !== undefined)
    throw refused(
      `${bare.at} has no hash, and pip demands one of every line as soon as one has it.`,
      'Write the list with hashes for all: uv pip compile --generate-hashes, or pip-compile --generate-hashes.',
    );
}

/** Modules of the standard library that a program may import, in any minor that is supported. */
const STANDARD = new Set(
  '__future__ _thread abc argparse array ast asyncio atexit audioop base64 bdb binascii bisect builtins bz2 calendar cgi cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg cProfile csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http imaplib imghdr imp importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc nntplib ntpath numbers operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pydoc queue quopri random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog tarfile telnetlib tempfile termios textwrap threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty types typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo _typeshed annotationlib compression'.split(
    ' ',
  ),
);

/** Without a list of dependencies, all that is imported must be Python's own or the project's. */
function assertStandard({ modules }: Seen): void {
  const foreign = new Map<string, string>();
  for (const path of modules.paths.slice(0, 200)) {
    const folders = path.split('/').slice(0, -1);
    const roots = ['.', 'src', ...folders.map((_, index) => folders.slice(0, index + 1).join('/'))];
    for (const { module, guarded, at } of modules.imports(path)) {
      const [top = ''] = module.split('.');
      if (guarded || top === '' || STANDARD.has(top) || modules.find(top, roots) !== undefined) continue;
      if (!foreign.has(top)) foreign.set(top, at);
    }
  }
  const [first] = foreign;
  if (first === undefined) return;
  const names = [...foreign.keys()].slice(0, 5).join(', ');
  throw refused(
    `${first[1]} imports ${first[0]}, which Python does not have, and no file lists the packages to install.`,
    `Write a requirements.txt with what is imported (${names}), with versions: uv init && uv add ${[...foreign.keys()].slice(0, 5).join(' ')}`,
  );
}
