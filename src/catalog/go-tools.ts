/** Tools that a stage for development installs, by the release of Go that they compile with. */
interface ToolRow {
  readonly module: string;
  /** Newest first: the least release of Go, and the version. The images of Go fetch no other toolchain. */
  readonly releases: readonly { readonly go: string; readonly version: string }[];
  readonly docs: string;
}

/** Starts a program again as its sources change, as the project's own file says. */
export const AIR: ToolRow = {
  module: 'github.com/air-verse/air',
  releases: [
    { go: '1.25', version: 'v1.64.5' },
    { go: '1.24', version: 'v1.62.0' },
    { go: '1.23', version: 'v1.61.7' },
    { go: '1.22', version: 'v1.52.3' },
  ],
  docs: 'https://github.com/air-verse/air#installation',
};
