import type { Instruction } from 'dockerfile-ast';

/** One invariant of every Dockerfile that we write. */
export interface Rule {
  readonly says: string;
  /** It is about the image that ships: stages beside it start shells, and run as what the image has. */
  readonly ships?: true;
  /** Lines that break it; empty: none does. */
  broken(instructions: readonly Instruction[], text: string): readonly string[];
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** The instructions of the last stage: what ships. */
export function shipped(instructions: readonly Instruction[]): readonly Instruction[] {
  return instructions.slice(instructions.map((i) => i.getKeyword()).lastIndexOf('FROM'));
}

export function lines(instructions: readonly Instruction[]): readonly string[] {
  return instructions.map((i) => i.getTextContent());
}
