import { parse } from 'smol-toml';
import { UserError } from '../../../../errors.ts';
import { isRecord, listOf, recordOf, textOf } from '../../../../project/data.ts';
import { reason } from '../../../../project/parse.ts';
import type { Project } from '../../../../project/project.ts';

/** A version catalog: what `libs.spring.boot.starter.web` stands for. */
export interface VersionCatalog {
  /** Coordinates of a library, or of the libraries of a bundle: `group:name:version`. */
  libraries(accessor: string): readonly string[];
  plugin(accessor: string): { readonly id: string; readonly version: string | undefined } | undefined;
  version(accessor: string): string | undefined;
}

/** https://docs.gradle.org/current/userguide/version_catalogs.html: `-`, `_` and `.` are the same in an accessor. */
const accessorOf = (name: string) => name.replace(/[-_]/g, '.');

export function readCatalog(project: Project, path = 'gradle/libs.versions.toml'): VersionCatalog {
  const text = project.read(path);
  const document = text === undefined ? {} : parsed(path, text);
  const table = (name: string) =>
    new Map(Object.entries(recordOf(document[name])).map(([key, value]) => [accessorOf(key), value]));
  const [versions, libraries, bundles, plugins] = ['versions', 'libraries', 'bundles', 'plugins'].map(table);
  const numberOf = (value: unknown): string | undefined => {
    if (!isRecord(value)) return textOf(value);
    const reference = textOf(value.ref);
    return reference === undefined
      ? (textOf(value.strictly) ?? textOf(value.require) ?? textOf(value.prefer))
      : numberOf(versions?.get(accessorOf(reference)));
  };
  const libraryOf = (accessor: string): readonly string[] => {
    const value = libraries?.get(accessor);
    if (typeof value === 'string') return [value];
    const record = recordOf(value);
    const module = textOf(record.module) ?? `${textOf(record.group) ?? ''}:${textOf(record.name) ?? ''}`;
    if (!isRecord(value)) return [];
    const version = numberOf(record.version);
    return [version === undefined ? module : `${module}:${version}`];
  };
  return {
    libraries(accessor) {
      if (!accessor.startsWith('bundles.')) return libraryOf(accessor);
      return listOf(bundles?.get(accessor.slice('bundles.'.length))).flatMap((name) =>
        libraryOf(accessorOf(String(name))),
      );
    },
    plugin(accessor) {
      const value = plugins?.get(accessor);
      if (typeof value === 'string') {
        const [id = '', version] = value.split(':');
        return { id, version };
      }
      const id = textOf(recordOf(value).id);
      return id === undefined ? undefined : { id, version: numberOf(recordOf(value).version) };
    },
    version: (accessor) => numberOf(versions?.get(accessor)),
  };
}

function parsed(path: string, text: string): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    const [first = 'cannot be parsed'] = reason(error).split('\n');
    throw new UserError({ kind: 'malformed', path, line: (error as { line?: number }).line, reason: first });
  }
}
