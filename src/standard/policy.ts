import type { Copy, Dockerfile, From, Instruction, Label } from 'dockerfile-ast';
import type { Catalog, Release } from '../catalog/catalog.ts';
import type { TargetId } from '../plan/targets.ts';
import { releaseOf, supported } from '../plan/version.ts';
import { matchOf, type Reference, referenceOf } from './images.ts';
import { parsedDockerfile } from './instructions.ts';
import type { Policy } from './standard.ts';

/** A line that breaks a policy, and which. */
export interface Breach {
  readonly line: number;
  readonly message: string;
  /** Where the policy stands. */
  readonly from: string;
}

/** What a Dockerfile is judged by beside its text. */
export interface Judged {
  /** The target that was chosen; undefined: what its last image looks like. */
  readonly target: TargetId | undefined;
  readonly catalog: Catalog;
  readonly today: string;
}

/** An image that a Dockerfile names; undefined: a variable decides it. */
interface Named {
  readonly line: number;
  readonly image: string | undefined;
  readonly text: string;
}

/** A Dockerfile as policies see it. */
interface View {
  readonly images: readonly Named[];
  /** The instructions of the image that ships, with those of the stages that it is built upon. */
  readonly shipped: readonly Instruction[];
  /** The image below them. */
  readonly base: Named;
  readonly last: number;
}

type Found = Omit<Breach, 'from'>;

/** Every breach of a Dockerfile's text, in the order of its lines. */
export async function breachesOf(
  text: string,
  policies: readonly Policy[],
  judged: Judged,
): Promise<readonly Breach[]> {
  if (policies.length === 0) return [];
  const view = viewOf(await parsedDockerfile(text), text);
  if (view === undefined) return [];
  const all = policies.flatMap((policy) =>
    RULES.flatMap((rule) => rule(policy, view, judged)).map((found) => ({ ...found, from: policy.from })),
  );
  return all.sort((a, b) => a.line - b.line);
}

/** The images that a Dockerfile names, stages left out. */
export async function imagesIn(text: string): Promise<readonly Named[]> {
  return viewOf(await parsedDockerfile(text), text)?.images ?? [];
}

/** One function a key of a policy. */
const RULES: readonly ((policy: Policy, view: View, judged: Judged) => readonly Found[])[] = [
  ({ registries }, { images }) => {
    if (registries === undefined) return [];
    return judgedImages(images, ({ registry }, image) =>
      registries.includes(registry)
        ? undefined
        : `${image} is from ${registry}, not from ${listed(registries)}`,
    );
  },
  ({ images: allowed }, { images }) => {
    if (allowed === undefined) return [];
    return judgedImages(images, (_, image) =>
      // what is allowed by its tag is allowed with a digest too
      allowed.some((pattern) =>
        [image, image.replace(/@.*$/s, '')].some((one) => matchOf(pattern, one) !== undefined),
      )
        ? undefined
        : `${image} is none of ${listed(allowed)}`,
    );
  },
  ({ digests }, { images }) =>
    digests === true
      ? judgedImages(images, ({ digest }, image) =>
          digest === undefined ? `${image} has no digest` : undefined,
        )
      : [],
  userRule,
  healthRule,
  ({ labels = [] }, { shipped, last }) => {
    const has = shipped
      .filter((one): one is Label => one.getKeyword() === 'LABEL')
      .flatMap((one) => one.getProperties().map((property) => property.getName()));
    const missing = labels.filter((name) => !has.includes(name));
    return missing.map((name) => ({ line: last, message: `the image that ships has no label ${name}` }));
  },
  ({ 'forbidden-targets': forbidden = [] }, { base }, { target }) => {
    const found = target ?? targetOf(base.image ?? '');
    return found !== undefined && forbidden.includes(found)
      ? [{ line: base.line, message: `the target ${found} is forbidden` }]
      : [];
  },
  ({ 'end-of-life': ended }, { images }, judged) =>
    ended === false ? judgedImages(images, (reference, image) => endOf(reference, image, judged), true) : [],
];

/** What is said of each image; one that a variable decides cannot be judged, which is a breach too. */
function judgedImages(
  images: readonly Named[],
  judge: (reference: Reference, image: string) => string | undefined,
  lenient = false,
): readonly Found[] {
  return images.flatMap(({ line, image, text }): Found[] => {
    if (image === undefined)
      return lenient ? [] : [{ line, message: `${text} is decided by a variable without a default` }];
    const message = judge(referenceOf(image), image);
    return message === undefined ? [] : [{ line, message }];
  });
}

function userRule({ users }: Policy, { shipped, base, last }: View): readonly Found[] {
  if (users === undefined) return [];
  const instruction = shipped.filter((one) => one.getKeyword() === 'USER').at(-1);
  const named = instruction?.getArgumentsContent() ?? (/nonroot/.test(base.image ?? '') ? 'nonroot' : 'root');
  const line = instruction === undefined ? last : lineOf(instruction);
  const [name = ''] = named.split(':');
  if (users.length > 0)
    return users.some((one) => one === named || one === name)
      ? []
      : [{ line, message: `the user is ${named}, not ${listed(users)}` }];
  return /^(0+|root)$/.test(name) ? [{ line, message: `the user is ${named}` }] : [];
}

function healthRule({ health }: Policy, { shipped, last }: View): readonly Found[] {
  if (health !== true) return [];
  const check = shipped.filter((one) => one.getKeyword() === 'HEALTHCHECK').at(-1);
  const exposes = shipped.some((one) => one.getKeyword() === 'EXPOSE');
  if (check === undefined) return [{ line: last, message: 'the image that ships has no HEALTHCHECK' }];
  const none = /^none$/i.test(check.getArgumentsContent() ?? '');
  return none && exposes ? [{ line: lineOf(check), message: 'a server has no health check' }] : [];
}

