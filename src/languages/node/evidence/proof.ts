import { type Sources, search } from './sources.ts';

/**
 * Packages whose objects are started or run and listen on nothing that others ask: clients, queues, schedules, bots
 * that call out, and tools of a program.
 */
const CALLS_OUT =
  /^(?:discord\.js|@discordjs\/|discord-|eris|oceanic\.js|telegraf|grammy|@grammyjs\/|node-telegram-bot-api|telegram|gramjs|@mtcute\/|whatsapp-web\.js|@whiskeysockets\/|tmi\.js|twitch|@twurple\/|matrix-|mineflayer|bull|bullmq|bee-queue|agenda|pg-boss|graphile-worker|cron$|node-cron|node-schedule|croner|toad-scheduler|bree|amqplib|amqp|kafkajs|node-rdkafka|@confluentinc\/|nats|mqtt|redis|ioredis|@redis\/|pg$|postgres|mysql|mysql2|mongodb|mongoose|@prisma\/|prisma|knex|sequelize|typeorm|drizzle-|kysely|sqlite3|better-sqlite3|@aws-sdk\/|aws-sdk|@google-cloud\/|@azure\/|axios|got|node-fetch|undici|ws$|dotenv|@dotenvx\/|env-|config$|convict|envalid|zod|joi|yup|winston|pino|bunyan|log4js|loglevel|signale|consola|debug|chalk|picocolors|kleur|ora|commander|yargs|minimist|cac|inquirer|@inquirer\/|lodash|underscore|ramda|date-fns|dayjs|moment|luxon|uuid|nanoid|cheerio|puppeteer|playwright|jsdom|sharp|jimp|openai|@anthropic-ai\/|langchain|@langchain\/|nodemailer|twilio|stripe|web3|ethers|viem|chokidar|glob|fs-extra|rimraf|semver|ms$|p-|async$|rxjs|bluebird|tslib|reflect-metadata|typescript|@temporalio\/|zeebe|camunda|sentry|@sentry\/|@opentelemetry\/|newrelic|dd-trace|prom-client|source-map-support|module-alias)/;

/** Modules of Node itself, and of Bun. */
export const BUILT_IN = new Set([
  ...[
    'assert',
    'async_hooks',
    'buffer',
    'child_process',
    'cluster',
    'console',
    'constants',
    'crypto',
    'dgram',
  ],
  ...[
    'diagnostics_channel',
    'dns',
    'domain',
    'events',
    'fs',
    'http',
    'http2',
    'https',
    'inspector',
    'module',
  ],
  ...['net', 'os', 'path', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'repl', 'sea'],
  ...['sqlite', 'stream', 'string_decoder', 'sys', 'test', 'timers', 'tls', 'trace_events', 'tty', 'url'],
  ...['util', 'v8', 'vm', 'wasi', 'worker_threads', 'zlib', 'bun'],
]);

/** What starts an object that listens: `await pds.start()`. */
const STARTS = /(?<=[\w$)\]]\s*)(?<!\bthis)\.\s*(?:start|serve|listen|boot|lift|bootstrap|launch|up)\s*\(/g;
/** What runs another file of the project, which may listen. */
const FORKS =
  /(?<![.\w])fork\(\s*[^)\s]|\b(?:child_process|cp)\.fork\(|\bnew\s+Worker\(\s*(?:new URL|path|join|resolve|['"`][^'"`]*\.[mc]?[jt]s)/g;

/**
 * Why a program that is not seen to listen may listen all the same, as the place where it would; undefined: it is proved
 * to be none that does.
 */
export function mayListen(sources: Sources): string | undefined {
  const unknown = [...sources.packages].filter(
    (name) => !BUILT_IN.has(name) && !BUILT_IN.has(name.split('/')[0] ?? name) && !CALLS_OUT.test(name),
  );
  const [start] = unknown.length === 0 ? [] : search(sources, STARTS);
  if (start !== undefined) return `${start.at} may start a server of ${unknown.slice(0, 3).join(', ')}`;
  const [fork] = search(sources, FORKS);
  return fork && `${fork.at} runs another file, which may listen`;
}
