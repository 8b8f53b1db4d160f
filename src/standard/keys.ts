import { LANGUAGES } from '../languages/index.ts';
import { TARGET_IDS } from '../plan/targets.ts';
import { LANGUAGE_NAMES } from '../request/aliases.ts';
import { FLAGS, listed } from '../request/flags.ts';
import { type Keys, type Shape, schemaOf } from './shape.ts';

/** Flags that answer at once, which no file can ask for. */
const TYPED_ALONE = new Set(['help', 'version']);

/** Every flag that may stand in a configuration, by its name. */
const FLAG_KEYS: Keys = Object.fromEntries(
  Object.entries(FLAGS)
    .filter(([name]) => !TYPED_ALONE.has(name))
    .map(([name, { placeholder, describe }]) => [name, shapeOfFlag(name, placeholder, describe)]),
);

/** What a flag takes, as a value: the words that its help lists, a text, a number, or a list where commas part them. */
function shapeOfFlag(name: string, placeholder: string | undefined, about: string): Shape {
  if (placeholder === undefined) return { is: 'switch', about };
  const text = (values?: readonly string[]): Shape => ({
    is: 'text',
    about,
    like: placeholder,
    ...(values === undefined ? {} : { values }),
  });
  if (name === 'language') return text([...(listed(placeholder) ?? []), ...Object.keys(LANGUAGE_NAMES)]);
  const values = listed(placeholder);
  // yes and no are typed as true and false too
  if (values?.includes('yes'))
    return {
      is: 'either',
      about,
      of: [
        { ...text(values), about: '' },
        { is: 'switch', about: '' },
      ],
    };
  if (!placeholder.includes(',…')) return text(values);
  return {
    is: 'either',
    about,
    of: [
      { ...text(), about: '' },
      { is: 'list', about: '', of: { is: 'text', about: '' } },
    ],
  };
}

const LINE: Shape = { is: 'text', about: '', pattern: /^[^\p{Cc}\u2028\u2029]*$/u, like: 'one line of text' };
/** A reference, or a pattern of some: `*` stands for any text. */
const IMAGE = /^[\w.*{}][\w.*:/@{}-]*$/;
const image = (about: string): Shape => ({
  is: 'text',
  about,
  pattern: IMAGE,
  like: 'the reference of an image',
});
const VARIABLE = /^[A-Za-z_]\w*$/;
const USER = /^\d+:\d+$/;
const ABSOLUTE = /^\/[\w.@+/-]*$/;
const ONE_PATH: Shape = { is: 'text', about: '', pattern: ABSOLUTE, like: 'an absolute path' };

const RULE: Shape = {
  is: 'table',
  about: 'An image, and what is different in it',
  needs: ['image'],
  keys: {
    image: image(
      'What is used in its place; `*` stands for what it stood for, {name}, {tag} and {version} for parts of what is replaced',
    ),
    language: {
      is: 'text',
      about: 'For projects of this language alone',
      values: LANGUAGES.map(({ id }) => id),
    },
    target: { is: 'text', about: 'For this target alone', values: TARGET_IDS },
    user: {
      is: 'text',
      about: 'Its user, as uid:gid',
      pattern: USER,
      like: 'uid:gid in numbers, as in 65532:65532',
    },
    'package-manager': { is: 'text', about: 'What installs packages in it', values: ['apt', 'apk', 'none'] },
    paths: {
      is: 'map',
      about: 'Paths that are others in it: ours, and what it has instead',
      keys: ABSOLUTE,
      like: 'absolute path',
      of: ONE_PATH,
    },
  },
};

