// Runs once when the project is installed (npm's `prepare`): makes SQLite loadable, then builds.
// The binary is downloaded where that is possible, else compiled; and the headers for that lie
// beside most Nodes, so that no other place than the package registry need be reached.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

if (!loadsSqlite()) makeSqlite();
if (!loadsSqlite()) {
  console.error(
    'better-sqlite3 could neither be downloaded nor compiled for this Node; see above.',
  );
  console.error('Compiling needs python3, make and a C++ compiler.');
  process.exit(1);
}
await import('./build.js');

/** In a process of its own: a native module that fails to load cannot be loaded again. */
function loadsSqlite() {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  const { status } = spawnSync(process.execPath, ['-e', script], { cwd: import.meta.dirname });
  return status === 0;
}

function makeSqlite() {
  const cwd = dirname(require.resolve('better-sqlite3/package.json'));
  const headers = findHeaders();
  // As a variable: an npm that is configured for another Node's headers overrides the option.
  const env = headers === undefined ? process.env : { ...process.env, npm_config_nodedir: headers };
  const run = (script, args) =>
    spawnSync(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 2, 2] }).status ===
    0;
  if (run(require.resolve('prebuild-install/bin.js', { paths: [cwd] }), [])) return;
  const nodeGyp = process.env.npm_config_node_gyp;
  if (!nodeGyp) return console.error('Run this through npm: npm run prepare');
  run(nodeGyp, ['rebuild', '--release']);
}

/** Beside this Node, or where the npm package `node` keeps them. */
function findHeaders() {
  const prefix = dirname(dirname(process.execPath));
  const packaged = join(prefix, 'node_modules', `node-${process.platform}-${process.arch}`);
  return [prefix, packaged].find((folder) =>
    existsSync(join(folder, 'include', 'node', 'node_version.h')),
  );
}
