/** A yarn.lock of Yarn 1, in the shape that its successors write: `"name@range, name@range": { version, dependencies }`. */
export function parseYarn1(
  text: string,
): Readonly<Record<string, { version?: string; dependencies: Record<string, string> }>> {
  const entries: Record<string, { version?: string; dependencies: Record<string, string> }> = {};
  let entry: { version?: string; dependencies: Record<string, string> } | undefined;
  let group = false;
  for (const line of text.split('\n')) {
    const words = [...line.matchAll(/"([^"]*)"|[^\s,:"][^\s,"]*/g)].map(([all, quoted]) => quoted ?? all);
    if (line.startsWith('#') || words.length === 0) continue;
    if (!line.startsWith(' ')) {
      entry = { dependencies: {} };
      entries[words.map((word) => word.replace(/:$/, '')).join(', ')] = entry;
    } else if (line.startsWith('    ')) {
      if (group && entry !== undefined) entry.dependencies[words[0] ?? ''] = words[1] ?? '';
    } else {
      group = /^ {2}(optionalD|d)ependencies:/.test(line);
      if (words[0] === 'version' && entry !== undefined && words[1] !== undefined) entry.version = words[1];
    }
  }
  return entries;
}
