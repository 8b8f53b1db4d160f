/** What keeps what was worked out about it: as long as it lives, and no longer. */
export interface Remembers {
  readonly memo: Map<string, unknown>;
}

/** What is computed once a project, once a source, or once a program. */
export function remember<T>(about: Remembers, key: string, make: () => T): T {
  if (!about.memo.has(key)) about.memo.set(key, make());
  return about.memo.get(key) as T;
}

/** A look that is taken once for each path: a run asks for some of them twenty times. */
export function remembered<T>(look: (path: string) => T): (path: string) => T {
  const about = { memo: new Map<string, unknown>() };
  return (path) => remember(about, path, () => look(path));
}

/** What is worked out when it is asked for first. */
export function once<T>(make: () => T): () => T {
  const about = { memo: new Map<string, unknown>() };
  return () => remember(about, '', make);
}
