import { posix, resolve } from 'node:path';
import { UserError } from './errors.ts';
import type { LanguageId } from './facts/language.ts';
import { prepareService } from './main.ts';
import type { Baked } from './output/bake.ts';
import { type Outcome, unasked, VERSION } from './output/deliver.ts';
import { dockerfileIn } from './output/dockerfile.ts';
import { madeOf, signedFile } from './output/made.ts';
import { difference, done, MUTE, reportOf } from './output/report.ts';
import { tableOf } from './output/table.ts';
import type { Terminal } from './output/terminal.ts';
import { type Compared, uninterrupted, type Written, write } from './output/write.ts';
import { isFolder, textIn } from './project/files.ts';
import type { Service } from './project/service.ts';
import { servicesBelow } from './project/services.ts';
import type { Request } from './request/request.ts';
import { saidIn, typedIn } from './request/said.ts';

/** What came of one service, or of the files that all of them share. */
export interface One {
  /** Its folder, as seen from the one that was named. */
  readonly path: string;
  /** Its build context, likewise: the paths of its files are below that. */
  readonly context: string;
  readonly language?: string;
  readonly target?: string;
  readonly port?: number | undefined;
  readonly files: readonly (Compared & Pick<Written, 'kept'>)[];
  readonly refused?: UserError;
}

/** What a run over many services is about. */
interface Scope {
  readonly find: typeof servicesBelow;
  /** What is changed is shown as one difference, though it is written too. */
  readonly shown: boolean;
  /** What is not there, where there is none, and what to do then. */
  readonly nothing: string;
  readonly instead: string;
}

const ALL: Scope = {
  find: servicesBelow,
  shown: false,
  nothing: 'no service: no folder in it has a manifest',
  instead: 'Type the folder that holds them.',
};

/** Every service below a folder, one after the other; nothing is asked. */
export async function all(typed: Request, terminal: Terminal, scope: Scope = ALL): Promise<Outcome> {
  const top = resolve(terminal.cwd, typed.directory);
  const there = isFolder(top);
  if (!there)
    throw new UserError({ kind: there === undefined ? 'noFolder' : 'notAFolder', path: typed.directory });
  const bakes = typed.bake === true || bakesAll(top);
  const request = { ...typed, bake: false };
  const ones: One[] = [];
  const baked: Baked[] = [];
  for await (const below of scope.find(top, (folder) => request.language ?? languageIn(folder))) {
    const { path } = below;
    if ('refused' in below) ones.push({ path, context: path, files: [], refused: below.refused });
    else {
      const one = await run(below.service, path, request, terminal, bakes ? baked : undefined);
      ones.push(one);
    }
    const last = ones.at(-1);
    if (last !== undefined) await show(last, request, terminal, scope);
  }
  if (ones.length === 0) {
    const message = `${JSON.stringify(typed.directory)} holds ${scope.nothing}.`;
    throw new UserError({ kind: 'refused', message, fix: scope.instead });
  }
  if (bakes && baked.length > 0) {
    const one = await bakedOf(top, baked, typed, request, terminal);
    ones.push(one);
    await show(one, request, terminal, scope);
  }
  return told(ones, request, terminal);
}

/** One service from its facts to its files. What is refused of it is no end of the others. */
async function run(
  service: Service,
  path: string,
  request: Request,
  terminal: Terminal,
  baked: Baked[] | undefined,
): Promise<One> {
  const language = service.language.name;
  const context = contextOf(path, service.project.app);
  try {
    const { prepared, request: said } = await prepareService(service, request, terminal, MUTE);
    const { plan, project } = prepared;
    baked?.push({ plan, project, path, context });
    const kept = baked === undefined ? prepared.files : prepared.files.filter(({ path }) => path !== BAKE);
    const compared = await unasked({ ...prepared, files: kept }, said, terminal);
    const files = await delivered(service.root, compared, request, terminal);
    return { path, context, language, target: plan.target, port: plan.port, files };
  } catch (error) {
    if (error instanceof UserError) return { path, context, language, files: [], refused: error };
    throw error;
  }
}

const BAKE = 'docker-bake.hcl';

/** The build context of a service, as seen from the folder that was named. */
function contextOf(path: string, app: string): string {
  if (app === '.') return path;
  return path === app ? '.' : path.slice(0, -app.length - 1);
}

async function delivered(
  root: string,
  compared: readonly Compared[],
  request: Request,
  terminal: Terminal,
): Promise<One['files']> {
  if (request.mode !== 'write') return compared;
  const written = await uninterrupted(terminal, () => write(root, compared));
  const kept = new Map(written.map((one) => [one.path, one.kept]));
  return compared.map((file) => {
    const beside = kept.get(file.path);
    return beside === undefined ? file : { ...file, kept: beside };
  });
}

