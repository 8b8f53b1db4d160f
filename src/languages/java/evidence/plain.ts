import type { Project } from '../../../project/project.ts';
import type { Build } from './build.ts';

/** Sources without a build tool: the compiler alone, with the jars that lie in `lib`. */
export function readPlain(project: Project): Build {
  const folder = ['src/main/java', 'src'].find((one) => project.find(`${one}/**/*.java`).length > 0) ?? '.';
  const [file = folder] = project.find(`${folder === '.' ? '' : `${folder}/`}**/*.java`);
  return {
    tool: 'javac',
    file,
    wrapper: undefined,
    manifests: [],
    plugins: [],
    repositories: [],
    extensions: [],
    variables: [],
    modules: [
      {
        folder: '.',
        id: project.name,
        file,
        version: undefined,
        dependencies: [],
        needs: [],
        releases: [],
        toolchains: [],
        plugins: new Map(),
        product: { layout: 'lib', path: undefined, task: '', named: true, from: file },
        main: undefined,
        options: [],
        frontend: undefined,
        vendor: undefined,
        sources: [folder],
        resources: [],
      },
    ],
  };
}
