import { CLEAR, paints, type Terminal } from '../output/terminal.ts';
import { printable } from '../printable.ts';
import type { Request } from '../request/request.ts';
import { held } from './judge.ts';
import type { Traced } from './trial.ts';
import type { Round, Told } from './verify.ts';

/** Steps while they run: one line that changes, on a terminal; nothing where nobody watches. */
export function say(terminal: Terminal, request: Request): Told {
  const live = terminal.color.err && !request.quiet && !request.json;
  let step = '';
  let begin = Date.now();
  return {
    step(text) {
      step = text;
      begin = Date.now();
    },
    line(text) {
      if (!live) return;
      const seconds = Math.round((Date.now() - begin) / 1000);
      const plain = printable(text.replace(/^#\d+ /, '').replaceAll('\u001b', '')).slice(
        0,
        (terminal.columns ?? 80) - 20,
      );
      terminal.err(`${CLEAR}${step} ${seconds} s  ${plain}`);
    },
  };
}

function tracedText(traced: Traced): string {
  return 'calls' in traced
    ? `${traced.calls.length} calls of the system failed`
    : `nothing was followed: ${traced.because}`;
}

/** What came of a round, as a few lines of figures, and what does not hold. */
export function shown(terminal: Terminal, request: Request, { trial, promised, findings }: Round): void {
  if (request.json) return;
  const paint = paints(terminal.color.err);
  const row = (name: string, text: string) => {
    if (!request.quiet) terminal.err(`${paint.dim(name.padEnd(8))} ${printable(text)}\n`);
  };
  if (terminal.color.err) terminal.err(CLEAR);
  const { build, image, run } = trial;
  const size = image === undefined ? '' : `, ${(image.size / 1e6).toFixed(image.size < 1e8 ? 1 : 0)} MB`;
  row('build', `${build.ok ? 'done' : 'failed'} in ${build.seconds.toFixed(1)} s${size}`);
  if (image !== undefined) row('run', `as ${image.user || 'root'}, read-only, without capabilities`);
  if (run !== undefined) {
    const sockets = run.sockets.map(({ address, port }) => `${address}:${port}`).join(', ');
    if (run.running)
      row(
        'listens',
        sockets === ''
          ? 'on nothing'
          : `${sockets}${run.ready === undefined ? '' : `, ready after ${run.ready.toFixed(1)} s`}`,
      );
    else row('ended', `with ${run.exitCode}`);
    if (run.health !== 'none')
      row('health', promised.health === undefined ? run.health : `${run.health} (${promised.health})`);
    if (run.memory !== undefined) row('memory', `${run.memory} at rest`);
    if (run.stop !== undefined)
      row('stop', run.stop.killed ? 'killed after 10 s' : `${run.stop.seconds.toFixed(1)} s after SIGTERM`);
  }
  if (trial.traced !== undefined) row('trace', tracedText(trial.traced));
  for (const { text, advice, mild } of findings) {
    const level = mild ? paint.yellow('warning') : paint.red('failed ');
    terminal.err(`${level}  ${printable(text)}${advice === undefined ? '' : ` ${printable(advice)}`}\n`);
  }
  if (held(findings)) terminal.err(`${paint.green('held')}     It does what the Dockerfile says.\n`);
}
