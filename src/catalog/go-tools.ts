/** Tools that a stage for development installs, by the release of Go that they compile with. */
interface ToolRow {
  readonly module: string;
  /** Newest first: the least release of Go, and the version. The images of Go fetch no other toolchain. */
  readonly releases: readonly { readonly go: string; readonly version: string }[];
  readonly docs: string;
}

/** Compiles a program and starts it again as its sources change. */
export const AIR: ToolRow = {
  module: 'github.com/air-verse/air',
  releases: [
    { go: '1.26', version: 'v1.67.4' },
    { go: '1.25', version: 'v1.65.3' },
    { go: '1.24', version: 'v1.62.0' },
  ],
  docs: 'https://github.com/air-verse/air#installation',
};
