import { all } from './all.ts';
import { serviceMade, servicesMade } from './project/services.ts';
import type { CommandRules } from './request/commands.ts';

const TAKES = [
  'all',
  'conflict',
  'pin',
  'unpin',
  'check',
  'dry-run',
  'json',
  'keep-going',
  'quiet',
  'no-color',
  'help',
];

/** `create-dockerfile update`: what was made is made anew, with its answers and its owner's edits; one difference is shown. */
export const update: CommandRules = {
  flags: {},
  takes: (name) => TAKES.includes(name),
  run: (request, _, terminal) =>
    all({ ...request, yes: true }, terminal, {
      find: request.all === true ? servicesMade : serviceMade,
      shown: true,
      nothing: 'no Dockerfile that create-dockerfile made',
      instead: 'Make one first: create-dockerfile.',
    }),
};
