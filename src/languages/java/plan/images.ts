import { compare, GRADLE_IMAGES } from '../../../catalog/java-tools.ts';
import type { Build } from '../evidence/build.ts';

/** The image that builds, and whether the project's wrapper is what runs in it. */
export interface Builder {
  readonly build: string;
  readonly wrapped: boolean;
}

export function builderImage({ tool, wrapper }: Build, jdk: string): Builder {
  if (tool === 'javac') return { build: `eclipse-temurin:${jdk}-jdk`, wrapped: false };
  if (wrapper !== undefined && wrapper.broken === undefined)
    return { build: `eclipse-temurin:${jdk}-jdk`, wrapped: true };
  if (tool === 'maven') return { build: `maven:3.9-eclipse-temurin-${jdk}`, wrapped: false };
  const fits = GRADLE_IMAGES.filter(({ jdks }) => jdks.includes(Number(jdk)));
  const same = fits.find(({ tag }) => wrapper?.version !== undefined && compare(wrapper.version, tag) >= 0);
  const { tag } = same ?? fits.at(-1) ?? { tag: '9' };
  return { build: `gradle:${tag}-jdk${jdk}`, wrapped: false };
}