/** The release lines behind an image's tags. */
const LINES: readonly (readonly [
  name: RegExp,
  lines: (catalog: Catalog) => readonly Release[],
  version: RegExp,
])[] = [
  [/(^|\/)node$/, (catalog) => catalog.node, /^(\d+)/],
  [/(^|\/)bun$/, (catalog) => catalog.bun, /^(\d+)/],
  [/(^|\/)golang$/, (catalog) => catalog.go, /^(\d+\.\d+)/],
  [/(^|\/)python$/, (catalog) => catalog.python, /^(\d+\.\d+)/],
  [/(^|\/)eclipse-temurin$/, (catalog) => catalog.java, /^(\d+)/],
  [/(^|\/)(maven|gradle)$/, (catalog) => catalog.java, /(?:temurin-|jdk-?)(\d+)/],
];

function endOf(
  { repository, tag = '' }: Reference,
  image: string,
  { catalog, today }: Judged,
): string | undefined {
  for (const [name, lines, pattern] of LINES) {
    const [, version] = name.test(repository) ? (pattern.exec(tag) ?? []) : [];
    const all = lines(catalog);
    if (version === undefined) continue;
    const release = releaseOf(all, version);
    if (release !== undefined)
      return supported(release, today)
        ? undefined
        : `${image} reached its end of life on ${release.endOfLife}`;
    // what is older than the oldest line that is known has ended before
    const oldest = Math.min(...all.map((one) => ordinal(one.version)));
    if (ordinal(version) < oldest) return `${image} is older than every version that is supported`;
  }
  return undefined;
}

function ordinal(version: string): number {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major * 1000 + minor;
}

/** What an image is taken for, by its name. */
function targetOf(image: string): TargetId | undefined {
  if (image === 'scratch') return 'scratch';
  if (/distroless/.test(image)) return 'distroless';
  if (/alpine/.test(image)) return 'alpine';
  return /slim/.test(image) ? 'slim' : undefined;
}

function viewOf(dockerfile: Dockerfile, text: string): View | undefined {
  const instructions = dockerfile.getInstructions();
  const froms = instructions.filter((one): one is From => one.getKeyword() === 'FROM');
  const last = froms.at(-1);
  if (last === undefined) return undefined;
  const defaults = new Map(
    dockerfile.getInitialARGs().flatMap((one) => {
      const property = one.getProperty();
      const value = property?.getValue();
      return property && value ? [[property.getName(), value] as const] : [];
    }),
  );
  const stages = new Map<string, From>();
  const images: Named[] = [];
  const [, frontend] = /^(?:#[^\n]*\n)*?#[ \t]*syntax[ \t]*=[ \t]*(\S+)/i.exec(text) ?? [];
  if (frontend !== undefined) images.push({ line: lineIn(text, frontend), image: frontend, text: frontend });
  for (const instruction of instructions) {
    for (const name of namesIn(instruction)) {
      const image = filled(name, defaults);
      const known = stages.has(name.toLowerCase()) || image === 'scratch' || /^\d+$/.test(name);
      if (!known) images.push({ line: lineOf(instruction), image, text: name });
    }
    if (instruction.getKeyword() === 'FROM') {
      const stage = (instruction as From).getBuildStage();
      if (stage) stages.set(stage.toLowerCase(), instruction as From);
    }
  }
  const { shipped, bottom } = shippedBy(last, stages, instructions);
  const below = bottom.getImage() ?? '';
  const base = { line: lineOf(bottom), image: filled(below, defaults), text: below };
  return { images, shipped, base, last: lineOf(last) };
}

/** The last stage with those that it is built upon. */
function shippedBy(
  last: From,
  stages: ReadonlyMap<string, From>,
  instructions: readonly Instruction[],
): { readonly shipped: readonly Instruction[]; readonly bottom: From } {
  const of = (from: From) => {
    const begin = instructions.indexOf(from);
    const end = instructions.findIndex((one, at) => at > begin && one.getKeyword() === 'FROM');
    return instructions.slice(begin + 1, end < 0 ? undefined : end);
  };
  let bottom = last;
  let shipped = of(last);
  const seen = new Set([last]);
  for (;;) {
    const parent = stages.get((bottom.getImage() ?? '').toLowerCase());
    if (parent === undefined || seen.has(parent)) return { shipped, bottom };
    seen.add(parent);
    bottom = parent;
    shipped = [...of(parent), ...shipped];
  }
}

/** What an instruction takes files from: FROM, COPY --from, and mounts of RUN. */
function namesIn(instruction: Instruction): readonly string[] {
  switch (instruction.getKeyword()) {
    case 'FROM':
      return [(instruction as From).getImage() ?? ''].filter((name) => name !== '');
    case 'COPY':
      return [(instruction as Copy).getFromFlag()?.getValue() ?? ''].filter((name) => name !== '');
    case 'RUN':
      return [...instruction.getTextContent().matchAll(/--mount=\S*?\bfrom=([^\s,]+)/g)].map(
        ([, name = '']) => name,
      );
    default:
      return [];
  }
}

/** A reference with the defaults of arguments that stand before the first stage; undefined: one has none. */
function filled(name: string, defaults: ReadonlyMap<string, string>): string | undefined {
  let open = false;
  const image = name.replace(/\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))/g, (_, braced, otherwise, plain) => {
    const value = defaults.get(braced ?? plain) ?? otherwise;
    if (value === undefined) open = true;
    return value ?? '';
  });
  return open ? undefined : image;
}

function lineOf(instruction: Instruction): number {
  return (instruction.getRange()?.start.line ?? 0) + 1;
}

function lineIn(text: string, word: string): number {
  return text.slice(0, text.indexOf(word)).split('\n').length;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
