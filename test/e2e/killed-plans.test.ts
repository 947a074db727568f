import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chance, fillWorkspace, inventActions, treeOf } from '../support/random-plan.ts';
import { newPerson, PROGRAM } from '../support/tinycode.ts';

/** Everything by which a process changes what lies on a disk. */
const WRITING =
  'write,pwrite64,writev,pwritev,openat,rename,renameat,renameat2,link,linkat,unlink,unlinkat,' +
  'mkdir,mkdirat,rmdir,symlink,symlinkat,ftruncate,fsync,fdatasync,fchmod,chmod,fchown';

const hasTracer = spawnSync('strace', ['-V']).status === 0;

/** So many plans, and so many kills in each; TINYCODE_KILLS asks for a long run. */
const PLANS = Number(process.env.TINYCODE_KILLS ?? 2);
const KILLS_EACH = Number(process.env.TINYCODE_KILLS_EACH ?? 8);
const FIRST_SEED = Number(process.env.TINYCODE_SEED ?? 1);

describe.skipIf(!hasTracer)('a TinyCode that is killed at a writing system call', () => {
  for (let plan = 0; plan < PLANS; plan += 1) {
    const seed = FIRST_SEED + plan;
    it(
      `leaves every step done or not done, and the log tells which (plan ${seed})`,
      { timeout: 600_000 },
      () => killOften(seed),
    );
  }
});

async function killOften(seed: number): Promise<void> {
  const pick = chance(seed);
  const person = newPerson();
  const { root, project, home } = person;
  fillWorkspace(project, pick);
  const copy = join(root, 'copy');
  cpSync(project, copy, { recursive: true, verbatimSymlinks: true });
  const { actions, trees } = inventActions(copy, pick, 3 + pick(6));
  const { data } = await person.json(['plan', 'import', '-'], {
    stdin: JSON.stringify({ goal: 'a test', steps: actions.map((action) => ({ action })) }),
  });
  const { id } = data.plan;
  expect((await person.json(['approve', id])).data).toMatchObject({ planHash: data.plan.hash });
  const saved = join(root, 'saved');
  mkdirSync(saved);
  for (const each of ['home', 'project']) copyTree(join(root, each), join(saved, each));

  const log = join(root, 'trace');
  execute(person, id, ['-o', log]);
  expect(treeOf(project)).toEqual(trees.at(-1));
  const calls = callsIn(log);
  expect(calls.length).toBeGreaterThan(50);

  for (let kill = 0; kill < KILLS_EACH; kill += 1) {
    for (const each of ['home', 'project']) {
      rmSync(join(root, each), { recursive: true });
      copyTree(join(saved, each), join(root, each));
    }
    const { name, nth } = calls[pick(calls.length)] as Call;
    execute(person, id, ['-o', '/dev/null', '-e', `inject=${name}:signal=KILL:when=${nth}`]);
    const at = `seed ${seed}, killed at ${name} ${nth}`;
    const shown = await person.json(['plan', 'show', id]);
    expect(shown.code, at).toBe(0);
    const done = trees.findIndex((tree) => isEqual(tree, treeOf(project)));
    expect(done, `${at}: ${JSON.stringify(treeOf(project))}`).toBeGreaterThanOrEqual(0);
    const said = shown.data.steps.filter(({ status }: { status: string }) => status === 'done');
    // Steps that change nothing look alike done or not done.
    expect(trees[said.length], at).toEqual(trees[done]);
    const verified = await person.json(['audit', 'verify']);
    expect(verified, at).toMatchObject({ code: 0, data: { ok: true } });
    const back = await person.run(['rollback', id]);
    if (said.length > 0) expect(back.code, `${at}: ${back.stderr}`).toBe(0);
    expect(treeOf(project), at).toEqual(trees[0]);
    expect(treeOf(home)).not.toEqual({});
  }
}

const copyTree = (from: string, to: string) =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function execute(
  { project, env }: ReturnType<typeof newPerson>,
  id: string,
  tracing: readonly string[],
): void {
  spawnSync(
    'strace',
    ['-f', '-qq', '-e', `trace=${WRITING}`, ...tracing].concat([
      process.execPath,
      PROGRAM,
      'execute',
      id,
      '--mode',
      'execute',
      '--json',
    ]),
    { cwd: project, env, stdio: 'ignore' },
  );
}

type Call = { readonly name: string; readonly nth: number };

/** The calls of the run that was not killed, from the first one on which it began to act. */
function callsIn(log: string): readonly Call[] {
  const counts = new Map<string, number>();
  const calls: (Call & { readonly line: string })[] = [];
  let main = '';
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread, name] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (thread === undefined || name === undefined) continue;
    main ||= thread;
    // The tracer counts each thread by itself, and acting is done on one.
    if (thread !== main) continue;
    const nth = (counts.get(name) ?? 0) + 1;
    counts.set(name, nth);
    calls.push({ name, nth, line });
  }
  const first = calls.findIndex(({ line }) => line.includes('acting.lock'));
  const isReading = ({ name, line }: { name: string; line: string }) =>
    name === 'openat' && !/O_(WRONLY|RDWR|CREAT)/.test(line);
  return calls.slice(Math.max(0, first)).filter((call) => !isReading(call));
}
