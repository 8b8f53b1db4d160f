import { UserError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import { verbatim } from '../project/data.ts';
import type { ImageRule } from './standard.ts';

/** A reference in its parts; official images of Docker Hub are written without their registry. */
export interface Reference {
  readonly registry: string;
  /** With the namespace, without the registry: `library/node`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** https://pkg.go.dev/github.com/distribution/reference: what has a dot, a colon, or is localhost is a registry. */
export function referenceOf(image: string): Reference {
  const [named = '', digest] = image.split('@');
  const [first = '', ...rest] = named.split('/');
  const hosted = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const path = hosted ? rest.join('/') : named;
  const colon = path.lastIndexOf(':');
  const name = colon > path.lastIndexOf('/') ? path.slice(0, colon) : path;
  return {
    registry: hosted ? first : 'docker.io',
    repository: hosted || name.includes('/') ? name : `library/${name}`,
    tag: name === path ? undefined : path.slice(colon + 1),
    digest,
  };
}

/** A reference with all that it leaves out: `docker.io/library/node:26`. */
function fullName(image: string): string {
  const { registry, repository, tag, digest } = referenceOf(image);
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** What a pattern's `*` stand for, where it matches; the short name of an official image is matched as the full one. */
export function matchOf(pattern: string, image: string): readonly string[] | undefined {
  const full = fullName(image);
  for (const name of [image, full, full.replace('docker.io/library/', 'docker.io/')]) {
    const found = starsOf(pattern.split('*'), name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each star takes as little as it can, so that nothing has to be tried again. */
function starsOf(parts: readonly string[], text: string): readonly string[] | undefined {
  const [first = '', ...rest] = parts;
  if (!text.startsWith(first)) return undefined;
  const stars: string[] = [];
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    const last = index === rest.length - 1;
    const found = last ? text.length - part.length : text.indexOf(part, at);
    if (found < at || !text.startsWith(part, found)) return undefined;
    stars.push(text.slice(at, found));
    at = found + part.length;
  }
  return at === text.length ? stars : undefined;
}

/** Images that a standard names are used in place of ours; what is different in them is different in the plan. */
export function replaceImages(plan: Plan, rules: readonly ImageRule[]): Plan {
  const fitting = rules.filter(
    ({ language, target }) =>
      (language ?? plan.language) === plan.language && (target ?? plan.target) === plan.target,
  );
  if (fitting.length === 0) return plan;
  const used = new Map<string, ImageRule>();
  const replaced = (role: string, image: string): string => {
    if (image === 'scratch') return image;
    const rule = ruleFor(role, image, fitting);
    if (rule === undefined) return image;
    used.set(role, rule);
    return filled(rule, image);
  };
  const visit = (value: unknown, role: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => visit(one, role));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, one]) => [
      key,
      key === 'image' && typeof one === 'string' ? replaced(role, one) : visit(one, key),
    ]);
    return Object.fromEntries(entries);
  };
  const images = Object.entries(plan.images).map(([role, image]) => [role, replaced(role, image)]);
  const whole = {
    ...plan,
    rootfs: visit(plan.rootfs, 'rootfs') as Plan['rootfs'],
    app: visit(plan.app, 'app') as Plan['app'],
    images: Object.fromEntries(images),
  };
  return adapted(whole, used);
}

/** The role comes first, then what matches the reference, in the order in which both stand there. */
function ruleFor(role: string, image: string, rules: readonly ImageRule[]): ImageRule | undefined {
  return (
    rules.find(({ replaces }) => replaces === role) ??
    rules.find(({ replaces }) => matchOf(replaces, image) !== undefined || isNameOf(replaces, image))
  );
}

/** `node` without a tag is every tag of it. */
function isNameOf(replaces: string, image: string): boolean {
  const { registry, repository } = referenceOf(replaces);
  const other = referenceOf(image);
  const open = !replaces.includes('*') && referenceOf(replaces).tag === undefined;
  return open && registry === other.registry && repository === other.repository;
}

function filled({ replaces, image }: ImageRule, original: string): string {
  const { repository, tag = 'latest' } = referenceOf(original);
  const words: Readonly<Record<string, string>> = {
    name: repository.replace(/^library\//, ''),
    tag,
    version: /^v?\d+(?:\.\d+)*/.exec(tag)?.[0] ?? tag,
  };
  const stars = [...(matchOf(replaces, original) ?? [])];
  return image
    .replace(/\*/g, () => stars.shift() ?? tag)
    .replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole);
}

/** Its user, its paths and its package manager, in place of those that ours would have. */
function adapted(plan: Plan, used: ReadonlyMap<string, ImageRule>): Plan {
  let whole = plan;
  for (const [role, rule] of used) {
    for (const [ours, theirs] of Object.entries(rule.paths)) whole = withPath(whole, ours, theirs);
    if (role !== 'runtime') continue;
    if (rule.user !== undefined) whole = withUser(whole, rule.user);
    assertInstallable(whole, rule);
  }
  return whole;
}

function withUser(plan: Plan, user: string): Plan {
  const { notes, choices, ignore, ...rest } = plan;
  const at = new RegExp(`(?<![\\w:])${verbatim(plan.user)}(?![\\w:])`, 'g');
  return { ...mapped(rest, (text) => text.replace(at, user)), notes, choices, ignore };
}

function withPath(plan: Plan, ours: string, theirs: string): Plan {
  const { notes, choices, ignore, images, ...rest } = plan;
  const at = new RegExp(`(?<![\\w.-])${verbatim(ours)}(?=$|[/\\s:"'])`, 'g');
  return { ...mapped(rest, (text) => text.replace(at, () => theirs)), images, notes, choices, ignore };
}

function mapped<T>(value: T, change: (text: string) => string): T {
  const visit = (one: unknown): unknown => {
    if (typeof one === 'string') return change(one);
    if (Array.isArray(one)) return one.map(visit);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, visit(inner)]));
  };
  return visit(value) as T;
}

/** Packages that the image that ships needs, and that nothing in it can install. */
function assertInstallable(plan: Plan, { packageManager, image, from }: ImageRule): void {
  if (packageManager === undefined) return;
  const packages = (['apt', 'apk'] as const)
    .filter((manager) => manager !== packageManager)
    .flatMap((manager) => plan.packages[manager]);
  if (packages.length === 0) return;
  const has = packageManager === 'none' ? 'no package manager' : packageManager;
  throw new UserError({
    kind: 'refused',
    message: `This project needs ${packages.join(', ')} in the image that ships, and ${image} has ${has} (${from}).`,
    fix: 'Use an image that has them, or another target.',
  });
}
