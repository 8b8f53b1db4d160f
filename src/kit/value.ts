/** A text and where it stands, or a variable and where it is read. */
export interface Candidate {
  readonly text?: string | undefined;
  readonly variable?: string | undefined;
  readonly flag?: string | undefined;
  /** `src/server.ts:12`. */
  readonly at?: string | undefined;
}

/** What an expression is worth, as far as the program says. Nothing at all: it is not known. */
export interface Value extends Candidate {
  /** The variable of the environment that decides; `text` holds without it. */
  readonly variable?: string | undefined;
  /** The flag that decides, without its dashes; `text` holds without it. */
  readonly flag?: string | undefined;
  /** A word of the command line decides; `text` holds without it. */
  readonly argument?: boolean | undefined;
  /** The program contradicts itself: `places` says what could hold. Nothing else is said. */
  readonly several?: boolean | undefined;
  readonly places?: readonly Candidate[] | undefined;
  /** The values that are joined to a text: `host + ':' + port`. */
  readonly parts?: readonly Value[] | undefined;
  /** Something that is not understood may say otherwise: `options.port || 3000`. */
  readonly partly?: boolean | undefined;
  /** Known to say nothing: null, an empty text, a member that is not set. */
  readonly empty?: boolean | undefined;
  /** `text` is a number in the program. */
  readonly number?: boolean | undefined;
}

export const UNKNOWN: Value = {};

/** Whether a name is one that a shell can expand: another would be more than one word of a Dockerfile, or a command. */
function isVariable(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** A value without a variable that no shell could name. */
export function sayable(value: Value): Value {
  return value.variable === undefined || isVariable(value.variable)
    ? value
    : clean({ ...value, variable: undefined });
}

export const EMPTY: Value = { empty: true };

/** Whether nothing is known of a value. */
export function isUnknown(value: Value): boolean {
  return (
    !value.several && !value.empty && !decides(value) && value.text === undefined && value.parts === undefined
  );
}

/** Whether something outside of the program decides. */
function decides({ variable, flag, argument }: Value): boolean {
  return variable !== undefined || flag !== undefined || argument === true;
}

const first = <K extends keyof Value>(values: readonly Value[], key: K): Value[K] =>
  values.find((value) => value[key] !== undefined)?.[key];

function merged(values: readonly Value[], texts: readonly Value[]): Value {
  const holder = texts[0] ?? values.find(decides);
  return clean({
    text: texts[0]?.text,
    variable: first(values, 'variable'),
    flag: first(values, 'flag'),
    argument: first(values, 'argument'),
    partly: values.some(({ partly }) => partly) || undefined,
    parts: first(values, 'parts'),
    number: texts[0]?.number,
    at: holder?.at,
  });
}

/** Without keys that say nothing, so that values compare as they read. */
export function clean(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}

/** Operands of `||`, `??`: the first that says something holds. */
export function either(values: readonly Value[]): Value {
  const known = values.filter((value) => !isUnknown(value) && !value.empty);
  if (known.length === 0) return values.length > 0 && values.every(({ empty }) => empty) ? EMPTY : UNKNOWN;
  const several = known.find((value) => value.several);
  if (several !== undefined) return several;
  // what follows a text is never asked
  const end = known.findIndex((value) => value.text !== undefined);
  const asked = end < 0 ? known : known.slice(0, end + 1);
  const value = merged(
    asked,
    asked.filter(({ text }) => text !== undefined),
  );
  return values.some(isUnknown) ? { ...value, partly: true } : value;
}

/** Values that a name can have: they agree, one is the default of another, or they contradict each other. */
export function combine(values: readonly Value[]): Value {
  const known = values.filter(({ empty }) => !empty);
  if (known.length === 0) return values.length > 0 ? EMPTY : UNKNOWN;
  if (known.length === 1) return known[0] ?? UNKNOWN;
  if (known.some(isUnknown)) return UNKNOWN;
  // zero is what numbers are before they are set
  const set = known.filter(({ text, number }) => !(number && Number(text) === 0));
  const real = set.length > 0 ? set : known;
  const texts = real.filter(({ text }) => text !== undefined);
  const contradicted =
    real.some(({ several }) => several) ||
    (['text', 'variable', 'flag'] as const).some(
      (key) => new Set(real.flatMap((value) => value[key] ?? [])).size > 1,
    );
  return contradicted ? severalOf(real) : merged(real, texts);
}

function severalOf(values: readonly Value[]): Value {
  const places = values.flatMap((value): readonly Candidate[] => value.places ?? [candidateOf(value)]);
  const key = (one: Candidate) => JSON.stringify([one.text, one.variable, one.flag]);
  return {
    several: true,
    places: [...new Map(places.map((one) => [key(one), one] as const).reverse()).values()].reverse(),
  };
}

function candidateOf({ text, variable, flag, at }: Value): Candidate {
  return clean({ text, variable, flag, at });
}

/** Texts that stand one behind another. */
export function joined(parts: readonly Value[]): Value {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const several = parts.find((part) => part.several);
  if (several !== undefined) return several;
  if (parts.every(isUnknown)) return UNKNOWN;
  const whole = parts.every((part) => part.text !== undefined || part.empty);
  const one = <K extends 'variable' | 'flag' | 'argument'>(key: K): Value[K] => {
    const all = parts.filter((part) => part[key] !== undefined);
    return all.length === 1 ? all[0]?.[key] : undefined;
  };
  return clean({
    text: whole ? parts.map((part) => part.text ?? '').join('') : undefined,
    variable: one('variable'),
    flag: one('flag'),
    argument: one('argument'),
    partly: parts.some((part) => part.partly || isUnknown(part)) || undefined,
    parts,
    at: parts.find((part) => part.at !== undefined)?.at,
  });
}
