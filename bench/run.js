// node bench/run.js NAME...: bundles bench/NAME.ts as the build does, runs it, passes its exit code on.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;
const all = readdirSync(folder).flatMap((file) =>
  file.endsWith('.ts') ? [file.slice(0, -3)] : [],
);
const names = process.argv.length > 2 ? process.argv.slice(2) : all;
const built = join(folder, '..', 'dist', 'bench');
mkdirSync(built, { recursive: true });

let worst = 0;
for (const name of names) {
  if (!existsSync(join(folder, `${name}.ts`))) {
    console.error(`There is no bench “${name}”. There are ${all.join(', ')}.`);
    process.exit(2);
  }
  const outfile = join(built, `${name}.js`);
  await build({
    entryPoints: [join(folder, `${name}.ts`)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });
  const { status } = spawnSync(process.execPath, [outfile], {
    stdio: 'inherit',
    cwd: join(folder, '..'),
  });
  worst = Math.max(worst, status ?? 1);
}
process.exit(worst);
