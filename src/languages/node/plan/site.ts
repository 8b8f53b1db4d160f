import { posix } from 'node:path';
import type { FileServer } from '../../../catalog/catalog.ts';
import { UserError } from '../../../errors.ts';
import type { PlanTo } from '../../../facts/language.ts';
import { check, type Interpreter } from '../../../kit/health.ts';
import { choicesOf as settledChoices } from '../../../kit/notes.ts';
import type { Note, Plan } from '../../../plan/plan.ts';
import { pathWord } from '../../../plan/quote.ts';
import type { Program } from '../evidence/program.ts';
import { isBuilt } from '../evidence/start/served.ts';
import { FLAGS } from '../flags.ts';
import type { Site } from '../frameworks/framework.ts';
import { type NodeSettings, SETTINGS } from '../settings/settings.ts';
import type { NodeApp } from './plan.ts';

/** The words of the templates that hand out files. Paths of a browser begin with a slash. */
export interface SiteApp {
  /** Path under which the site is asked for, with a slash at both ends. */
  readonly base: string;
  /** Whether that is not the top, so that the top leads to it. */
  readonly below: boolean;
  /** The page that answers for every path that no file has; undefined: there is the page for what is not found. */
  readonly fallback: string | undefined;
  readonly missing: string;
  /** What can be kept for good: folders, and names as each server takes them. */
  readonly kept: {
    readonly folders: readonly string[];
    readonly names: readonly string[];
    readonly globs: readonly string[];
  };
}

const ROOT = '/srv';
/** Sites have a check where there is a shell only. */
const NOBODY: Interpreter = { is: 'probe', program: '' };

/** A plan whose half that ships is a server of files instead of a runtime. */
export function sitePlan(
  plan: Plan<NodeApp>,
  site: Site,
  program: Program,
  to: PlanTo<NodeSettings>,
): Plan<NodeApp> {
  const server = to.catalog.fileServers[to.target];
  const { value: health } = to.settings.health;
  const { value: port } = to.settings.port;
  if (port === 'none')
    throw new UserError({
      kind: 'value',
      flag: '--port',
      given: 'none',
      want: 'the port on which the files are served',
    });
  // these words stand in the server's configuration
  for (const path of [
    site.base,
    site.fallback ?? '',
    ...site.hashed.map((h) => ('folder' in h ? h.folder : '')),
  ])
    if (path.replace(/^\//, '') !== '') pathWord(path.replace(/^\//, ''), 'the configuration of the site');
  const source = pathWord(posix.join(to.project.app, site.output), 'the build');
  const built = isBuilt(to.project, program.build, site);
  const under = (path: string) => `${site.base}${path}`;
  const kept = site.hashed.map((one) =>
    'folder' in one
      ? { folder: under(`${one.folder}/`), glob: under(`${one.folder}/**`) }
      : { name: one.regex, glob: under(one.glob) },
  );
  return {
    ...plan,
    shape: server.binary === undefined ? 'static' : 'static-binary',
    artifacts: [
      {
        ...(built ? { stage: 'build' } : {}),
        source: built ? `/app/${source}` : source,
        destination: posix.join(ROOT, site.base, '/').replace(/(.)\/$/, '$1'),
      },
    ],
    images: {
      build: plan.images.build,
      runtime: server.runtime,
      ...(server.binary === undefined ? {} : { server: server.binary }),
    },
    context: [...plan.context, ...(built ? [] : [source])],
    env: [],
    packages: { apk: [], apt: [] },
    rootfs: undefined,
    user: server.user,
    port,
    health: server.binary === undefined ? check(to.target, { health, port }, NOBODY) : undefined,
    ...(server.binary === undefined || health === 'none'
      ? {}
      : { unchecked: `nothing in the image can ask: let the orchestrator request ${site.base}` }),
    folder: undefined,
    init: false,
    stop: undefined,
    start:
      server.binary === undefined
        ? { entrypoint: ['nginx'], command: ['-g', 'daemon off;'] }
        : { entrypoint: ['/static-web-server'], command: ['--config-file', '/etc/static-web-server.toml'] },
    notes: [...plan.notes, ...notesOf(server, site)],
    choices: choicesOf(to, site),
    app: {
      ...plan.app,
      site: {
        base: site.base,
        below: site.base !== '/',
        fallback: site.fallback === undefined ? undefined : under(site.fallback),
        missing: under('404.html'),
        kept: {
          folders: kept.flatMap(({ folder }) => folder ?? []),
          names: kept.flatMap(({ name }) => name ?? []),
          globs: kept.map(({ glob }) => glob),
        },
      },
    },
  };
}

/** What a server that is one binary does not do. https://static-web-server.net/features/error-pages/#fallback-page-for-use-with-client-routers */
function notesOf(server: FileServer, site: Site): readonly Note[] {
  if (server.binary === undefined) return [];
  const alone: Note = {
    level: 'info',
    text: 'The server is alone in the image, so nothing there asks for its health.',
    fix: `Let what runs it ask: GET ${site.base}`,
  };
  const missing: Note = {
    level: 'info',
    text: `It answers with ${site.fallback} for a file that is missing, too.`,
    fix: 'On alpine and slim such a file is not found.',
  };
  return site.fallback === undefined || site.hashed.length === 0 ? [alone] : [alone, missing];
}

function choicesOf(to: PlanTo<NodeSettings>, site: Site): Plan['choices'] {
  return settledChoices(to, FLAGS, SETTINGS, [
    {
      what: `serves the files of ${site.output} under ${site.base}`,
      why: to.settings.start.from,
      instead: '--start "static folder --base /path/", or --start "node file" for a server of its own',
    },
    site.fallback === undefined
      ? {
          what: 'a path that no file has is not found',
          why: `${to.settings.build.value} makes a page for every path`,
          instead: `--start "static ${site.output} --fallback index.html"`,
        }
      : {
          what: `${site.fallback} answers for every path that no file has`,
          why: 'it is an app that reads the path itself',
          instead: `--start "static ${site.output}"`,
        },
  ]);
}
