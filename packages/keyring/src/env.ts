import type { Environment } from './installation-key.ts';

/** The settings of this process. Threads have them too, so that each opens keys by itself. */
export function processEnvironment(): Environment {
  return process.env;
}
