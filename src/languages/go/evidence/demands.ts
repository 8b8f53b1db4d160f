import type { Demand, Demanding } from '../../../kit/demands.ts';
import type { Source } from '../../../kit/dialect.ts';
import { lineAt } from '../../../kit/syntax.ts';

/**
 * Tags of fields that are read of the environment: https://github.com/caarlos0/env, https://github.com/sethvargo/go-envconfig,
 * https://github.com/kelseyhightower/envconfig.
 */
const TAGS: readonly RegExp[] = [
  /(?:^|\s)env:"([A-Z]\w{0,80}),[^"]{0,80}\b(?:required|notEmpty)\b/,
  /^(?=.*\brequired:"true").*(?:^|\s)(?:envconfig|env):"([A-Z]\w{0,80})"/,
];

function tagged(source: Source): readonly Demand[] {
  return source.strings.flatMap(({ text, from }): readonly Demand[] => {
    if (text.length > 500 || /\b(?:default|envDefault|env-default):"/.test(text)) return [];
    const name = TAGS.map((tag) => tag.exec(text)?.[1]).find(Boolean);
    return name === undefined ? [] : [{ name, at: lineAt(source, from) }];
  });
}

export const DEMANDING: Demanding = {
  handed: /\bos\.(?:Getenv|LookupEnv)\(\s*(?<name>[A-Za-z_]\w*)\s*\)/g,
  absent: /\bif\s+(?:\w+\s*:=\s*)?os\.Getenv\(\s*"\s*"\s*\)\s*(?:;\s*\w+\s*)?==\s*""(?=\s*\{)/g,
  ends: /\b(?:os\.Exit|log\.(?:Fatal|Panic)\w*|panic)\s*\(/,
  also: tagged,
};
