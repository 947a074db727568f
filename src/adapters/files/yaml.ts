import { createRequire } from 'node:module';

/**
 * The YAML library, loaded only once a file needs it: most runs have none. Ports that read
 * configuration are synchronous, so `import()` cannot do it. The bundler follows the plain
 * `require` and wraps the library in a function; where sources run unbundled there is none.
 */
export const loadYaml = (): typeof import('yaml') =>
  typeof require === 'function' ? require('yaml') : createRequire(import.meta.url)('yaml');
