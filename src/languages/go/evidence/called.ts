import { programCalled, programOf, type SystemPackages } from '../../../catalog/system/packages.ts';
import { callsOf, type Sources, worthIn } from './sources.ts';

/** Another program that this one runs. */
export interface Called {
  readonly name: string;
  /** The line that runs it, or the module that does. */
  readonly at: string;
  /** Undefined: no row knows what brings it. */
  readonly packages: SystemPackages | undefined;
}

/** Programs of a desktop: what opens a browser there is of no use in a container. */
const DESKTOP = /^(xdg-open|open|rundll32|cmd|explorer|pbcopy|pbpaste|xclip|clip|osascript|powershell)$/;
/** Modules that run a program by themselves. */
const MODULES: readonly { readonly path: RegExp; readonly name: string }[] = [
  // https://github.com/chromedp/chromedp, https://go-rod.github.io/#/custom-launch
  { path: /^github\.com\/(chromedp\/chromedp|go-rod\/rod)(\/|$)/, name: 'chromium' },
  {
    path: /^github\.com\/(u2takey|floostack|xfrogo?|giorgisio)\/(ffmpeg-go|transcoder|goav)(\/|$)/,
    name: 'ffmpeg',
  },
  { path: /^github\.com\/SebastiaanKlippert\/go-wkhtmltopdf(\/|$)/, name: 'wkhtmltopdf' },
];
/** What a browser needs to write, and where it may. */
const BROWSER_ENV = { XDG_CACHE_HOME: '/tmp/.chromium', XDG_CONFIG_HOME: '/tmp/.chromium' };

/** The programs that it runs by a literal name or path, or through a module, each once. */
export function findCalled(sources: Sources, own: string): readonly Called[] {
  const calls = callsOf(sources, /\.(?:Command|CommandContext|LookPath)\s*\(/g).flatMap((call) => {
    if (call.of !== 'os/exec') return [];
    const name = worthIn(sources, call.file, call.args[call.last === 'CommandContext' ? 1 : 0]).text;
    // a folder alone is what is left of a path whose parts are only known when it runs
    return name === undefined || !/\w$/.test(name) ? [] : [{ name, at: call.at }];
  });
  const brought = MODULES.flatMap(({ path, name }) => {
    const at = [...sources.imports].find((one) => path.test(one));
    return at === undefined ? [] : [{ name, at }];
  });
  const seen = new Set<string>();
  return [...brought, ...calls]
    .map(({ name, at }) => ({ name, at, packages: packagesOf(name) }))
    .filter(
      // the program itself, by the name of its folder, is there
      ({ name }) =>
        !DESKTOP.test(name) &&
        !/\.exe$/i.test(name) &&
        name !== own.split('/').at(-1) &&
        !seen.has(name) &&
        seen.add(name),
    );
}

/** Variables that called programs need. */
export function calledEnv(called: readonly Called[]): Readonly<Record<string, string>> {
  return called.some(({ name }) => name === 'chromium') ? BROWSER_ENV : {};
}

/** The packages of a program; a browser draws no letters without a font. */
function packagesOf(name: string): SystemPackages | undefined {
  const program = programCalled(name);
  if (program === undefined) return undefined;
  const fonts = program.debian.includes('chromium') ? programOf('fonts-freefont') : undefined;
  return {
    apt: [...program.debian, ...(fonts?.debian ?? [])],
    apk: [...program.alpine, ...(fonts?.alpine ?? [])],
  };
}
