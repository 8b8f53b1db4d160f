import type { Language, Signal } from '../../facts/language.ts';
import type { Project } from '../../project/project.ts';
import { FLAGS } from './flags.ts';
import type { CSettings } from './settings/settings.ts';

/** Manifests of other languages: a build file beside one of them builds a part of that project, an add-on or a task. */
const FOREIGN =
  /^(go\.(mod|work)|setup\.(py|cfg)|requirements\.txt|Pipfile|Cargo\.toml|pom\.xml|build\.gradle(\.kts)?|composer\.json|Gemfile|mix\.exs|binding\.gyp)$/;
const MAIN = /(^|\n)\s*(int|void|auto)\s+main\s*\(/;
/** Words of a Makefile that compile: very often it is only a list of commands. */
const COMPILES =
  /\$[({](CC|CXX)[)}]|\$[({]MAKE[)}]|\b(gcc|g\+\+|clang|clang\+\+|cc)\s+-|\.o\b|\.c(pp|c|xx)?\b/;
const SOURCES = ['*.{c,cc,cpp,cxx}', '{src,source,app}/**/*.{c,cc,cpp,cxx}'];

export const c: Language<CSettings> = {
  id: 'c',
  name: 'C/C++',
  manifest: 'CMakeLists.txt',
  detect(project) {
    if (project.entries.some((name) => FOREIGN.test(name)) || isOfPython(project)) return undefined;
    // libraries of C describe themselves to Swift too
    if (
      project.isFile('Package.swift') &&
      project.find('**/*.swift').some((path) => !/Package[^/]*$/.test(path))
    )
      return undefined;
    const manifest = project.read('package.json');
    if (manifest === undefined) return manifestOf(project) ?? looseOf(project);
    // beside package.json a Makefile has tasks, and sources may be an add-on's
    return ADDON.test(manifest) ? undefined : builtByName(project);
  },
  parts: /./,
  flags: FLAGS,
  rules: async () => (await import('./rules.ts')).rules,
};

/** Build backends of Python that compile C: the build file beside them is theirs. */
const COMPILING =
  /scikit-build|skbuild|mesonpy|meson-python|pybind11|nanobind|cmake|cython|setup_requires|cffi/i;

/**
 * pyproject.toml describes a project of Python, unless it only has settings of tools. Beside a build of C it may hold no
 * more than what the tests are run with: both are possible.
 */
function isOfPython(project: Project): boolean {
  const text = project.read('pyproject.toml');
  if (text === undefined) return false;
  if (builtByName(project) !== undefined && !COMPILING.test(text)) return false;
  return !/^\s*\[tool\./m.test(text) || /^\s*\[(project|build-system|tool\.poetry)\b/m.test(text);
}

/** What builds machine code for Node. */
const ADDON = /"(cmake-js|node-gyp|node-gyp-build|node-addon-api|nan|bindings|prebuildify|prebuild-install)"/;

/** A file that is nothing but a build of C or C++. */
function builtByName(project: Project): Signal | undefined {
  const sure = ['CMakeLists.txt', 'meson.build', 'configure.ac', 'configure.in'].find((path) =>
    project.isFile(path),
  );
  return sure === undefined ? undefined : { strength: 'manifest', files: [sure] };
}

function manifestOf(project: Project): Signal | undefined {
  const sure = builtByName(project);
  if (sure !== undefined) return sure;
  const sources = () => project.find('**/*.{c,cc,cpp,cxx}').length > 0;
  // a script of that name that others make, or that its owner wrote
  if (project.isFile('configure') && sources()) return { strength: 'manifest', files: ['configure'] };
  const made = ['GNUmakefile', 'makefile', 'Makefile', 'Makefile.in'].find((path) => project.isFile(path));
  if (made === undefined || !COMPILES.test(project.read(made) ?? '')) return undefined;
  return sources() ? { strength: 'manifest', files: [made] } : undefined;
}

function looseOf(project: Project): Signal | undefined {
  if (!project.entries.some((name) => /\.(c|cc|cpp|cxx)$|^(src|source|app)$/.test(name))) return undefined;
  const files = project.find(SOURCES).filter((path) => MAIN.test(project.read(path, 2 ** 21) ?? ''));
  return files.length > 0 ? { strength: 'source', files: files.slice(0, 3) } : undefined;
}
