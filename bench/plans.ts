import { spawnSync } from 'node:child_process';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A plan that edits so many files, against plain code that writes and syncs the same bytes. */
const FILES = 1000;
const ROUNDS = 5;
const PROGRAM = join(import.meta.dirname, '..', 'bin', 'tinycode.js');

const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) ratios.push(measure(round));
ratios.sort((a, b) => a - b);
const median = ratios[Math.floor(ratios.length / 2)] as number;
console.log(`plan of ${FILES} edits, executed / plain write and fsync: ${median.toFixed(2)} ×`);
console.log(`  runs: ${ratios.map((ratio) => ratio.toFixed(2)).join('  ')}`);

function measure(round: number): number {
  const root = mkdtempSync(join(tmpdir(), 'tinycode-bench-'));
  try {
    const project = join(root, 'project');
    const home = join(root, 'home');
    mkdirSync(home);
    mkdirSync(project);
    const files = Array.from({ length: FILES }, (_, at) => ({
      path: `src/part-${at % 20}/file-${at}.ts`,
      before: `export const value${at} = ${at};\n`.repeat(60),
      after: `export const value${at} = ${at + 1 + round};\n`.repeat(60),
    }));
    for (const { path, before } of files) {
      mkdirSync(join(project, path, '..'), { recursive: true });
      writeFileSync(join(project, path), before);
    }
    const plan = {
      goal: 'edit them all',
      steps: files.map(({ path, after }) => ({
        action: { kind: 'file.edit', path, content: after },
      })),
    };
    const env = { PATH: process.env.PATH ?? '', HOME: home, OLLAMA_HOST: '127.0.0.1:9' };
    const tinycode = (args: readonly string[], input?: string) => {
      const from = performance.now();
      const ended = spawnSync(process.execPath, [PROGRAM, ...args], {
        cwd: project,
        env,
        input,
        encoding: 'utf8',
        maxBuffer: 1e9,
      });
      if (ended.status !== 0) throw new Error(`${args.join(' ')}: ${ended.stderr}${ended.stdout}`);
      return performance.now() - from;
    };
    const plain = timePlain(root, files);
    const imported = tinycode(['plan', 'import', '-', '--json'], JSON.stringify(plan));
    const approved = tinycode(['approve', 'latest', '--json']);
    const executed = tinycode(['execute', 'latest', '--mode', 'execute', '--json']);
    for (const { path, after } of files) {
      if (readFileSync(join(project, path), 'utf8') !== after) throw new Error(`${path} is wrong`);
    }
    const rolledBack = tinycode(['rollback', 'latest', '--json']);
    const again = timePlain(root, files);
    const base = Math.min(plain, again);
    console.log(
      [
        `plain ${base.toFixed(0)} ms`,
        `import ${imported.toFixed(0)}`,
        `approve ${approved.toFixed(0)}`,
      ]
        .concat(`execute ${executed.toFixed(0)}`, `rollback ${rolledBack.toFixed(0)}`)
        .join('  '),
    );
    return executed / base;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** A process of its own as well, so that both pay for starting. */
function timePlain(
  root: string,
  files: readonly { readonly path: string; readonly after: string }[],
): number {
  const folder = mkdtempSync(join(root, 'plain-'));
  for (const { path } of files) mkdirSync(join(folder, path, '..'), { recursive: true });
  const from = performance.now();
  for (const { path, after } of files) {
    const fd = openSync(join(folder, path), 'w');
    writeSync(fd, after);
    fsyncSync(fd);
    closeSync(fd);
  }
  return performance.now() - from;
}
