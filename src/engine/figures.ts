import type { Measured, Measures } from './measure.ts';

/** One thing that is measured: how it is called, and how a value of it is shown. */
export interface Figure {
  readonly key: keyof Measures;
  readonly title: string;
  shown(measures: Measures): string | undefined;
  /** Less is better, and its bars are drawn. */
  readonly bars?: true;
}

/** In the order in which they are shown. */
export const FIGURES: readonly Figure[] = [
  { key: 'compressed', title: 'compressed', shown: ({ compressed }) => sizeOf(compressed), bars: true },
  { key: 'unpacked', title: 'unpacked', shown: ({ unpacked }) => sizeOf(unpacked), bars: true },
  { key: 'layers', title: 'layers', shown: ({ layers }) => layers?.toString() },
  { key: 'packages', title: 'packages', shown: ({ packages }) => packages?.toString() },
  {
    key: 'shell',
    title: 'shell',
    shown: ({ shell }) => (shell === undefined ? undefined : shell ? 'yes' : 'no'),
  },
  { key: 'user', title: 'user', shown: ({ user }) => user },
  { key: 'first', title: 'first build', shown: ({ first }) => secondsOf(first), bars: true },
  { key: 'rebuild', title: 'rebuild', shown: ({ rebuild }) => secondsOf(rebuild), bars: true },
  { key: 'answer', title: 'first answer', shown: ({ answer }) => secondsOf(answer), bars: true },
  { key: 'memory', title: 'memory', shown: ({ memory }) => sizeOf(memory), bars: true },
];

export const NONE = '–';

export function sizeOf(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  return `${(bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0)} MB`;
}

export function secondsOf(seconds: number | undefined): string | undefined {
  return seconds === undefined ? undefined : `${seconds.toFixed(seconds < 1 ? 2 : 1)} s`;
}

/** The value of a figure that has bars. */
export function amountOf({ measures }: Measured, { key }: Figure): number | undefined {
  const value = measures[key];
  return typeof value === 'number' ? value : undefined;
}

/** Those of which there is something to show. */
export function measuredOnes(all: readonly Measured[]): readonly Measured[] {
  return all.filter(({ measures }) => Object.values(measures).some((value) => value !== undefined));
}

/** A sentence for each that was not measured, or not whole. */
export function failures(
  all: readonly Measured[],
): readonly { readonly name: string; readonly failed: string }[] {
  return all.flatMap(({ name, failed }) => (failed === undefined ? [] : [{ name, failed }]));
}
