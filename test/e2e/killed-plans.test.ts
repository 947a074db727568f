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
    it(
      `goes on with a way back where it was, or as if it had not begun it (plan ${seed})`,
      { timeout: 600_000 },
      () => killOnTheWayBack(seed),
    );
  }
});

/** A person with an approved plan of invented actions, and how the workspace lies after each. */
async function prepare(seed: number) {
  const pick = chance(seed);
  const person = newPerson();
  const { root, project } = person;
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
  const parts = ['home', 'project'];
  const save = () => {
    rmSync(saved, { recursive: true, force: true });
    mkdirSync(saved);
    for (const each of parts) copyTree(join(root, each), join(saved, each));
  };
  const restore = () => {
    for (const each of parts) {
      rmSync(join(root, each), { recursive: true });
      copyTree(join(saved, each), join(root, each));
    }
  };
  /** Which of the trees the workspace is now. */
  const standing = (at: string): number => {
    const found = trees.findIndex((tree) => isEqual(tree, treeOf(project)));
    expect(found, `${at}: ${JSON.stringify(treeOf(project))}`).toBeGreaterThanOrEqual(0);
    return found;
  };
  return { pick, person, id, trees, save, restore, standing };
}

const EXECUTE = (id: string) => ['execute', id, '--mode', 'execute', '--json'];
const ROLL_BACK = (id: string) => ['rollback', id, '--json'];

/** What a run that is not killed calls, to choose from. */
function callsOf(person: Person, words: readonly string[]): readonly Call[] {
  const log = join(person.root, 'trace');
  trace(person, words, ['-o', log]);
  const calls = callsIn(log);
  expect(calls.length).toBeGreaterThan(50);
  return calls;
}

function killAt(person: Person, words: readonly string[], { name, nth }: Call): void {
  trace(person, words, ['-o', '/dev/null', '-e', `inject=${name}:signal=KILL:when=${nth}`]);
}

async function killOften(seed: number): Promise<void> {
  const { pick, person, id, trees, save, restore, standing } = await prepare(seed);
  save();
  const calls = callsOf(person, EXECUTE(id));
  expect(treeOf(person.project)).toEqual(trees.at(-1));
  for (let kill = 0; kill < KILLS_EACH; kill += 1) {
    restore();
    const call = calls[pick(calls.length)] as Call;
    killAt(person, EXECUTE(id), call);
    const at = `seed ${seed}, killed at ${call.name} ${call.nth}`;
    const shown = await person.json(['plan', 'show', id]);
    expect(shown.code, at).toBe(0);
    const done = standing(at);
    const said = shown.data.steps.filter(({ status }: { status: string }) => status === 'done');
    // Steps that change nothing look alike done or not done.
    expect(trees[said.length], at).toEqual(trees[done]);
    await isIntact(person, at);
    const back = await person.run(ROLL_BACK(id));
    if (said.length > 0) expect(back.code, `${at}: ${back.stderr}`).toBe(0);
    expect(treeOf(person.project), at).toEqual(trees[0]);
  }
}

async function killOnTheWayBack(seed: number): Promise<void> {
  const { pick, person, id, trees, save, restore, standing } = await prepare(seed);
  expect((await person.run(EXECUTE(id))).code).toBe(0);
  save();
  const calls = callsOf(person, ROLL_BACK(id));
  expect(treeOf(person.project)).toEqual(trees[0]);
  for (let kill = 0; kill < Math.ceil(KILLS_EACH / 2); kill += 1) {
    restore();
    const call = calls[pick(calls.length)] as Call;
    killAt(person, ROLL_BACK(id), call);
    const at = `seed ${seed}, killed on the way back at ${call.name} ${call.nth}`;
    expect((await person.json(['plan', 'show', id])).code, at).toBe(0);
    standing(at);
    await isIntact(person, at);
    await person.run(ROLL_BACK(id));
    expect(treeOf(person.project), at).toEqual(trees[0]);
  }
}

type Person = ReturnType<typeof newPerson>;

async function isIntact(person: Person, at: string): Promise<void> {
  const verified = await person.json(['audit', 'verify']);
  expect(verified, at).toMatchObject({ code: 0, data: { ok: true } });
}

const copyTree = (from: string, to: string) =>
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function trace({ project, env }: Person, words: readonly string[], how: readonly string[]): void {
  const tracing = ['-f', '-qq', '-e', `trace=${WRITING}`, ...how];
  spawnSync('strace', [...tracing, process.execPath, PROGRAM, ...words], {
    cwd: project,
    env,
    stdio: 'ignore',
  });
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
