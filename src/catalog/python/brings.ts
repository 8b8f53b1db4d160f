import { table } from '../../project/data.ts';

/**
 * Servers and frameworks that a package brings along, for lists that do not name all that is installed; `name[extra]` of one
 * that is asked for with an extra. From the packages' own metadata.
 */
export const BRINGS: { readonly [name: string]: readonly string[] } = table({
  // https://fastapi.tiangolo.com/#dependencies
  'fastapi[standard]': ['uvicorn', 'starlette'],
  'fastapi[all]': ['uvicorn', 'starlette'],
  fastapi: ['starlette'],
  // https://docs.litestar.dev/latest/#installation
  'litestar[standard]': ['uvicorn'],
  'litestar[full]': ['uvicorn'],
  // https://channels.readthedocs.io/en/latest/installation.html
  'channels[daphne]': ['daphne'],
  // https://quart.palletsprojects.com: its own server is Hypercorn
  quart: ['hypercorn', 'flask'],
  'python-fasthtml': ['starlette', 'uvicorn'],
  gradio: ['fastapi', 'uvicorn'],
  nicegui: ['fastapi', 'uvicorn'],
  chainlit: ['fastapi', 'uvicorn'],
  fastmcp: ['starlette', 'uvicorn'],
  'connexion[uvicorn]': ['uvicorn'],
  'connexion[flask]': ['flask'],
  apiflask: ['flask'],
  dash: ['flask'],
});

/**
 * Modules that programs import and leave to another package to bring, each with the packages that have it. What brings one
 * today may not in its next version: openai 3 has httpx2 in place of httpx.
 */
export const BROUGHT: { readonly [module: string]: readonly string[] } = table({
  PIL: ['pillow', 'pillow-simd'],
  aiohttp: ['aiohttp'],
  attr: ['attrs'],
  boto3: ['boto3'],
  bs4: ['beautifulsoup4', 'bs4'],
  dateutil: ['python-dateutil'],
  dotenv: ['python-dotenv', 'dotenv'],
  httpx: ['httpx'],
  numpy: ['numpy'],
  pandas: ['pandas'],
  pytz: ['pytz'],
  redis: ['redis'],
  requests: ['requests'],
  sqlalchemy: ['sqlalchemy', 'sqlmodel', 'flask-sqlalchemy'],
  yaml: ['pyyaml'],
});
