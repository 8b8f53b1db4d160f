import { join, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { File } from '../output/render.ts';
import { reportOf } from '../output/report.ts';
import type { Terminal } from '../output/terminal.ts';
import { compare, write } from '../output/write.ts';
import type { CommandRules, Typed } from '../request/commands.ts';
import { near } from '../request/near.ts';
import type { Request } from '../request/request.ts';
import { ownTemplate, ownTemplates, readWithin } from './disk.ts';
import { configurationIn } from './find.ts';
import { TEMPLATE_FOLDER } from './words.ts';

/** `create-dockerfile eject`: a template of ours, copied to where it replaces it. */
export const eject: CommandRules = {
  flags: {
    template: {
      group: 'What is copied:',
      placeholder: 'language/name',
      describe: 'a whole template, as in node/server',
    },
    partial: {
      group: 'What is copied:',
      placeholder: 'name',
      describe: 'a part of several, as in user or node/build',
    },
  },
  takes: (name) => ['help', 'quiet', 'no-color'].includes(name),
  run: ejected,
};

async function ejected(request: Request, own: Typed, terminal: Terminal): Promise<number> {
  const folder = resolve(terminal.cwd, request.directory);
  const name = nameOf(own);
  const path = `${TEMPLATE_FOLDER}/${name}.hbs`;
  if (readWithin(folder, path, request.directory) !== undefined)
    throw new UserError({
      kind: 'refused',
      message: `${path} is there already, and stays as it is.`,
      fix: '',
    });
  const files: File[] = [{ path, text: ownTemplate(name) }];
  if (configurationIn(folder) === undefined)
    files.push({
      path: 'create-dockerfile.yaml',
      text: '# what flags say can stand here: see docs/standard.md\n',
    });
  const report = reportOf(request, terminal);
  report.written(await write(folder, compare(folder, files)));
  report.say(`Edit ${join(request.directory, path)}; what is not there is taken from ours.`);
  return 0;
}

/** The template that is meant; a partial of one language may be named without it. */
function nameOf({ template, partial }: Typed): string {
  const all = ownTemplates().filter((name) => name !== 'dockerignore');
  const [partials, whole] = [all.filter(isPartial), all.filter((name) => !isPartial(name))];
  const called = (name: string) => name.replace(/(^|\/)partials\//, '$1');
  if ((template === undefined) === (partial === undefined))
    throw new UserError({
      kind: 'usage',
      message: 'Say what is copied: --template or --partial.',
      hint: `Templates: ${whole.join(', ')}. Partials: ${partials.map(called).join(', ')}.`,
    });
  const given = String(template ?? partial);
  const names = template === undefined ? partials.map(called) : whole;
  const exact = names.filter((name) => name === given);
  const [found, other] = exact.length > 0 ? exact : names.filter((name) => name.endsWith(`/${given}`));
  if (found === undefined || other !== undefined) {
    const flag = template === undefined ? '--partial' : '--template';
    throw new UserError({ kind: 'value', flag, given, want: names.join(', '), nearest: near(given, names) });
  }
  return template === undefined ? (partials.find((name) => called(name) === found) ?? found) : found;
}

function isPartial(name: string): boolean {
  return /(^|\/)partials\//.test(name);
}
