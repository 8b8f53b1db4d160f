import type { NativePackage } from './row.ts';

/** SlowBuffer is gone in Node 25, and this package reads it when it is loaded: https://nodejs.org/api/deprecations.html#DEP0030 */
const SLOW_BUFFER: readonly NativePackage[] = [{ node: '<25' }];

/** Packages without machine code that do not start on every version of Node. */
export const JAVASCRIPT: { readonly [name: string]: readonly NativePackage[] } = {
  'buffer-equal-constant-time': SLOW_BUFFER,
  // these depend on it, and are all that is known where there is no lock file: https://www.npmjs.com/package/jwa
  'express-jwt': SLOW_BUFFER,
  'firebase-admin': SLOW_BUFFER,
  'google-auth-library': SLOW_BUFFER,
  '@nestjs/jwt': SLOW_BUFFER,
  jsonwebtoken: SLOW_BUFFER,
  jwa: SLOW_BUFFER,
  jws: SLOW_BUFFER,
  'passport-jwt': SLOW_BUFFER,
  twilio: SLOW_BUFFER,
};