/** What a standard holds beside flags; all of it may be said for one service too. */
const STANDARD_KEYS: Keys = {
  images: {
    is: 'map',
    about:
      'Other images, by the role (build, runtime, server) or the reference that they replace; `*` stands for any text',
    keys: IMAGE,
    like: 'role or reference of an image',
    of: {
      is: 'either',
      about: '',
      of: [image(''), RULE, { is: 'list', about: 'The first that fits', of: RULE }],
    },
  },
  labels: {
    is: 'map',
    about: 'Labels of every image; ${NAME} is a build argument',
    keys: /^[a-z0-9][\w./-]*$/i,
    like: 'name of a label',
    of: LINE,
  },
  arguments: {
    is: 'map',
    about: 'Build arguments of every stage, with their defaults',
    keys: VARIABLE,
    like: 'name of an argument',
    of: LINE,
  },
  environment: {
    is: 'map',
    about: 'Environment of every image that ships',
    keys: VARIABLE,
    like: 'name of a variable',
    of: LINE,
  },
  certificates: {
    is: 'list',
    about: 'Certificates of authorities that builds and programs trust: PEM files beside this one',
    of: { is: 'text', about: '' },
  },
  registries: {
    is: 'table',
    about: 'Registries of packages, by what reads them',
    keys: Object.fromEntries(
      ['npm', 'pip', 'go', 'maven'].map((name) => [
        name,
        { is: 'text', about: '', pattern: /^https?:\/\/[\w.@:/~%+?&=,|-]+$/, like: 'an address' } as const,
      ]),
    ),
  },
  proxies: {
    is: 'table',
    about: 'Proxies of the build: predefined arguments, which no image keeps',
    keys: { http: LINE, https: LINE, none: LINE },
  },
  secrets: {
    is: 'list',
    about: 'Files that every step of the build sees, and no layer keeps',
    of: {
      is: 'table',
      about: '',
      needs: ['id', 'target'],
      keys: {
        id: { is: 'text', about: 'Its name', pattern: /^[\w.-]+$/, like: 'a name' },
        file: {
          is: 'text',
          about: 'The file on the machine that builds',
          pattern: /^[\w.@+/~$-]+$/,
          like: 'a path',
        },
        env: {
          is: 'text',
          about: 'Or the variable that holds it',
          pattern: VARIABLE,
          like: 'the name of a variable',
        },
        target: { is: 'text', about: 'Where the build sees it', pattern: ABSOLUTE, like: 'an absolute path' },
      },
    },
  },
};

const texts = (about: string, like = 'a text'): Shape => ({
  is: 'list',
  about,
  of: { is: 'text', about: '', like },
});

const POLICY: Shape = {
  is: 'table',
  about: 'What must hold of every Dockerfile',
  keys: {
    registries: texts('Registries that images may come from'),
    images: texts('Images that may be used; `*` stands for any text'),
    digests: { is: 'switch', about: 'Every image is named by its digest' },
    users: texts('Users that an image may run as; a user that is not root where none is listed'),
    health: { is: 'switch', about: 'A server has a health check' },
    labels: texts('Labels that every image has'),
    'forbidden-targets': {
      is: 'list',
      about: 'Targets that nobody uses',
      of: { is: 'text', about: '', values: TARGET_IDS },
    },
    'end-of-life': { is: 'switch', about: 'false: no version that has reached its end of life' },
    'maximum-size': {
      is: 'text',
      about: 'Largest image that verify takes, as in 200MB',
      pattern: /^\d+(\.\d+)?\s*[kmg]i?b?$/i,
      like: 'a size, as in 200MB',
    },
  },
};

const SERVICE: Shape = {
  is: 'table',
  about: 'What is said for one service alone',
  keys: { ...FLAG_KEYS, ...STANDARD_KEYS },
};

/** A whole configuration. */
export const CONFIGURATION_SHAPE: Shape = {
  is: 'table',
  about: 'Configuration of create-dockerfile',
  keys: {
    $schema: { is: 'text', about: 'This schema' },
    extends: {
      is: 'either',
      about:
        'Standards that it is built upon, the later ones first: a folder (./…), a package of npm, or a git repository (github:owner/name#ref, git+ssh://…#ref)',
      of: [{ is: 'text', about: '' }, texts('')],
    },
    ...FLAG_KEYS,
    ...STANDARD_KEYS,
    policy: POLICY,
    services: { is: 'map', about: 'Services by folder, as seen from this file', of: SERVICE },
  },
};

export const FLAG_NAMES: ReadonlySet<string> = new Set(Object.keys(FLAG_KEYS));

/** What editors check a configuration with. */
export function configurationSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'create-dockerfile',
    ...schemaOf(CONFIGURATION_SHAPE),
  };
}
