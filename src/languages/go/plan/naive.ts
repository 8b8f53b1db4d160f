import { posix } from 'node:path';
import { lineOf, manifestsOf, type NaiveRow, startOf } from '../../../plan/naive.ts';
import type { GoApp } from './plan.ts';

const FOLDER = '/usr/src/app';

/** The toolchain ships, for the program is built where it runs. */
export const NAIVE: NaiveRow<GoApp> = {
  docs: 'https://hub.docker.com/_/golang#start-a-go-instance-in-your-app',
  sources: [/(?:^|\/)main\.go$/, /(?<!_test)\.go$/],
  of(plan) {
    const { app } = plan;
    const [program = '', ...args] = startOf(plan);
    return {
      image: plan.images.build.replace(/(:[\d.]+)-.*$/, '$1'),
      packages: [...app.packages.apt, ...plan.packages.apt.filter((name) => name !== 'tini')],
      folder: FOLDER,
      manifests: manifestsOf([app.download]),
      install: app.download === undefined ? [] : [lineOf(app.download)],
      build: [
        lineOf(app.build)
          .replace(/GOOS=\S+ GOARCH=\S+ /g, '')
          .replace(/ -trimpath| -tags=timetzdata(?= )| -ldflags="[^"]*"/g, ''),
      ],
      startsIn: plan.folder === undefined ? undefined : posix.join(FOLDER, plan.folder),
      env: plan.env,
      port: plan.port,
      start: [posix.join('/out', posix.basename(program)), ...args],
    };
  },
};
