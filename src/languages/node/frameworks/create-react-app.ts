import { textOf } from '../../../project/data.ts';
import { hashedFolder } from './config.ts';
import type { Framework } from './framework.ts';
import { site } from './site.ts';

export const CREATE_REACT_APP: Framework = {
  name: 'Create React App',
  docs: 'https://create-react-app.dev/docs/production-build',
  builds: ['react-scripts build', 'craco build', 'react-app-rewired build'],
  starts: ['react-scripts start', 'craco start', 'react-app-rewired start'],
  develops: {
    commands: ['react-scripts start', 'craco start', 'react-app-rewired start'],
    env: { HOST: '0.0.0.0', PORT: '{port}', BROWSER: 'none' },
  },
  variables: ['REACT_APP_'],
  md4: { of: 'react-scripts', before: '5.0.0' },
  caches: ['node_modules/.cache'],
  made: (sight) =>
    site(
      { value: sight.env.BUILD_PATH ?? 'build' },
      { value: sight.env.PUBLIC_URL ?? textOf(sight.manifest.raw.homepage) ?? '/' },
      { fallback: 'index.html', hashed: hashedFolder(sight, 'static') },
    ),
};
