import type { Sources } from '../../../kit/sources.ts';
import { calls, lineAt, textOf } from '../../../kit/syntax.ts';
import { type Counting, endsUnlessGiven } from '../../../kit/usage.ts';
import { startedFile } from './program.ts';
import type { Start } from './start/start.ts';

const COUNTING: Counting = {
  counts:
    /\bif\s*\(\s*(?:(?<list>process\.argv(?:\.slice\(2\))?)\.length\s*(?<sign><=?|[!=]==?)\s*(?<count>\d+)|!\s*process\.argv(?:\[2\]|\.slice\(2\)\.length))\s*\)/g,
  own: (list) => (list === 'process.argv' ? 2 : 0),
  ends: /\bprocess\.exit\s*\(|\bthrow\b/,
  says: /\bconsole\.\w+\s*\(|\busage\s*\(/i,
  takes: /\b(?:readFileSync|readFile|resolve|require|join)\s*\(\s*process\.argv\[2\]\s*[,)]/g,
  looks: /\bprocess\.argv(?:\[2\]\s*(?:\?|\|\||&&)|\.length)|(?:\|\||&&|\()\s*process\.argv\[2\]\s*\)/,
};
/** commander, https://github.com/tj/commander.js#required-option; yargs, https://yargs.js.org/docs/#api-reference-demandoptionkey-msg-boolean */
const WANTS = /\.(?:requiredOption|argument|arguments|demandCommand|demandOption)\s*\(/g;

/** Where a program that is started by its file ends because it was given nothing. */
export function findUsage({ files }: Pick<Sources, 'files'>, start: Start): string | undefined {
  const file = startedFile(start);
  const behind = start.argv.slice(file === undefined ? 0 : start.argv.indexOf(file) + 1);
  const [entry] = files;
  if (entry === undefined || behind.length > 0) return undefined;
  const counted = endsUnlessGiven([entry], COUNTING);
  if (counted !== undefined)
    return `${counted} ends the program unless it is given arguments, which belong to its command.`;
  // options and arguments of a command below are no program's own
  if (/\.command\s*\(/.test(entry.code)) return undefined;
  for (const call of calls(entry, WANTS)) {
    const name = textOf(entry, call.args[0]);
    if (/\.arguments?$/.test(call.name) && !name?.startsWith('<')) continue;
    const what = name === undefined ? 'what it demands' : name.replace(/\s{1,20}</, ' <');
    return `${lineAt(entry, call.from)} ends the program unless it is given ${what}, which belongs to its command.`;
  }
  return undefined;
}
