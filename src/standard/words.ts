import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { SLOTS } from '../output/template-options.ts';
import { near } from '../request/near.ts';
import { ownTemplates, readWithin, templatesIn } from './disk.ts';
import type { Document } from './document.ts';
import type { Entry } from './entry.ts';
import { isTable, refusal } from './shape.ts';
import type {
  Certificate,
  ImageRule,
  OwnTemplate,
  Policy,
  Registry,
  SecretFile,
  Standard,
} from './standard.ts';

type Entries = ReadonlyMap<string, Entry>;

/** The words of a standard among the keys of a configuration, or of a service's share in it. */
export function standardIn(document: Document, entries: Entries): Standard {
  const { shown, source } = document;
  const whole = entries === document.entries;
  return {
    images: imagesIn(document, entries.get('images')),
    labels: textsIn(entries.get('labels')),
    arguments: textsIn(entries.get('arguments')),
    environment: textsIn(entries.get('environment')),
    certificates: listIn(entries.get('certificates')).map(({ line, value }) =>
      certificateOf(source.folder, String(value), shown, line),
    ),
    registries: textsIn(entries.get('registries')) as Partial<Record<Registry, string>>,
    proxies: textsIn(entries.get('proxies')),
    secrets: listIn(entries.get('secrets')).map((entry) => secretOf(entry, shown)),
    policies: policyIn(shown, entries.get('policy')),
    templates: whole ? templatesOf(document) : {},
  };
}

/** The nearest first: it wins, key by key. Policies are all held. */
export function joinedStandards(all: readonly Standard[]): Standard {
  const merged = <T>(pick: (one: Standard) => Readonly<Record<string, T>>): Record<string, T> =>
    Object.assign({}, ...[...all].reverse().map(pick));
  return {
    images: all.flatMap(({ images }) => images),
    labels: merged(({ labels }) => labels),
    arguments: merged((one) => one.arguments),
    environment: merged(({ environment }) => environment),
    certificates: unique(all.flatMap(({ certificates }) => certificates)),
    registries: merged(({ registries }) => registries as Record<string, string>),
    proxies: merged(({ proxies }) => proxies),
    secrets: all.flatMap(({ secrets }, at) =>
      secrets.filter(
        ({ id }) => !all.slice(0, at).some((nearer) => nearer.secrets.some((one) => one.id === id)),
      ),
    ),
    policies: all.flatMap(({ policies }) => policies),
    templates: merged(({ templates }) => templates),
  };
}

/** A certificate that is trusted twice is the same. */
function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  const texts = certificates.map(({ lines }) => lines.join());
  return certificates.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}

function textsIn(entry: Entry | undefined): Record<string, string> {
  if (!isTable(entry?.value)) return {};
  return Object.fromEntries([...entry.value].map(([key, { value }]) => [key, String(value)]));
}

function listIn(entry: Entry | undefined): readonly Entry[] {
  return Array.isArray(entry?.value) ? (entry.value as readonly Entry[]) : [];
}

function tableIn(entry: Entry | undefined): Entries {
  return isTable(entry?.value) ? entry.value : new Map();
}

function textIn(entries: Entries, key: string): string | undefined {
  const value = entries.get(key)?.value;
  return value === undefined ? undefined : String(value);
}

function imagesIn({ shown }: Document, entry: Entry | undefined): readonly ImageRule[] {
  return [...tableIn(entry)].flatMap(([replaces, { line, value }]) => {
    const rule = (one: Entries, where: number): ImageRule => ({
      replaces,
      image: textIn(one, 'image') ?? '',
      language: textIn(one, 'language')?.toLowerCase(),
      target: textIn(one, 'target')?.toLowerCase(),
      user: textIn(one, 'user'),
      packageManager: textIn(one, 'package-manager') as ImageRule['packageManager'],
      paths: textsIn(one.get('paths')),
      from: `${shown}:${where}`,
    });
    if (isTable(value)) return [rule(value, line)];
    if (Array.isArray(value)) return value.map((one: Entry) => rule(tableIn(one), one.line));
    return [rule(new Map([['image', { line, value: String(value) }]]), line)];
  });
}

