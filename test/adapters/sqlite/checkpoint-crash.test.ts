import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/audit-lab.ts';
import {
  blobsOf,
  type CheckpointLab,
  draftOf,
  newCheckpointLab,
  sha256,
} from '../../support/checkpoint-lab.ts';
import { enlarge, mountSmall } from '../../support/small-disk.ts';
import { type StartedProgram, startProgram } from '../../support/start-program.ts';

/** Kills per run; CHECKPOINT_KILLS looks harder. */
const KILLS = Number(process.env.CHECKPOINT_KILLS ?? 24);
const PROGRAM = 'checkpoint-writer-program.ts';

describe('a process that is killed', () => {
  it('between the beginning and the end leaves its steps open, with all that a way back needs', async () => {
    const lab = newCheckpointLab();
    const writer = startProgram(PROGRAM)([lab.path, 'w', 'never']);
    expect(await writer.ended).not.toBe(0);
    const open = must(lab.open().list({ status: 'open' }));
    expect(open).toHaveLength(5);
    expectAll(lab, writer.lines());
    expectWhole(lab);
  });

  it('at any moment, beside another one, has lost nothing that was acknowledged', async () => {
    const lab = newCheckpointLab();
    const start = startProgram(PROGRAM);
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const writers = ['a', 'b'].map((name) => start([lab.path, `${name}${kill}`]));
      await Promise.race([sleep(5000), untilAllWrite(writers)]);
      await sleep((kill * 7) % 40);
      for (const { child } of writers) child.kill('SIGKILL');
      await Promise.all(writers.map(({ ended }) => ended));
      acknowledged.push(...writers.flatMap(({ lines }) => lines()));
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(acknowledged.filter((line) => line.startsWith('failed'))).toEqual([]);
    expectAll(lab, acknowledged);
    expectWhole(lab);
    const store = lab.open();
    must(store.begin([draftOf('p', 'a', 'after')], blobsOf('after')));
    store.close();
  }, 120_000);
});

describe('processes that begin a store together', () => {
  it('all have their steps in it', async () => {
    const start = startProgram(PROGRAM);
    for (let round = 0; round < 5; round++) {
      const lab = newCheckpointLab();
      const writers = ['a', 'b', 'c'].map((name) => start([lab.path, name, 'never']));
      await Promise.all(writers.map(({ ended }) => ended));
      const lines = writers.flatMap((writer) => writer.lines());
      expect(lines).toHaveLength(15);
      expectAll(lab, lines);
      expectWhole(lab);
    }
  });
});

describe('a disk that is full', () => {
  it('lets nothing begin that cannot be kept, and loses nothing that was', async (context) => {
    const lab = newCheckpointLab();
    if (!mountSmall(lab.root)) {
      console.log('skipped: a small disk can be mounted by root only');
      return context.skip();
    }
    const writer = startProgram(PROGRAM)([lab.path, 'w']);
    await writer.ended;
    const lines = writer.lines();
    expect(lines.length).toBeGreaterThan(50);
    expect(lines.at(-1)).toBe('failed failed');
    expectAll(lab, lines.slice(0, -1));
    expectWhole(lab);
    const store = lab.open();
    const text = 'x'.repeat(3_000_000);
    const begin = () => store.begin([draftOf('p', 'a', text)], blobsOf(text));
    expect(begin()).toMatchObject({
      ok: false,
      error: { code: 'failed', hint: expect.stringContaining('free space') },
    });
    enlarge(lab.root);
    must(begin());
    expectWhole(lab);
    store.close();
  });

  it('does the same at any limit on the size of a file', async () => {
    const start = startProgram(PROGRAM);
    // In blocks of 512 bytes: the database, its log and its index reach it at different moments.
    for (const blocks of [0, 8, 40, 100, 300, 1000, 2000]) {
      const lab = newCheckpointLab();
      const writer = start([lab.path, 'w'], `trap '' XFSZ; ulimit -f ${blocks}`);
      await writer.ended;
      const lines = writer.lines();
      expect(lines.at(-1)).toMatch(/^failed (failed|unreadable)$/);
      if (blocks >= 300) expect(lines.length).toBeGreaterThan(10);
      expectAll(lab, lines.slice(0, -1));
      expectWhole(lab);
      const store = lab.open();
      must(store.begin([draftOf('p', 'a', 'after')], blobsOf('after')));
      store.close();
    }
  });
});

async function untilAllWrite(writers: readonly StartedProgram[]) {
  while (!writers.every(({ lines }) => lines().length > 0)) await sleep(5);
}

/** What was begun is there with its bytes, and what was ended is no longer open. */
function expectAll(lab: CheckpointLab, lines: readonly string[]): void {
  const store = lab.open();
  const there = new Map(must(store.list({})).map((each) => [each.id, each]));
  const lost = lines.filter((line) => {
    const [what, id, hash = ''] = line.split(' ');
    const checkpoint = there.get(Number(id));
    if (what === 'ended') return checkpoint?.status !== 'done';
    const [entry] = checkpoint?.entries ?? [];
    return entry?.before.kind !== 'file' || entry.before.hash !== hash || !store.blob(hash).ok;
  });
  expect(lost).toEqual([]);
  store.close();
}

/** Batches are there as a whole, each entry with its bytes. */
function expectWhole(lab: CheckpointLab): void {
  if (!existsSync(lab.path)) return;
  const store = lab.open();
  const batches = new Map<string, number>();
  for (const { plan, step, status, entries } of must(store.list({}))) {
    const batch = `${plan} ${step} ${status}`;
    batches.set(batch, (batches.get(batch) ?? 0) + entries.length);
    for (const { before } of entries) {
      if (before.kind === 'file') expect(sha256(must(store.blob(before.hash)))).toBe(before.hash);
    }
  }
  const broken = [...batches].filter(([batch, count]) => count !== 5 && !batch.startsWith('p a'));
  expect(broken).toEqual([]);
  store.close();
}
