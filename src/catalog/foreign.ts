/** Manifests by which other languages are recognized: those that cannot be written for yet, and those that outweigh a package.json of tools. */
const MANIFESTS: readonly { readonly name: string; readonly manifest: RegExp; readonly instead?: string }[] =
  [
    {
      name: 'Python',
      manifest: /^(requirements\.txt|pyproject\.toml|Pipfile|setup\.py|manage\.py|uv\.lock)$/,
    },
    { name: 'Ruby', manifest: /^(Gemfile|.+\.gemspec)$/ },
    { name: 'PHP', manifest: /^composer\.json$/ },
    { name: 'Go', manifest: /^go\.mod$/ },
    { name: 'Rust', manifest: /^Cargo\.toml$/ },
    { name: '.NET', manifest: /^.+\.(csproj|fsproj|vbproj|sln|slnx)$/ },
    { name: 'Elixir', manifest: /^mix\.exs$/ },
    { name: 'Deno', manifest: /^deno\.jsonc?$/ },
    { name: 'Dart', manifest: /^pubspec\.yaml$/ },
    { name: 'Swift', manifest: /^Package\.swift$/ },
    // https://www.scala-sbt.org/sbt-native-packager/formats/docker.html
    {
      name: 'sbt',
      manifest: /^build\.sbt$/,
      instead: 'sbt-native-packager makes an image of it: sbt Docker/publishLocal',
    },
    // https://mill-build.org/mill/contrib/docker.html
    {
      name: 'Mill',
      manifest: /^build\.(mill|sc)$/,
      instead: 'its DockerModule makes an image of it: mill docker.build',
    },
    {
      name: 'Ant',
      manifest: /^build\.xml$/,
      instead: 'give it a pom.xml or a build.gradle, for its targets can do anything',
    },
    // https://github.com/bazel-contrib/rules_oci
    {
      name: 'Bazel',
      manifest: /^(MODULE\.bazel|WORKSPACE(\.bazel)?)$/,
      instead: 'rules_oci makes an image of it: oci_image and oci_load',
    },
    { name: 'Clojure', manifest: /^(deps\.edn|project\.clj)$/ },
    { name: 'Haskell', manifest: /^(stack\.yaml|.+\.cabal)$/ },
    { name: 'Erlang', manifest: /^rebar\.config$/ },
    { name: 'Gleam', manifest: /^gleam\.toml$/ },
    { name: 'Crystal', manifest: /^shard\.yml$/ },
    { name: 'Perl', manifest: /^(cpanfile|Makefile\.PL)$/ },
    { name: 'OCaml', manifest: /^dune-project$/ },
    { name: 'Zig', manifest: /^build\.zig$/ },
  ];

/** The other language that a folder speaks, by the names in it. */
export function foreignIn(
  entries: readonly string[],
): { name: string; file: string; instead?: string } | undefined {
  for (const { name, manifest, instead } of MANIFESTS) {
    const file = entries.find((entry) => manifest.test(entry));
    if (file !== undefined) return { name, file, ...(instead === undefined ? {} : { instead }) };
  }
  return undefined;
}