function secretOf(entry: Entry, shown: string): SecretFile {
  const one = tableIn(entry);
  const [file, env] = [textIn(one, 'file'), textIn(one, 'env')];
  if ((file === undefined) === (env === undefined))
    throw refusal(shown, entry.line, 'A secret has either a file or a variable (env).');
  return {
    id: textIn(one, 'id') ?? '',
    source: file ?? env ?? '',
    from: file === undefined ? 'env' : 'file',
    target: textIn(one, 'target') ?? '',
  };
}

/** One certificate a file may hold, or several behind each other; a key beside them is refused. */
function certificateOf(folder: string, path: string, shown: string, line: number): Certificate {
  const text = readWithin(folder, path, `${shown}:${line}`);
  if (text === undefined) throw refusal(shown, line, `There is no certificate ${JSON.stringify(path)}.`);
  const lines = text.split('\n').map((one) => one.trim());
  if (lines.some((one) => /PRIVATE KEY/.test(one)))
    throw refusal(shown, line, `${JSON.stringify(path)} holds a private key, which no image may have.`);
  const kept: string[] = [];
  let inside = false;
  for (const one of lines) {
    if (one === '-----BEGIN CERTIFICATE-----') inside = true;
    if (inside) {
      if (!/^-----(BEGIN|END) CERTIFICATE-----$|^[A-Za-z0-9+/=]{1,100}$/.test(one))
        throw refusal(shown, line, `${JSON.stringify(path)} is no certificate in PEM form.`);
      kept.push(one);
    }
    if (one === '-----END CERTIFICATE-----') inside = false;
  }
  if (kept.length < 3 || inside)
    throw refusal(shown, line, `${JSON.stringify(path)} is no certificate in PEM form.`);
  const name = (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '').replace(/[^\w.-]/g, '-');
  return { name: name || 'certificate', lines: kept };
}

function policyIn(shown: string, entry: Entry | undefined): readonly Policy[] {
  if (entry === undefined) return [];
  const pairs = [...tableIn(entry)].map(([key, { value }]) => [
    key,
    Array.isArray(value) ? value.map((one: Entry) => String(one.value)) : value,
  ]);
  return [{ from: `${shown}:${entry.line}`, ...Object.fromEntries(pairs) }];
}

/** The folder beside a configuration that holds its templates. */
export const TEMPLATE_FOLDER = 'create-dockerfile';

function templatesOf({ source, shown }: Document): Readonly<Record<string, OwnTemplate>> {
  const folder = join(source.folder, TEMPLATE_FOLDER);
  const found = templatesIn(folder, shown);
  if (found.length === 0) return {};
  const known = ownTemplates();
  const languages = [...new Set(known.flatMap((name) => /^(\w+)\/[^/]+$/.exec(name)?.[1] ?? []))].filter(
    (name) => name !== 'partials',
  );
  const slots = [...SLOTS, ...languages.flatMap((language) => SLOTS.map((slot) => `${language}/${slot}`))];
  const names = [...known.filter((name) => name !== 'dockerignore'), ...slots];
  return Object.fromEntries(
    found.map((name) => {
      const path = `${TEMPLATE_FOLDER}/${name}.hbs`;
      if (!names.includes(name)) {
        const nearest = near(name, names);
        throw new UserError({
          kind: 'refused',
          message: `${shown}: there is no template ${JSON.stringify(name)} that ${path} could replace.`,
          fix: nearest === undefined ? 'See create-dockerfile eject.' : `Did you mean ${nearest}?`,
        });
      }
      const text = readWithin(source.folder, path, shown) ?? '';
      return [name, { text, path: shown.replace(/[^/]*$/, '') + path }];
    }),
  );
}
