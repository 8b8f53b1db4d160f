import { defineConfig } from 'rolldown';

export default defineConfig({
  input: 'src/server.ts',
  platform: 'node',
  external: ['express', 'sharp'],
  output: { dir: 'dist' },
});
