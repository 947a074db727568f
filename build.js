// Builds dist/: one minified bundle in lazy chunks, and the licences of what is bundled into it.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = import.meta.dirname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

rmSync(join(root, 'dist'), { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Ink's devtools are for its own development.
  external: ['better-sqlite3', '@vscode/tree-sitter-wasm', 'react-devtools-core'],
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    TINYCODE_VERSION: JSON.stringify(version),
  },
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
};
const { metafile } = await build({
  ...shared,
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  splitting: true,
  minify: true,
  metafile: true,
  chunkNames: 'chunks/[name]-[hash]',
});
await build({
  ...shared,
  entryPoints: { 'audit-co-reader': 'src/wire/audit-co-reader-program.ts' },
  outdir: 'dist',
  minify: true,
});
await compilePolicies();
writeFileSync(join(root, 'dist', 'THIRD-PARTY-LICENSES.txt'), licences(metafile));

/** Rules are checked against their examples here, once, and need no YAML at run time. */
async function compilePolicies() {
  const outfile = join(root, 'dist', 'compile-policies.js');
  await build({ ...shared, entryPoints: ['src/wire/compile-policies.ts'], outfile });
  const { compilePoliciesTo } = await import(pathToFileURL(outfile).href);
  compilePoliciesTo(join(root, 'dist', 'policies.json'), join(root, 'policies'));
  rmSync(outfile);
}

function licences(metafile) {
  const packages = new Set(
    Object.keys(metafile.inputs).flatMap((path) => {
      const found = /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
      return found ? [found[1]] : [];
    }),
  );
  return [...packages].sort().map(licenceOf).join('\n\n');
}

function licenceOf(name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = ['LICENSE', 'LICENSE.md', 'license', 'LICENSE.txt', 'License'].flatMap((file) => {
    try {
      return [readFileSync(join(folder, file), 'utf8').trim()];
    } catch {
      return [];
    }
  });
  return `== ${name} ${version} (${license})\n${texts[0] ?? ''}`;
}
