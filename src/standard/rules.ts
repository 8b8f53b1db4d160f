import type { From, Instruction } from 'dockerfile-ast';
import { referenceOf } from './images.ts';
import { parsedDockerfile } from './instructions.ts';

/** What holds in every Dockerfile of ours, and has to hold in one that a standard's templates make. */
export async function faultsOf(text: string): Promise<readonly string[]> {
  const instructions = (await parsedDockerfile(text)).getInstructions();
  const last = instructions.map((one) => one.getKeyword()).lastIndexOf('FROM');
  if (last < 0) return ['it has no FROM'];
  const shipped = instructions.slice(last);
  return instructions.flatMap(faultOf).concat(faultsOfShipped(shipped), faultsOfStages(instructions));
}

const KNOWN = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
/** Names of what belongs to a secret of the build. */
const SECRET = /(^|_)(password|passwd|secret|token|api_?key|credentials?)$/i;

function faultOf(instruction: Instruction): readonly string[] {
  const keyword = instruction.getKeyword();
  const line = (instruction.getRange()?.start.line ?? 0) + 1;
  const text = instruction.getArgumentsContent() ?? '';
  if (!KNOWN.has(keyword)) return [`line ${line}: ${keyword} is no instruction`];
  if (['CMD', 'ENTRYPOINT'].includes(keyword) && !text.startsWith('['))
    return [`line ${line}: ${keyword} is not in exec form, so signals do not reach the program`];
  const [, name = ''] = ['ENV', 'ARG'].includes(keyword) ? (/^(\w+)/.exec(text) ?? []) : [];
  return SECRET.test(name) ? [`line ${line}: ${keyword} ${name} would keep a secret in the image`] : [];
}

function faultsOfShipped(shipped: readonly Instruction[]): readonly string[] {
  const of = (keyword: string) => shipped.filter((one) => one.getKeyword() === keyword);
  const user = of('USER').at(-1)?.getArgumentsContent() ?? '';
  const starts = of('ENTRYPOINT').length + of('CMD').length;
  return [
    ...(/^[1-9]\d*(:\d+)?$/.test(user) ? [] : [`the image runs as ${user || 'root'}, not as a numeric user`]),
    ...(of('HEALTHCHECK').length === 1 ? [] : ['the image has no HEALTHCHECK, not even NONE']),
    ...(starts > 0 ? [] : ['the image starts nothing']),
  ];
}

/** Stages that are read and not there, and images whose version nobody knows. */
function faultsOfStages(instructions: readonly Instruction[]): readonly string[] {
  const froms = instructions.filter((one): one is From => one.getKeyword() === 'FROM');
  const stages = new Set(froms.flatMap((one) => one.getBuildStage() ?? []));
  return froms.flatMap((one) => {
    const image = one.getImage() ?? '';
    if (stages.has(image) || image === 'scratch') return [];
    const { tag, digest } = referenceOf(image);
    return digest === undefined && (tag === undefined || tag === 'latest')
      ? [`${image} names no version`]
      : [];
  });
}
