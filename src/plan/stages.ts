/** Stages beside the one that ships, in the order in which a Dockerfile has them. */
export const STAGE_IDS = ['development', 'test'] as const;

export type StageId = (typeof STAGE_IDS)[number];
