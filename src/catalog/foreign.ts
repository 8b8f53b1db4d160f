/** Manifests by which other languages are recognized: those that cannot be written for yet, and those that outweigh a package.json of tools. */
const MANIFESTS: readonly { readonly name: string; readonly manifest: RegExp }[] = [
  { name: 'Python', manifest: /^(requirements\.txt|pyproject\.toml|Pipfile|setup\.py|manage\.py|uv\.lock)$/ },
  { name: 'Ruby', manifest: /^(Gemfile|.+\.gemspec)$/ },
  { name: 'PHP', manifest: /^composer\.json$/ },
  { name: 'Go', manifest: /^go\.mod$/ },
  { name: 'Rust', manifest: /^Cargo\.toml$/ },
  { name: '.NET', manifest: /^.+\.(csproj|fsproj|vbproj|sln|slnx)$/ },
  { name: 'Elixir', manifest: /^mix\.exs$/ },
  { name: 'Deno', manifest: /^deno\.jsonc?$/ },
  { name: 'Dart', manifest: /^pubspec\.yaml$/ },
  { name: 'Swift', manifest: /^Package\.swift$/ },
  { name: 'Scala', manifest: /^build\.sbt$/ },
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
export function foreignIn(entries: readonly string[]): { name: string; file: string } | undefined {
  for (const { name, manifest } of MANIFESTS) {
    const file = entries.find((entry) => manifest.test(entry));
    if (file !== undefined) return { name, file };
  }
  return undefined;
}
