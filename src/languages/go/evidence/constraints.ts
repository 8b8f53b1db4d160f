/** Systems and architectures of which a file name may end, as go/build knows them. */
const SYSTEMS =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos';
const MACHINES =
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm armbe sparc64';
const [OS, ARCH] = [SYSTEMS, MACHINES].map((names) => new Set(names.split(' ')));

/** What holds in every image: Linux, and the architectures, of which some image is each. */
const TRUE = /^(linux|unix|gc|amd64|arm64|arm|ppc64le|s390x|go1\.\d+)$/;

/**
 * Whether a file is a part of a Linux program without tags of its own, by its name and its `//go:build` line.
 * `cgo` is what CGO_ENABLED says.
 */
export function isBuilt(path: string, text: string, cgo: boolean): boolean {
  const name = path.split('/').at(-1) ?? path;
  if (/^[._]/.test(name) || name.endsWith('_test.go')) return false;
  const parts = name.replace(/\.go$/, '').split('_').slice(1);
  const [system, machine] = [parts.at(-2), parts.at(-1)];
  if (machine !== undefined && ARCH?.has(machine)) {
    if (!TRUE.test(machine) || (system !== undefined && OS?.has(system) && system !== 'linux')) return false;
  } else if (machine !== undefined && OS?.has(machine) && machine !== 'linux') return false;
  const line = /^\/\/go:build (.*)$/m.exec(text.split(/^package\s/m)[0] ?? '')?.[1];
  return line === undefined || evaluate(line, (tag) => TRUE.test(tag) || (tag === 'cgo' && cgo));
}

/** https://pkg.go.dev/cmd/go#hdr-Build_constraints: `||`, `&&`, `!` and brackets, in rising order. */
function evaluate(line: string, holds: (tag: string) => boolean): boolean {
  const tokens = line.match(/\|\||&&|[!()]|[\w.]+/g) ?? [];
  // Go reads no longer ones either
  if (tokens.length > 1000) return false;
  let at = 0;
  const either = (): boolean => {
    let value = both();
    while (tokens[at] === '||') {
      at++;
      value = both() || value;
    }
    return value;
  };
  const both = (): boolean => {
    let value = one();
    while (tokens[at] === '&&') {
      at++;
      value = one() && value;
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !one();
    if (token !== '(') return token !== undefined && holds(token);
    const value = either();
    at++;
    return value;
  };
  return either();
}
