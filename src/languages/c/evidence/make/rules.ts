import { posix } from 'node:path';
import { table } from '../../../../project/data.ts';
import type { Project } from '../../../../project/project.ts';
import type { Executable, Need } from '../facts.ts';
import { isVendored } from '../sources.ts';
import { expand, type Scope, stemOf } from './expand.ts';
import type { Makefile, Rule } from './makefile.ts';

const ENDINGS = ['.c', '.cc', '.cpp', '.cxx'];
const COMPILED = /\.(c|cc|cpp|cxx)$/;

/** What make makes by itself of a grammar, and the program that it calls for it. */
const OWN: Readonly<Record<string, string>> = table({ '.y': 'bison', '.l': 'flex' });

/** The rules that make a file: the ones that name it, else the first pattern whose own needs are there. */
function rulesFor(project: Project, makefile: Makefile, file: string): readonly Rule[] {
  const named = makefile.rules.filter((rule) => rule.targets.includes(file));
  if (named.some((rule) => rule.recipe.length > 0)) return named;
  for (const rule of makefile.rules) {
    const stem = rule.targets
      .map((target) => (target.includes('%') ? stemOf(target, file) : undefined))
      .find(Boolean);
    if (stem === undefined) continue;
    const needs = rule.needs.map((need) => need.replace('%', stem));
    const first = needs[0];
    if (first === undefined || isThere(project, makefile, first))
      return [...named, { ...rule, targets: [file], needs }];
  }
  return named;
}

function isThere(project: Project, makefile: Makefile, path: string): boolean {
  return (
    project.isFile(inFolder(makefile, path)) || makefile.rules.some((rule) => rule.targets.includes(path))
  );
}

function inFolder({ file }: Makefile, path: string): string {
  return posix.join(posix.dirname(file), path);
}

/** What is made where no goal is named, and what is installed. */
export function usualGoals({ rules }: Makefile): readonly string[] {
  const first = rules.flatMap((rule) => rule.targets).find((target) => !/^\.|%/.test(target));
  return [...(first === undefined ? [] : [first]), 'all', 'install'];
}

/** The rules that run when some goals are made; make's own have the file's name as theirs. */
export function reachedRules(
  project: Project,
  makefile: Makefile,
  goals: readonly string[],
): readonly Rule[] {
  const open = new Set(goals);
  const reached = new Set<Rule>();
  for (const file of open) {
    if (open.size > 5000) break;
    const rules = rulesFor(project, makefile, file);
    const stem = file.replace(/\.\w+$/, '');
    const grammar = Object.keys(OWN).find(
      (ending) => /\.(o|c|cc|cpp)$/.test(file) && project.isFile(inFolder(makefile, stem + ending)),
    );
    if (grammar !== undefined && rules.every((rule) => rule.recipe.length === 0))
      reached.add({
        targets: [file],
        needs: [],
        recipe: [OWN[grammar] ?? ''],
        at: inFolder(makefile, stem + grammar),
      });
    for (const rule of rules) {
      reached.add(rule);
      for (const need of rule.needs) open.add(need);
    }
    // what is compiled of a source that is made
    if (file.endsWith('.o'))
      for (const ending of ENDINGS) if (isThere(project, makefile, stem + ending)) open.add(stem + ending);
  }
  return [...reached];
}

/** The programs that a recipe calls, by the first word of each of its commands. */
export function calledTools(rule: Rule, scope: Scope): readonly Need[] {
  return rule.recipe
    .flatMap((line) => expand(line, scope).split(/\|\||&&|[;|`]|\$\(/))
    .flatMap((command): readonly Need[] => {
      const words = command
        .trim()
        .replace(/^[@+-]+\s*/, '')
        .split(/\s+/);
      const name =
        words.find((word) => !/^\w+=/.test(word) && !/^(if|then|else|do|!|\{|\()$/.test(word)) ?? '';
      // what it says of its history is not in the image's context
      return /^[a-z][\w.+-]*$/.test(name) && name !== 'git'
        ? [{ by: 'tool', name, at: rule.at, optional: false }]
        : [];
    });
}

/** The sources that a rule's objects are made of, and whether these are all. */
export function sourcesOf(
  project: Project,
  makefile: Makefile,
  rule: Rule,
  recipe: string,
): Pick<Executable, 'sources' | 'whole'> {
  const sources = new Set<string>();
  let whole = true;
  const open = new Set([
    ...rule.needs,
    ...recipe.split(/\s+/).filter((word) => COMPILED.test(word) || /\.[oa]$/.test(word)),
  ]);
  // a rule of its own may only name what else it needs
  for (const other of makefile.rules)
    if (other.targets.some((target) => rule.targets.includes(target)))
      for (const need of other.needs) open.add(need);
  for (const file of open) {
    if (open.size > 2000) break;
    const path = inFolder(makefile, file);
    if (COMPILED.test(file)) {
      if (project.isFile(path)) sources.add(path);
    } else if (file.endsWith('.o')) {
      const made = sourceOf(project, makefile, file);
      if (made !== undefined) sources.add(made);
      // one that the build writes is none of the project
      else if (!ENDINGS.some((ending) => isThere(project, makefile, file.replace(/\.o$/, ending))))
        whole = false;
    } else if (file.endsWith('.a')) {
      const [archive] = rulesFor(project, makefile, file);
      if (archive === undefined && !isVendored(path)) whole = false;
      for (const need of archive?.needs ?? []) open.add(need);
    }
  }
  return { sources: [...sources], whole: whole && sources.size > 0 };
}

/** The file that an object is compiled of. */
function sourceOf(project: Project, makefile: Makefile, object: string): string | undefined {
  const said = rulesFor(project, makefile, object).flatMap((rule) =>
    rule.needs.filter((need) => COMPILED.test(need)),
  );
  const stem = object.replace(/\.o$/, '');
  const [found] = [...said, ...ENDINGS.map((ending) => stem + ending)]
    .map((file) => inFolder(makefile, file))
    .filter((path) => project.isFile(path));
  if (found !== undefined) return found;
  // made of a grammar
  return ['.y', '.l', '.rl', '.re']
    .map((ending) => inFolder(makefile, stem + ending))
    .find((path) => project.isFile(path));
}
