import { followedSigns, signsIn } from './signs.ts';
import type { Socket } from './sockets.ts';
import type { Finding, Promised, Run, Trial } from './trial.ts';

/** How long the engine waits after SIGTERM before it kills. */
const GRACE = 10;

/** All that does not hold, the likeliest cause first; none: all held. */
export function judge(trial: Trial, promised: Promised): readonly Finding[] {
  if (!trial.build.ok) return built(trial, promised);
  const { run, image } = trial;
  if (run === undefined) return [];
  const findings = [
    ...(image === undefined || /^(?!0:)[1-9]/.test(image.user)
      ? []
      : [
          {
            id: 'root',
            text: `The image runs as ${image.user || 'root'}.`,
            advice: 'Name a user by its number: USER 65532:65532.',
          },
        ]),
    ...oversized(image?.size ?? 0, promised),
    ...lived(run, promised),
  ];
  const { stop } = run;
  findings.push(...followed(trial, run, promised, findings));
  if (stop?.killed) findings.push(deaf(promised));
  return findings;
}

/** What a tracer saw beside what the log says. */
function followed(
  { traced }: Trial,
  run: Run,
  promised: Promised,
  known: readonly Finding[],
): readonly Finding[] {
  if (traced === undefined || !('calls' in traced)) return [];
  const works = run.ready !== undefined || (run.exitCode === 0 && promised.port === undefined);
  return followedSigns(traced.calls, promised, works).filter(
    ({ text, correction }) =>
      !known.some((one) => one.text === text || (correction && one.correction?.value === correction.value)),
  );
}

function oversized(size: number, { largest }: Promised): readonly Finding[] {
  if (largest === undefined || size <= largest.bytes) return [];
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  const text = `The image has ${megabytes(size)}, and the policy lets it have ${megabytes(largest.bytes)} (${largest.from}).`;
  return [{ id: 'size', text }];
}

function built({ build }: Trial, promised: Promised): readonly Finding[] {
  const signs = signsIn(build.log, 'build', promised);
  if (signs.length > 0) return signs;
  return [{ id: 'build', text: `The build fails: ${firstError(build.log)}` }];
}

/** Whether it ran, listened and answered. */
function lived(run: Run, promised: Promised): Finding[] {
  const signs = [...signsIn(run.log, 'run', promised)];
  if (run.outOfMemory)
    return [
      {
        id: 'memory',
        text: 'It was ended for the memory that it took.',
        advice: 'Give the container more: docker run --memory 1g',
      },
    ];
  if (!run.running) return ended(run, promised, signs);
  if (promised.port === undefined) return [...unexpected(run.sockets)];
  const { port } = promised;
  const open = run.sockets.filter((socket) => !socket.local);
  if (open.some((socket) => socket.port === port)) {
    // what it only complains of, and goes on, is told; what is healthy needs no hint of what may be missing
    if (run.health === 'unhealthy' || (run.health !== 'none' && run.ready === undefined))
      return [sick(run, promised), ...signs];
    return signs.filter(({ id }) => id === 'write').map((sign) => ({ ...sign, mild: true }));
  }
  return [...elsewhere(run, port), ...signs];
}

/** It ended by itself. */
function ended(run: Run, promised: Promised, signs: readonly Finding[]): Finding[] {
  if (promised.port === undefined && run.exitCode === 0) return [];
  if (run.exitCode === 0)
    return [
      ...signs.filter(({ id }) => id === 'arguments'),
      {
        id: 'background',
        text: 'It ended at once, without an error.',
        advice:
          'Does it go to the background? Let it stay in the foreground, by --args; or is it no server: --port none',
      },
    ];
  if (signs.length > 0) return [...signs];
  return [{ id: 'crash', text: `It ended with ${run.exitCode}: ${lastLine(run.log)}` }];
}

