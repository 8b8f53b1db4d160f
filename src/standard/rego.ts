import type { Policy } from './standard.ts';

/**
 * What of policies Buildx can judge before it builds, as it reads it beside a Dockerfile: where images come from, which,
 * and by their digest. The rest (users, labels, health) is in no source that it resolves.
 * https://docs.docker.com/build/policies/
 */
export function regoOf(policies: readonly Policy[]): string | undefined {
  const rules = policies.flatMap(({ registries, images, digests, from }) => [
    ...(registries === undefined ? [] : [rule(from, `input.image.host in ${json(registries)}`)]),
    ...(images === undefined
      ? []
      : [
          rule(
            from,
            'some name in names',
            `some pattern in ${json(images.map(patternOf))}`,
            'regex.match(pattern, name)',
          ),
        ]),
    ...(digests === true ? [rule(from, 'input.image.isCanonical')] : []),
  ]);
  if (rules.length === 0) return undefined;
  const named = rules.map((lines, at) =>
    [`# ${lines.from}`, `holds_${at + 1} if {`, ...lines.body, '}', ''].join('\n'),
  );
  return `# Buildx 0.31 and later reads it beside the Dockerfile
package docker

# the words of Rego 1, for readers of both
import rego.v1

default allow := false

allow if not input.image

allow if {
  input.image
${rules.map((_, at) => `  holds_${at + 1}`).join('\n')}
}

names contains input.image.ref

names contains sprintf("%s:%s", [input.image.repo, input.image.tag])

names contains sprintf("%s:%s", [input.image.fullRepo, input.image.tag])

${named.join('\n')}
deny_msg contains sprintf("%s is against the policy", [input.image.ref]) if {
  input.image
  not allow
}

decision := {"allow": allow, "deny_msg": deny_msg}
`;
}

function rule(
  from: string,
  ...lines: readonly string[]
): { readonly from: string; readonly body: readonly string[] } {
  return { from: from.replace(/[^ -~→]/g, '?'), body: lines.map((line) => `  ${line}`) };
}

/** A pattern of ours as a regular expression; official images are named with their namespace or without. */
function patternOf(pattern: string): string {
  const words = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return `^(docker\\.io/)?(library/)?${words.join('.*')}$`;
}

function json(values: readonly string[]): string {
  return JSON.stringify(values);
}
