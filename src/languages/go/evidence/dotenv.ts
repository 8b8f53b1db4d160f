import { ahead } from '../../../kit/ranges.ts';
import { callsOf, type GoCall, type Sources, worthIn } from './sources.ts';

const LOADERS = /\.(?:Load|Overload|Read|MustLoad|ReadInConfig|ReadConfig)\s*\(/g;
/** What ends the program, or hands the error to who does. */
const ENDS =
  /\b(?:\w*[lL]og\w*\.(?:Fatal|Panic)\w*|panic|os\.Exit)\s*\(|\breturn\b[^\n]{0,200}\b(?:err|Errorf|Wrap)\b/;

/** Where the program ends because there is no .env, which the image never has; undefined: it goes on. */
export function findNeededEnv(sources: Sources): string | undefined {
  return callsOf(sources, LOADERS).find((call) => isEnv(sources, call) && isFatal(call))?.at;
}

/** Whether a call reads .env: by its own name, or by what the configuration was told. */
function isEnv(sources: Sources, { file, of, last, args }: GoCall): boolean {
  const names = args.map((arg) => worthIn(sources, file, arg).text).filter((name) => name !== undefined);
  if (/joho\/godotenv$|subosito\/gotenv$/.test(of ?? '')) return args.length === 0 || names.some(isEnvName);
  if (/cleanenv$/.test(of ?? '')) return names.some(isEnvName);
  if (last !== 'ReadInConfig') return false;
  return callsOf(sources, /\.SetConfig(?:File|Name)\s*\(/g).some((set) =>
    isEnvName(worthIn(sources, set.file, set.args[0]).text ?? ''),
  );
}

function isEnvName(name: string): boolean {
  return /(^|\/)\.env$/.test(name);
}

/** Whether an error of a call ends the program: `if err != nil { log.Fatal(err) }` behind it, or a call around it. */
function isFatal({ file, from, to, last }: GoCall): boolean {
  const { code, pairs } = file.lexed();
  if (last === 'MustLoad' || /\b(?:must|Must|log\.Fatal\w*)\($/.test(code.slice(from - 12, from).trimEnd()))
    return true;
  const check = /^\s*;?\s{0,200}(?:if\s+)?\w+\s*!=\s*nil\s*\{/.exec(code.slice(to, to + 200));
  if (check === null) return false;
  const open = to + check[0].length - 1;
  return ENDS.test(code.slice(ahead(code, open + 1), pairs.get(open) ?? open));
}
