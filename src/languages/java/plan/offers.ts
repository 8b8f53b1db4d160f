import type { ImageRow, JavaRelease } from '../../../catalog/catalog.ts';
import { GLIBC_ONLY } from '../../../catalog/java-native.ts';
import { compare } from '../../../catalog/java-tools.ts';
import type { Offer, PlanTo } from '../../../facts/language.ts';
import type { Platform, TargetId } from '../../../plan/targets.ts';
import { releaseOf } from '../../../plan/version.ts';
import { isNested, type Module, shipped } from '../evidence/build.ts';
import type { Seen } from '../evidence/seen.ts';
import type { JavaSettings } from '../settings/settings.ts';

type To = Omit<PlanTo<JavaSettings, Seen>, 'target' | 'platforms'>;

/** The platforms of a target; none where a library has machine code that does not load there. */
export function offersOf(target: TargetId, to: To): Offer {
  const module = moduleOf(to);
  const native = target === 'alpine' ? nativeOf(module) : undefined;
  if (native !== undefined)
    return { none: `${native} has machine code for glibc alone, and Alpine has musl` };
  const { product } = module;
  const server = 'layout' in product && product.layout === 'war' ? to.seen.server(module) : undefined;
  if (server !== undefined && 'because' in server) return { none: server.because };
  const { row } = imagesOf(target, to);
  const fixed = shipped(module).find(({ classifier }) => machineOf(classifier) !== undefined);
  const machine = machineOf(fixed?.classifier);
  if ('none' in row || machine === undefined) return row;
  const platforms = row.platforms.filter((one) => one === machine);
  return platforms.length > 0
    ? { ...row, platforms }
    : { none: `${fixed?.id} (${fixed?.from}) is for ${machine} alone, which its image has not` };
}

/** The platform that a classifier names: `linux-x86_64`, `linux-aarch64`. */
function machineOf(classifier: string | undefined): Platform | undefined {
  if (classifier === undefined || !/^linux/.test(classifier)) return undefined;
  return /x86_64|amd64/.test(classifier)
    ? 'linux/amd64'
    : /aarch_?64|arm64/.test(classifier)
      ? 'linux/arm64'
      : undefined;
}

export function moduleOf({ seen, settings }: To): Module {
  return seen.module(settings.buildTool.value, settings.module.value);
}

/** The images of a target: with the JRE of an image, or a runtime that jlink links. */
export function imagesOf(target: TargetId, to: To): { readonly row: ImageRow; readonly linked: boolean } {
  const release = javaRelease(to);
  const { value, from } = to.settings.runtime;
  const jre = release.images[target];
  if (value === 'jre' && (!('none' in jre) || from === '--runtime')) return { row: jre, linked: false };
  const jlink = release.jlink[target];
  if ('none' in jlink && 'none' in jre && value === 'jre')
    return { row: { none: `${jre.none}, and ${jlink.none}` }, linked: false };
  if (isNested(moduleOf(to)))
    return {
      row: { none: 'jdeps cannot look into its archive, so no runtime can be linked for it' },
      linked: true,
    };
  return { row: jlink, linked: true };
}

function javaRelease({ catalog, settings }: To): JavaRelease {
  const version = settings.runtimeVersion.value;
  const release = releaseOf(catalog.java, version);
  if (release === undefined) throw new Error(`no release of Java for ${version}`);
  return release;
}

/** A library that does not load on Alpine. */
function nativeOf(module: Module): string | undefined {
  const found = shipped(module).find(({ id, version }) =>
    GLIBC_ONLY.some(
      (row) =>
        row.id.test(id) &&
        (row.since === undefined || (version !== undefined && compare(version, row.since) < 0)),
    ),
  );
  return found && `${found.id} (${found.from})`;
}
