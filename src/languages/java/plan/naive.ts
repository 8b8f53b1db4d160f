import { lineOf, type NaiveRow, startOf } from '../../../plan/naive.ts';
import type { JavaApp } from './plan.ts';

const FOLDER = '/usr/src/app';
const UNPACKED = /^java -Djarmode=\S+ -jar (\S+\.jar) /;

/** The JDK and the build tool ship, with what they fetched. */
export const NAIVE: NaiveRow<JavaApp> = {
  docs: 'https://hub.docker.com/_/maven#how-to-use-this-image',
  sources: [/(?:Application|Main|App)\.(?:java|kt)$/, /^(?!.*\/test\/).*\.(?:java|kt)$/],
  of(plan) {
    const { app } = plan;
    // an archive of servlets is not started by itself, and libraries that nothing gathers are not there
    if (app.server !== undefined || app.gathers !== undefined) return undefined;
    const commands = app.build.commands.filter((command) => !UNPACKED.test(command));
    const jar = app.build.commands
      .map((command) => UNPACKED.exec(command)?.[1])
      .find((one) => one !== undefined);
    const build = lineOf({ ...app.build, commands });
    const start = startOf(plan).filter((word) => !word.startsWith('-XX:'));
    return {
      image: plan.images.build,
      packages: plan.packages.apt.filter((name) => name !== 'tini'),
      folder: FOLDER,
      manifests: [],
      install: [],
      build: [[...app.env.map(({ name, value }) => `export ${name}=${value}`), build].join(' && ')],
      // what is copied from below /out stands there in the same order
      startsIn: jar === undefined ? '/out' : undefined,
      env: plan.env,
      port: plan.port,
      start: jar === undefined ? start : start.map((word) => (word === 'app.jar' ? jar : word)),
    };
  },
};
