import { table } from '../../project/data.ts';

/** Data that code loads when it starts, and that no list of packages brings. */
export interface DataRow {
  /** The module that is imported. */
  readonly module: string;
  /** On code: the call that loads it. The text of its first argument is the name. */
  readonly call: RegExp;
  /** The package that holds the data, where there is one: `en_core_web_sm` of spaCy. */
  readonly packaged?: true;
  readonly what: string;
  /** What the owner adds; `{name}` is filled. */
  readonly fix: string;
}

export const DATA: readonly DataRow[] = [
  {
    module: 'spacy',
    call: /\bspacy\.load\s*\(/g,
    packaged: true,
    what: 'a model of spaCy',
    fix: 'Lock it as a package: uv add "{name} @ https://github.com/explosion/spacy-models/releases/download/{name}-3.8.0/{name}-3.8.0-py3-none-any.whl"',
  },
  {
    module: 'nltk',
    call: /\bnltk\.download\s*\(/g,
    what: 'data of NLTK, which it fetches when it starts',
    fix: 'Fetch it in the stage build: RUN python -m nltk.downloader -d /opt/venv/nltk_data {name}; NLTK looks there by itself.',
  },
  {
    module: 'transformers',
    call: /\b(?:from_pretrained|pipeline)\s*\(/g,
    what: 'a model of a hub, which it fetches when it starts',
    fix: 'Mount a volume for it and say where: HF_HOME=/models; or copy the model into the image.',
  },
  {
    module: 'sentence_transformers',
    call: /\bSentenceTransformer\s*\(/g,
    what: 'a model of a hub, which it fetches when it starts',
    fix: 'Mount a volume for it and say where: HF_HOME=/models; or copy the model into the image.',
  },
  {
    module: 'whisper',
    call: /\bwhisper\.load_model\s*\(/g,
    what: 'a model of Whisper, which it fetches when it starts',
    fix: 'Mount a volume for it and say where: XDG_CACHE_HOME=/models.',
  },
  {
    module: 'playwright',
    call: /\b(?:chromium|firefox|webkit)\.launch\s*\(/g,
    what: 'a browser of Playwright, which pip does not bring',
    fix: 'Add to the stage runtime, before USER: ENV PLAYWRIGHT_BROWSERS_PATH=/opt/browsers and RUN playwright install --with-deps chromium.',
  },
];

/** Folders that packages write to at home, and where they may on a root that is read-only. */
export const CACHES: { readonly [name: string]: Readonly<Record<string, string>> } = table({
  matplotlib: { MPLCONFIGDIR: '/tmp/matplotlib' },
  numba: { NUMBA_CACHE_DIR: '/tmp/numba' },
  'huggingface-hub': { HF_HOME: '/tmp/huggingface' },
  'openai-whisper': { XDG_CACHE_HOME: '/tmp/cache' },
  nicegui: { NICEGUI_STORAGE_PATH: '/tmp/nicegui' },
  // from 25 on it makes a socket below the home folder: https://gunicorn.org/reference/settings/
  gunicorn: { HOME: '/tmp' },
  weasyprint: { XDG_CACHE_HOME: '/tmp/cache' },
  torch: { TORCHINDUCTOR_CACHE_DIR: '/tmp/torchinductor' },
});
