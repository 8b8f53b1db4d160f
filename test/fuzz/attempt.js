import { parentPort, workerData } from 'node:worker_threads';
import { detect, plan, projectOf, render, UserError } from '../../dist/index.js';
import { chanceOf, mutated } from './mutate.js';
import { projects, READERS } from './readers.js';

const TARGETS = ['slim', 'alpine', 'distroless', 'scratch'];

/** What a reader is given for a seed: a valid project, one file of which is not. */
export function inputOf(reader, seed) {
  const chance = chanceOf(seed);
  const pattern = READERS[reader];
  const having = projects().filter((files) => Object.keys(files).some((path) => pattern.test(path)));
  const files = chance.of(having);
  const path = chance.of(Object.keys(files).filter((one) => pattern.test(one)));
  const other = chance.of(having);
  const from = chance.of(Object.keys(other).filter((one) => pattern.test(one)));
  const target = chance.of(TARGETS);
  return { path, target, files: { ...files, [path]: mutated(files[path], other[from], chance) } };
}

const HIDDEN = /[^\P{C}\n\t\p{Co}\p{Cn}]|[\p{Zl}\p{Zp}]/u;

/** What is wrong with a run; undefined: it ended as it should. */
export async function faultOf({ files, target }) {
  try {
    const project = await projectOf(files);
    const facts = await detect(project);
    const made = await render(project, await plan(project, facts, { target }));
    const dockerfile = made.find(({ path }) => /Dockerfile$/.test(path))?.text ?? '';
    return HIDDEN.test(dockerfile) ? 'something hides in the Dockerfile' : undefined;
  } catch (error) {
    return error instanceof UserError ? undefined : (error?.stack ?? String(error));
  }
}

if (workerData?.reader !== undefined) {
  const { reader, at, until, end } = workerData;
  const counter = new Int32Array(at);
  for (let seed = counter[0]; seed < until && Date.now() < end; seed++) {
    Atomics.store(counter, 0, seed);
    const fault = await faultOf(inputOf(reader, seed));
    if (fault !== undefined) parentPort.postMessage({ seed, fault });
    Atomics.store(counter, 0, seed + 1);
  }
}
