import { table } from '../../../project/data.ts';
import type { Project } from '../../../project/project.ts';

/** https://cmake.org/cmake/help/latest/manual/cmake-presets.7.html */
interface Preset {
  readonly name: string;
  readonly hidden?: boolean;
  readonly inherits?: string | readonly string[];
  readonly generator?: string;
  readonly toolchainFile?: string;
  readonly condition?: { readonly type?: string; readonly lhs?: string; readonly rhs?: string };
  readonly cacheVariables?: Readonly<Record<string, string | { readonly value?: string } | boolean | null>>;
}

function presetsOf(project: Project): readonly Preset[] {
  const file = project.parse('CMakePresets.json') as { configurePresets?: readonly Preset[] } | undefined;
  return Array.isArray(file?.configurePresets)
    ? file.configurePresets.filter((p) => typeof p?.name === 'string' && /^\w[\w.+-]*$/.test(p.name))
    : [];
}

/** A preset with all that it inherits: its own words win. */
function whole(all: readonly Preset[], preset: Preset, depth = 0): Preset {
  if (depth > 10) return preset;
  let made = preset;
  // of two parents that differ the first one wins
  for (const name of [preset.inherits ?? []].flat()) {
    const parent = all.find((p) => p.name === name);
    if (parent === undefined) continue;
    const { hidden: _, ...held } = whole(all, parent, depth + 1);
    made = { ...held, ...made, cacheVariables: { ...held.cacheVariables, ...made.cacheVariables } };
  }
  return made;
}

/** What a preset sets, as `-D` would. */
export function presetVariables(
  project: Project,
  name: string | undefined,
): Readonly<Record<string, string>> {
  const all = presetsOf(project);
  const preset = all.find((p) => p.name === name);
  if (preset === undefined) return {};
  return table(
    Object.fromEntries(
      Object.entries(whole(all, preset).cacheVariables ?? {}).flatMap(([key, value]) => {
        const text = typeof value === 'object' ? value?.value : String(value);
        return text === undefined ? [] : [[key, text] as const];
      }),
    ),
  );
}

/** Presets that configure for this system, and for a release where some do. */
export function usablePresets(project: Project): readonly string[] {
  const all = presetsOf(project);
  const usable = all
    .map((p) => whole(all, p))
    .filter(({ hidden, condition, generator, toolchainFile, cacheVariables }) => {
      const foreign =
        condition?.type === 'equals' &&
        /hostSystemName/.test(condition.lhs ?? '') &&
        condition.rhs !== 'Linux';
      return (
        hidden !== true &&
        !foreign &&
        toolchainFile === undefined &&
        cacheVariables?.CMAKE_TOOLCHAIN_FILE === undefined &&
        !/Visual Studio|Xcode/.test(generator ?? '')
      );
    });
  const type = (preset: Preset) =>
    String(
      (preset.cacheVariables?.CMAKE_BUILD_TYPE as { value?: string })?.value ??
        preset.cacheVariables?.CMAKE_BUILD_TYPE ??
        '',
    );
  const release = usable.filter((preset) => /^(Release|MinSizeRel|RelWithDebInfo)$/.test(type(preset)));
  return (release.length > 0 ? release : usable).map((preset) => preset.name);
}
