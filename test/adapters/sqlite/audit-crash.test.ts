import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { LINE_BYTES } from '../../../src/core/audit/head-line.ts';
import { type AuditLab, draftOf, must, newAuditLab } from '../../support/audit-lab.ts';
import { buildAuditWriter } from '../../support/audit-writers.ts';
import { mountSmall } from '../../support/small-disk.ts';

/** Kills per run; AUDIT_KILLS looks harder. */
const KILLS = Number(process.env.AUDIT_KILLS ?? 24);

describe('two writers at once', () => {
  it('lose nothing that was acknowledged to kill -9, and never break the chain', async () => {
    const lab = newAuditLab();
    const start = buildAuditWriter();
    const acknowledged: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const writers = [start(lab.places, { name: 'a' }), start(lab.places, { name: 'b' })];
      await Promise.race([sleep(5000), untilAllWrite(writers)]);
      await sleep((kill * 7) % 40);
      for (const { child } of writers) child.kill('SIGKILL');
      await Promise.all(writers.map(({ ended }) => ended));
      acknowledged.push(...writers.flatMap(({ lines }) => lines()));
      expect(lab.verify()).toMatchObject({ ok: true, state: 'intact' });
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS);
    expect(acknowledged.filter((line) => line.startsWith('failed'))).toEqual([]);
    expectAll(lab, acknowledged);
    must(lab.open().append(draftOf(1)));
    expect(lab.verify().ok).toBe(true);
  }, 120_000);

  it('begin a log together', async () => {
    const start = buildAuditWriter();
    for (let round = 0; round < 3; round++) {
      const lab = newAuditLab();
      const writers = ['a', 'b', 'c'].map((name) => start(lab.places, { name, count: 40 }));
      await Promise.all(writers.map(({ ended }) => ended));
      expectAll(
        lab,
        writers.flatMap(({ lines }) => lines()),
      );
      expect(lab.verify()).toMatchObject({ ok: true, records: 120 });
    }
  });

  it('are verified while they write', async () => {
    const lab = newAuditLab();
    const start = buildAuditWriter();
    const writers = ['a', 'b'].map((name) => start(lab.places, { name, count: 300 }));
    let isDone = false;
    const ended = Promise.all(writers.map((writer) => writer.ended)).then(() => {
      isDone = true;
    });
    let checks = 0;
    while (!isDone) {
      expect(lab.verify()).toMatchObject({ ok: true });
      checks++;
      await sleep(1);
    }
    await ended;
    expect(checks).toBeGreaterThan(3);
    expect(lab.verify()).toMatchObject({ ok: true, records: 600 });
  });
});

describe('a process that is killed between a commit and its line', () => {
  /** What it leaves: zeros where the line of the newest record was to be. */
  const forgetLine = (lab: AuditLab, sequence: number) => {
    const journal = readFileSync(lab.files.journal);
    journal.fill(0, sequence * LINE_BYTES, (sequence + 1) * LINE_BYTES);
    writeFileSync(lab.files.journal, journal);
  };

  it('leaves a record that its MAC proves, and a line that the next one writes', () => {
    const lab = newAuditLab();
    lab.fill(7, [3]);
    const whole = readFileSync(lab.files.journal);
    forgetLine(lab, 7);
    expect(lab.verify()).toMatchObject({ ok: true, records: 7 });
    expect(lab.verify().limits[0]).toMatch(/^1 of the newest records have no line/);
    lab.fill(1);
    const used = 8 * LINE_BYTES;
    expect(readFileSync(lab.files.journal).subarray(0, used)).toEqual(whole.subarray(0, used));
    expect(lab.verify().limits[0]).not.toMatch(/no line/);
  });

  it('may be another one that lives: its epoch is sealed with the line in its place', () => {
    const lab = newAuditLab();
    lab.fill(7, [3]);
    forgetLine(lab, 7);
    const log = lab.open();
    must(log.seal());
    log.close();
    expect(lab.verify()).toMatchObject({ ok: true, records: 7, state: 'intact' });
    expect(lab.verify().limits[0]).not.toMatch(/no line/);
  });

  it('is not what a forged record looks like', () => {
    const lab = newAuditLab();
    lab.fill(7, [3]);
    forgetLine(lab, 7);
    lab.tamper("UPDATE records SET action = 'nothing.happened' WHERE sequence = 7");
    lab.relink();
    expect(lab.verify()).toMatchObject({ ok: false, state: 'altered', firstBad: 7 });
    expect(lab.open().append(draftOf(1))).toMatchObject({ error: { code: 'audit-altered' } });
  });
});