/** It runs, and the port that was promised is not open. */
function elsewhere(run: Run, port: number): readonly Finding[] {
  const here = run.sockets.find((socket) => socket.local && socket.port === port);
  const [other, ...more] = [...new Set(run.sockets.filter((one) => !one.local).map((one) => one.port))];
  if (other !== undefined && more.length === 0) {
    const { address } = run.sockets.find((one) => one.port === other) as Socket;
    return [
      {
        id: 'port',
        text: `It listens on ${address}:${other}, not on ${port}.`,
        correction: { key: 'port', value: String(other), from: `seen: listens on ${address}:${other}` },
      },
    ];
  }
  if (other !== undefined)
    return [
      {
        id: 'ports',
        text: `It listens on ${[other, ...more].join(', ')}, not on ${port}.`,
        advice: 'Say with --port which one is its own.',
      },
    ];
  const local = here ?? run.sockets.find((socket) => socket.local);
  if (local !== undefined)
    return [
      {
        id: 'localhost',
        text: `It listens on ${local.address}:${local.port} alone, which nobody outside of the container reaches.`,
        advice: 'Let it listen on 0.0.0.0: by a variable such as HOST, by an argument, or in the source.',
      },
    ];
  return [
    {
      id: 'silent',
      text: `It runs, and does not listen on ${port}.`,
      advice: 'Does it start slowly? --wait 180. Is it no server? --port none',
    },
  ];
}

function sick(run: Run, promised: Promised): Finding {
  const said = run.checkLog.trim().split('\n').at(-1) ?? '';
  return {
    id: 'health',
    text: `It listens on ${promised.port}, and its health check ${run.health === 'unhealthy' ? 'fails' : 'does not pass'}${said === '' ? '' : `: ${said.slice(0, 200)}`}.`,
    advice: `Ask ${promised.health ?? 'it'} by hand, or say another path with --health.`,
  };
}

function unexpected(sockets: readonly Socket[]): readonly Finding[] {
  const ports = [...new Set(sockets.filter(({ local }) => !local).map(({ port }) => port))];
  const [port, ...more] = ports;
  if (port === undefined) return [];
  const text = `It listens on ${ports.join(', ')}, and the image exposes no port.`;
  return [
    more.length > 0
      ? { id: 'ports', text, advice: 'Say with --port which one is its own.' }
      : {
          id: 'port',
          text,
          correction: { key: 'port', value: String(port), from: `seen: listens on ${port}` },
        },
  ];
}

function deaf({ init, settings }: Promised): Finding {
  const text = `It ignores SIGTERM: the engine killed it after ${GRACE} seconds.`;
  if (init || settings.init === undefined)
    return { id: 'signal', text, advice: 'Let it end on SIGTERM, and close what is open.' };
  return {
    id: 'signal',
    text,
    correction: { key: 'init', value: 'yes', from: 'seen: ignores SIGTERM as process 1' },
  };
}

/** What went wrong first in a build: the rest follows from it. */
function firstError(log: string): string {
  const lines = log.split('\n').map((line) => line.replace(/^#\d+ [\d.]+ /, '').trim());
  const told = lines.find(
    (line) => /\b(?:error|fatal|cannot|failed)\b/i.test(line) && !/^(?:#\d+ )?ERROR: |^\[/.test(line),
  );
  return told?.slice(0, 300) ?? lastLine(log);
}

/** What a log says last, without the frame of a tool. */
function lastLine(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        line !== '' &&
        !/^(?:#\d+ (?:DONE|CANCELED|CACHED)|-{3,}|>>>|\d+ \||View build details|npm (?:ERR!|error) A complete log)/.test(
          line,
        ),
    );
  const told =
    lines.filter((line) => /error|fail|cannot|not /i.test(line)).at(-1) ?? lines.at(-1) ?? 'it says nothing';
  return told.slice(0, 300);
}

/** Whether all held: nothing was found but what is told only. */
export function held(findings: readonly Finding[]): boolean {
  return findings.every(({ mild }) => mild === true);
}
