import { posix } from 'node:path';
import { lineOf, manifestsOf, type NaiveRow, startOf } from '../../../plan/naive.ts';
import type { Step } from '../../../plan/plan.ts';
import type { PythonApp } from './plan.ts';

const FOLDER = '/usr/src/app';
const ENVIRONMENT = '/opt/venv';

/** pip installs into the image's own Python; what keeps a lock has an environment, which it is started from. */
export const NAIVE: NaiveRow<PythonApp> = {
  docs: 'https://hub.docker.com/_/python#create-a-dockerfile-in-your-python-app-project',
  sources: [/(?:^|\/)(?:main|app|server)\.py$/, /(?:^|\/)(?:views|__init__)\.py$/, /\.py$/],
  of(plan) {
    const { app } = plan;
    const { tool } = app;
    const own = tool === undefined;
    const version = tool?.version ?? '';
    // uv's image holds the program alone, and its package the same
    const named = tool?.install?.replace(/\$\w+/, version) ?? tool?.package ?? 'uv';
    // bytecode is made at the first start
    const made = app.sources?.commands.filter((command) => !command.includes('compileall')) ?? [];
    const steps = [app.install, app.project].filter((step): step is Step => step !== undefined);
    const install = steps.map((step) =>
      lineOf(step).replaceAll(`pip --python ${ENVIRONMENT} install`, 'pip install --no-cache-dir'),
    );
    const manifests = app.project === undefined ? manifestsOf([app.install]) : [];
    return {
      image: plan.images.build.replace(/(:[\d.]+)-.*$/, '$1'),
      packages: [...app.packages.apt, ...plan.packages.apt.filter((name) => name !== 'tini')],
      folder: FOLDER,
      manifests,
      install: own
        ? install
        : [
            `pip install --no-cache-dir ${named}`,
            `python -m venv ${ENVIRONMENT}`,
            ...install.map(
              (line) => `export VIRTUAL_ENV=${ENVIRONMENT} PATH=${ENVIRONMENT}/bin:$PATH && ${line}`,
            ),
          ],
      build: made.map((command) => withPath(command, own)),
      startsIn: plan.folder === undefined ? undefined : posix.join(FOLDER, plan.folder),
      env: [
        ...(own ? [] : [{ name: 'PATH', value: `${ENVIRONMENT}/bin:$PATH` }]),
        ...plan.env.filter(({ name }) => name !== 'PATH'),
      ],
      port: plan.port,
      start: startOf(plan),
    };
  },
};

function withPath(line: string, own: boolean): string {
  return own ? line : `PATH=${ENVIRONMENT}/bin:$PATH && ${line}`;
}
