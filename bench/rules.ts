import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listFiles } from '../src/adapters/planner/list-files.ts';
import { createRulePlanner } from '../src/adapters/planner/rule-planner.ts';

const FILES = 2000;
const LINES = 200;
const RUNS = 9;
/** Every so manyth file holds the name. */
const CASES = { 'in 20 files': 100, 'in 200 files': 10, 'in all 2,000': 1 } as const;

const workspace = mkdtempSync(join(tmpdir(), 'tinycode-bench-'));
const searchPath = process.env.PATH ?? '';
for (let file = 0; file < FILES; file += 1) write(file);
execFileSync('git', ['-C', workspace, 'init', '-q']);

const never = new AbortController().signal;
const reading = await median(async () => {
  const listed = await listFiles(workspace, searchPath, never);
  if (!listed.ok) throw new Error(listed.error.message);
  for (const path of listed.value) readFileSync(join(workspace, path));
});
console.log(`a rename in a project of ${FILES} files with ${LINES} lines, medians of ${RUNS}, ms`);
console.log(`  listing and reading all files   ${reading.toFixed(0)}`);
for (const [name, every] of Object.entries(CASES)) {
  const planner = createRulePlanner({ workspace, searchPath });
  const took = await median(async () => {
    const draft = await planner.plan(`rename every${every} to renamed`, never);
    if (!draft.ok || draft.value.steps.length !== FILES / every) throw new Error('not planned');
  });
  const ratio = (took / reading).toFixed(2);
  console.log(`  ${name.padEnd(30)}  ${took.toFixed(0)}   ratio ${ratio}`);
}
rmSync(workspace, { recursive: true });

function write(file: number): void {
  const folder = join(workspace, 'src', String(file % 50));
  mkdirSync(folder, { recursive: true });
  const names = Object.values(CASES).filter((every) => file % every === 0);
  const lines = Array.from({ length: LINES }, (_, line) => {
    const name = line === 100 ? names.map((every) => `every${every}();`).join(' ') : '';
    return `export const value${line} = { key: 'text ${line}', call: (x: number) => x + ${line} }; ${name}`;
  });
  writeFileSync(join(folder, `file-${file}.ts`), lines.join('\n'));
}

async function median(work: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1] as number;
}
