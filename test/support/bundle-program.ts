import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { temporaryFolder } from './files.ts';

/** One of the `*-program.ts` of this folder as a file that Node runs by itself. */
export function bundleProgram(name: string): string {
  const outfile = join(temporaryFolder(), `${name}.mjs`);
  buildSync({
    entryPoints: [join(import.meta.dirname, `${name}-program.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}
