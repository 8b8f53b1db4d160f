/** Where Vite is configured. */
export const VITE = 'vite.config.{js,mjs,cjs,ts,mts,cts}';
