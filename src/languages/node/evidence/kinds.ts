import type { Found, Tie, Unusable } from '../../../facts/language.ts';
import { recordOf } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';
import type { Manifest } from './manifest.ts';
import type { Start } from './start/start.ts';

/** A kind of project whose program is made for somewhere else, and what gives it away. */
interface Kind {
  readonly is: string;
  readonly because: string;
  readonly dependencies?: readonly string[];
  /** A name in package.json → engines. */
  readonly engine?: string;
  /** A file and what it holds. */
  readonly file?: { readonly paths: readonly string[]; readonly holds: RegExp };
  /** How a command begins that runs such a project. */
  readonly runs?: readonly string[];
  /** What is said in place of "not in a container". */
  readonly instead?: string;
  /** Whether its program cannot be another one's too: nothing else in the project makes it start by node. */
  readonly alone?: true;
}

const FUNCTIONS = 'the platform calls its functions and brings the server';
const ANY = /[\s\S]/;

const PHONES = 'it runs on phones';
const DESKTOP = 'it opens windows on a desktop';
const KINDS: readonly Kind[] = [
  {
    is: 'a Deno project',
    because: 'Deno runs it, not Node',
    file: { paths: ['deno.json', 'deno.jsonc', 'deno.lock'], holds: ANY },
    runs: ['deno'],
    alone: true,
  },
  {
    is: 'a Meteor app',
    because: 'meteor build makes its bundle',
    file: { paths: ['.meteor/release'], holds: ANY },
    runs: ['meteor'],
    alone: true,
  },
  {
    is: 'a Cloudflare Worker',
    because: 'it runs at Cloudflare',
    file: {
      paths: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'],
      // without an entry it describes how pages are uploaded
      holds: /^[^\S\n]*"?main"?\s*[=:]/m,
    },
    runs: ['wrangler'],
  },
  {
    is: 'a set of Lambda functions',
    because: FUNCTIONS,
    dependencies: ['aws-lambda', '@types/aws-lambda', '@middy/core', 'serverless'],
    file: {
      paths: ['template.yaml', 'template.yml', 'serverless.yml', 'serverless.yaml', 'serverless.json'],
      holds: /AWS::Serverless|^[^\S\n]*"?provider"?\s*:/m,
    },
    runs: ['sls', 'serverless', 'sam'],
  },
  {
    is: 'a set of Azure Functions',
    because: FUNCTIONS,
    dependencies: ['@azure/functions'],
    runs: ['func'],
  },
  {
    is: 'a set of Firebase functions',
    because: FUNCTIONS,
    dependencies: ['firebase-functions'],
    runs: ['firebase'],
  },
  {
    is: 'a set of Netlify functions',
    because: FUNCTIONS,
    dependencies: ['@netlify/functions'],
    runs: ['netlify', 'ntl'],
  },
  { is: 'a project of Vercel', because: FUNCTIONS, runs: ['vercel', 'now'] },
  {
    is: 'a repository of Lerna without workspaces',
    because: 'an installation at the top leaves the packages of its members out',
    instead: 'name the folder of one',
    file: { paths: ['lerna.json'], holds: ANY },
    runs: ['lerna'],
  },
  {
    is: 'a repository of Nx',
    because: 'no script of package.json starts one of its projects',
    instead: 'give it the scripts build (nx build name) and start (node dist/…/main.js)',
    file: { paths: ['nx.json'], holds: ANY },
  },
  {
    is: 'an AWS CDK app',
    because: 'it describes infrastructure and ends',
    file: { paths: ['cdk.json'], holds: ANY },
    runs: ['cdk'],
  },
  {
    is: 'an Electron app',
    because: DESKTOP,
    dependencies: ['electron', 'electron-nightly'],
    runs: ['electron', 'electron-forge', 'electron-vite'],
  },
  { is: 'a Tauri app', because: DESKTOP, dependencies: ['@tauri-apps/api', '@tauri-apps/cli'] },
  { is: 'a NW.js app', because: DESKTOP, dependencies: ['nw'] },
  { is: 'an Expo app', because: PHONES, dependencies: ['expo'], runs: ['expo'] },
  { is: 'a React Native app', because: PHONES, dependencies: ['react-native'], runs: ['react-native'] },
  { is: 'a NativeScript app', because: PHONES, dependencies: ['@nativescript/core'] },
  { is: 'an Ionic or Capacitor app', because: PHONES, dependencies: ['@capacitor/core', '@capacitor/cli'] },
  { is: 'a Cordova app', because: PHONES, dependencies: ['cordova', 'cordova-android', 'cordova-ios'] },
  { is: 'a VS Code extension', because: 'it runs inside the editor', engine: 'vscode' },
  { is: 'a Homebridge plugin', because: 'it runs inside Homebridge', engine: 'homebridge' },
  {
    is: 'a browser extension',
    because: 'it runs inside the browser',
    dependencies: ['wxt', 'plasmo', 'web-ext', '@crxjs/vite-plugin'],
    file: {
      paths: ['manifest.json', 'src/manifest.json', 'public/manifest.json', 'extension/manifest.json'],
      holds: /"manifest_version"\s*:\s*[23]/,
    },
  },
  { is: 'an Obsidian plugin', because: 'it runs inside Obsidian', dependencies: ['obsidian'] },
  { is: 'a Raycast extension', because: 'it runs inside Raycast', dependencies: ['@raycast/api'] },
  { is: 'a Figma plugin', because: 'it runs inside Figma', dependencies: ['@figma/plugin-typings'] },
  {
    is: 'a GitHub Action',
    because: 'it runs on the runners of GitHub',
    file: { paths: ['action.yml', 'action.yaml'], holds: /\busing:\s*['"]?node\d+/ },
  },
];

/** The kind of a project that a command is made for: `wrangler dev`. */
export function kindRun(words: readonly string[]): Pick<Kind, 'is' | 'because' | 'instead'> | undefined {
  return KINDS.find(({ runs }) => runs?.some((command) => words[0] === command));
}

/** The kind of a project that no container runs, with what it was recognized by. */
function kindOf(
  project: Project,
  manifest: Manifest,
): { readonly kind: Kind; readonly from: string } | undefined {
  for (const kind of KINDS) {
    const { dependencies = [], engine, file } = kind;
    const dependency = dependencies.find(
      (name) => name in manifest.dependencies || name in manifest.devDependencies,
    );
    if (dependency !== undefined) return { kind, from: dependency };
    if (engine !== undefined && engine in manifest.engines)
      return { kind, from: `package.json → engines.${engine}` };
    const path = file?.paths.find((one) => file.holds.test(project.read(one) ?? ''));
    if (path !== undefined) return { kind, from: path };
  }
  return undefined;
}

function sentenceOf({ kind, from }: { readonly kind: Kind; readonly from: string }): string {
  const { is, because, instead } = kind;
  const rest = instead === undefined ? ', not in a container' : `: ${instead}`;
  return `This is ${is} (${from}): ${because}${rest}.`;
}

/** Fields that a package has for those who import it. */
const SHARED = ['exports', 'types', 'typings', 'module', 'peerDependencies', 'files'] as const;

/**
 * Whether such a field says nothing here. A private package is published nowhere, so what is for others in it is for
 * members of its workspace alone; `bun init` gives each program a module and the compiler as a peer.
 * https://bun.sh/docs/cli/init
 */
function saysNothing(project: Project, { raw }: Manifest, field: (typeof SHARED)[number]): boolean {
  if (
    field === 'peerDependencies' &&
    Object.keys(recordOf(raw[field])).every((name) => name === 'typescript')
  )
    return true;
  return raw.private === true && (field === 'files' || (field === 'module' && project.app === '.'));
}

/**
 * Why what was found does not start a program of this project: it is made for somewhere else, or is imported by others.
 * What a script of package.json starts, and whatever listens, is a program all the same.
 */
export function notAProgram(
  project: Project,
  manifest: Manifest,
  found: Found<Start> | Tie<Start> | Unusable | undefined,
  listens: (start: Start) => boolean,
): Unusable | undefined {
  const value = found !== undefined && 'value' in found ? found : undefined;
  const site = value?.value.argv[0] === 'static';
  const scripted = Object.keys(manifest.scripts).some((name) => /^start\b/.test(name));
  const proved = value?.from.startsWith('package.json → scripts') && !site;
  if (proved) return undefined;
  const known = kindOf(project, manifest);
  if (known?.kind.alone !== true && value && !site && listens(value.value)) return undefined;
  if (known !== undefined) return { because: sentenceOf(known) };
  const bin = manifest.bins.length > 0;
  if (site || bin || scripted || (found !== undefined && 'tie' in found)) return undefined;
  const shared = SHARED.filter((field) => {
    const held = manifest.raw[field];
    return typeof held === 'object'
      ? Object.keys(recordOf(held)).length > 0 || Array.isArray(held)
      : held !== undefined;
  });
  const telling = shared.filter((field) => !saysNothing(project, manifest, field));
  if (telling.length > 0)
    return {
      because: `This is a library (package.json → ${telling.join(', ')}): others import it, and nothing starts it.`,
    };
  return value === undefined && found === undefined
    ? {
        because: 'package.json starts nothing: it has no start script, and no file is called like a program.',
      }
    : undefined;
}
