import type { Value } from './value.ts';

/** Where something listens, taken apart. */
export interface Address {
  readonly host: Value;
  readonly port: Value;
  /** Whether the variable or the flag holds the whole address, host and port. */
  readonly whole: boolean;
}

/** Host and port of a text that is an address: `:8080`, `localhost:8080`, `[::]:8080`, a number alone. */
export function addressOf(value: Value): Address {
  const parts = flat(value);
  if (parts.length > 1) return joinedAddress(parts);
  const colon = value.text?.includes(':') ?? false;
  const named = value.variable ?? value.flag ?? '';
  const whole = colon || value.several === true || /addr|listen|bind|host|url/i.test(named);
  return { ...split(value, whole), whole: whole && named !== '' };
}

function flat(value: Value): readonly Value[] {
  return value.parts === undefined ? [value] : value.parts.flatMap(flat);
}

/** Values one behind the other: what stands before the last colon is the host, what stands behind it the port. */
function joinedAddress(values: readonly Value[]): Address {
  const at = values
    .map(({ text, variable, flag }) => !variable && !flag && (text ?? '').includes(':'))
    .lastIndexOf(true);
  const [only] = values;
  if (at < 0 || only === undefined) return { ...split(only ?? {}, true), whole: true };
  const [before = '', after = ''] = (values[at]?.text ?? '').split(/:(?=[^:]*$)/);
  const host = before === '' ? (values[at - 1] ?? { text: '' }) : { text: before };
  return { host, port: after === '' ? (values[at + 1] ?? {}) : { text: after }, whole: false };
}

function split(value: Value, whole: boolean): Pick<Address, 'host' | 'port'> {
  const { text, variable, flag } = value;
  const colon = text?.lastIndexOf(':') ?? -1;
  const host =
    colon < 0
      ? undefined
      : text
          ?.slice(0, colon)
          .replace(/^\w+:\/\//, '')
          .replace(/^\[|\]$/g, '');
  const said = colon < 0 ? text : text?.slice(colon + 1).replace(/\/$/, '');
  const port = /^\d+$/.test(said ?? '') ? said : undefined;
  return {
    host: whole && colon >= 0 ? { text: host, variable, flag } : { text: host ?? '' },
    port: { ...value, text: port },
  };
}

/** Whether a host is the machine itself, so that nobody outside of a container is heard there. */
export function isLocal(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|::1|ip6-localhost)$/.test(host);
}
