/** Options of node that only serve development: dropped, for the program is the same without them. */
export const DEV_OPTIONS =
  /^--(watch|watch-path|watch-preserve-output|inspect|inspect-brk|prof|cpu-prof|heap-prof|hot|env-file|env-file-if-exists)(=|$)/;
/** Options that name a file of variables. https://nodejs.org/api/cli.html#--env-filefile */
export const ENV_FILE = /^--env-file(?:-if-exists)?(?:=|$)/;
/** Options of node whose value is the next word. */
export const WITH_VALUE = new Set([
  '-r',
  '--require',
  '--import',
  '--loader',
  '--experimental-loader',
  '-C',
  '--conditions',
  '--env-file',
  '--env-file-if-exists',
  '--watch-path',
]);