/** One file that builds all of them. */
async function bakedOf(
  top: string,
  baked: readonly Baked[],
  typed: Request,
  request: Request,
  terminal: Terminal,
): Promise<One> {
  try {
    const { bakeAll } = await import('./output/bake.ts');
    const words = `--all ${typedIn(saidIn({ ...typed, bake: true }, new Map()))}`;
    const file = signedFile({ path: BAKE, text: bakeAll(baked) }, terminal.version, words);
    const compared = await unasked({ root: top, files: [file], remade: async () => [] }, request, terminal);
    return { path: BAKE, context: '.', files: await delivered(top, compared, request, terminal) };
  } catch (error) {
    if (error instanceof UserError) return { path: BAKE, context: '.', files: [], refused: error };
    throw error;
  }
}

/** Whether the file that builds them all was made here before. */
function bakesAll(top: string): boolean {
  return /(?:^| )--all(?: |$)/.test(madeOf(textIn(top, BAKE) ?? '')?.words ?? '');
}

/** The language that somebody said when the file in a folder was made. */
function languageIn(folder: string): LanguageId | undefined {
  const words = madeOf(textIn(folder, dockerfileIn(folder)) ?? '')?.words ?? '';
  return /(?:^| )--language (node|go|python|java|c)(?: |$)/.exec(words)?.[1] as LanguageId | undefined;
}

/** The difference of one service, below the folder that was named: all of them together are one that can be applied. */
async function show(
  { context, files }: One,
  request: Request,
  terminal: Terminal,
  { shown }: Scope,
): Promise<void> {
  if (request.json || (request.mode === 'write' && !shown)) return;
  for (const file of files.filter(({ change }) => change !== 'same'))
    terminal.out(await difference({ ...file, path: fromTop(context, file.path) }, terminal.color.out));
}

/** A file's path is that below its build context; the folder that was named may be above it. */
function fromTop(context: string, path: string): string {
  return posix.join(context, path);
}

/** The table, or the document; and the exit code. */
function told(ones: readonly One[], request: Request, terminal: Terminal): Outcome {
  const report = reportOf(request, terminal);
  const refused = ones.filter((one) => one.refused !== undefined);
  const rows = (request.quiet ? refused : ones).map(rowOf);
  const head = ['service', 'language', 'target', 'port', request.mode === 'write' ? 'done' : 'would be'];
  const lines = rows.length === 0 ? [] : tableOf([head, ...rows], terminal.color.err);
  for (const line of lines) terminal.err(`${line}\n`);
  if (request.mode !== 'write') for (const { files } of ones) report.stale(files, terminal.version);
  if (request.json) terminal.out(`${JSON.stringify(documentOf(ones, request), undefined, 2)}\n`);
  if (refused.length > 0 && request.keepGoing !== true) return 1;
  const differs = ({ change, stale = [] }: Compared) => change !== 'same' || stale.length > 0;
  return request.mode === 'check' && ones.some(({ files }) => files.some(differs)) ? 3 : 0;
}

function rowOf({ path, language = '', target = '', port, files, refused }: One): readonly string[] {
  const kept = files.flatMap((file) => (file.kept === undefined ? [] : [`the former one is ${file.kept}`]));
  const changes = new Set(files.filter(({ change }) => change !== 'same').map(({ change }) => done(change)));
  const what = changes.size === 0 ? done('same') : [...changes].join(', ');
  const why = refused === undefined ? [what, ...kept].join('; ') : `refused: ${refused.message}`;
  return [path, language, target, port === undefined ? '' : String(port), why];
}

function documentOf(ones: readonly One[], { mode }: Request): object {
  const services = ones.map(({ path, context, language, target, port, files, refused }) => ({
    service: path,
    ...(language === undefined ? {} : { language }),
    ...(target === undefined ? {} : { target }),
    ...(port === undefined ? {} : { port }),
    files: files.map(({ path: file, text, change, kept, stale = [], conflicts = 0 }) => ({
      ...{ path: fromTop(context, file), text, [mode === 'write' ? 'done' : 'wouldBe']: done(change) },
      ...(kept === undefined ? {} : { kept: fromTop(context, kept) }),
      ...(mode === 'write' || stale.length === 0 ? {} : { stale }),
      ...(mode === 'write' || conflicts === 0 ? {} : { conflicts }),
    })),
    ...(refused === undefined ? {} : { error: { ...refused.problem, message: refused.message } }),
  }));
  return { version: VERSION, services };
}