describe('a disk that is full', () => {
  it('stops the log without losing what was acknowledged, and it goes on when there is room', async (context) => {
    const lab = newAuditLab();
    if (!mountSmall(lab.root)) {
      console.log('skipped: a small disk can be mounted by root only');
      return context.skip();
    }
    const start = buildAuditWriter();
    const writer = start(lab.places);
    await writer.ended;
    const lines = writer.lines();
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.at(-1)).toBe('failed audit-unwritable');
    expectAll(lab, lines.slice(0, -1));
    expect(lab.verify()).toMatchObject({ ok: true, state: 'intact' });
    // Once more on the full disk, from the beginning.
    expect(lab.open().append(draftOf(1))).toMatchObject({ ok: false });
    execFileSync('mount', ['-o', 'remount,size=12m', lab.root]);
    must(lab.open().append(draftOf(1)));
    expect(lab.verify()).toMatchObject({ ok: true });
  });

  it('has no record for whose line there is no room', (context) => {
    const lab = newAuditLab();
    mkdirSync(lab.places.config);
    if (!mountSmall(lab.places.config)) {
      console.log('skipped: a small disk can be mounted by root only');
      return context.skip();
    }
    // Once the journal's first room is used up; a seal before that would need room too.
    lab.fill(1000, [500]);
    fillUp(join(lab.places.config, 'junk'));
    const log = lab.open();
    let records = 1000;
    while (log.append(draftOf(1)).ok) records++;
    expect(records).toBeLessThan(1100);
    expect(log.append(draftOf(1))).toMatchObject({ error: { code: 'audit-unwritable' } });
    expect(lab.verify()).toMatchObject({ ok: true, records });
    rmSync(join(lab.places.config, 'junk'));
    must(lab.open().append(draftOf(1)));
    expect(lab.verify()).toMatchObject({ ok: true, records: records + 1 });
  });

  it('does the same at any limit on the size of a file', async () => {
    const start = buildAuditWriter();
    // In blocks of 512 bytes; the files of the log reach their limits at different records.
    for (const blocks of [8, 40, 100, 300, 500]) {
      const lab = newAuditLab();
      const writer = start(lab.places, { count: 800, before: `trap '' XFSZ; ulimit -f ${blocks}` });
      await writer.ended;
      const lines = writer.lines();
      expect(lines.at(-1)).toMatch(/^failed audit-un(writable|readable)$/);
      expectAll(lab, lines.slice(0, -1));
      expect(lab.verify()).toMatchObject({ ok: true });
      must(lab.open().append(draftOf(1)));
      expect(lab.verify()).toMatchObject({ ok: true });
    }
  });
});

describe('a home that cannot be written', () => {
  it('refuses to append and is still read', () => {
    const lab = newAuditLab();
    const isMounted = mountSmall(lab.root);
    lab.fill(5, [3]);
    if (isMounted) execFileSync('mount', ['-o', 'remount,ro', lab.root]);
    else makeReadOnly(lab.root);
    const before = lab.listFiles();
    const log = lab.open();
    expect(log.append(draftOf(1))).toMatchObject({ error: { code: 'audit-unwritable' } });
    expect(log.seal()).toMatchObject({ error: { code: 'audit-unwritable' } });
    expect(lab.verify()).toMatchObject({ ok: true, records: 5 });
    expect(must(log.list({}))).toHaveLength(5);
    expect([...must(log.entries())]).toHaveLength(5);
    expect(must(log.head()).sequence).toBe(5);
    expect(lab.listFiles()).toEqual(before);
    if (!isMounted) makeWritable(lab.root);
  });

  it('has no log where none was begun', () => {
    const lab = newAuditLab();
    const isMounted = mountSmall(lab.root);
    if (isMounted) execFileSync('mount', ['-o', 'remount,ro', lab.root]);
    else makeReadOnly(lab.root);
    expect(lab.open().append(draftOf(1))).toMatchObject({ error: { code: 'audit-unwritable' } });
    expect(lab.verify()).toMatchObject({ ok: true, records: 0 });
    if (!isMounted) makeWritable(lab.root);
  });
});

/** Byte by byte at the end, so that nothing is left. */
function fillUp(path: string): void {
  const file = openSync(path, 'w');
  for (let size = 65_536; size >= 1; size /= 16) {
    try {
      while (writeSync(file, Buffer.alloc(size)) > 0);
    } catch {}
  }
  closeSync(file);
}

async function untilAllWrite(writers: readonly { readonly lines: () => readonly string[] }[]) {
  while (!writers.every(({ lines }) => lines().length > 0)) await sleep(5);
}

/** Every acknowledged record is there, under its sequence and with its hash, and none twice. */
function expectAll(lab: AuditLab, lines: readonly string[]): void {
  const entries = existsSync(lab.files.database) ? [...must(lab.open().entries())] : [];
  const there = new Map(entries.map(({ sequence, hash }) => [sequence, hash]));
  const missing = lines.filter((line) => {
    const [sequence, hash] = line.split(' ');
    return there.get(Number(sequence)) !== hash;
  });
  expect(missing).toEqual([]);
  expect(new Set(lines).size).toBe(lines.length);
}

const below = (folder: string): readonly string[] => [
  folder,
  ...(readdirSync(folder, { recursive: true }) as string[]).map((name) => join(folder, name)),
];

function makeReadOnly(folder: string): void {
  for (const path of below(folder).toReversed())
    chmodSync(path, statSync(path).isDirectory() ? 0o555 : 0o444);
}

function makeWritable(folder: string): void {
  for (const path of below(folder)) chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600);
}
