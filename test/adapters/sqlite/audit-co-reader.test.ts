import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import type { AuditFiles } from '../../../src/adapters/sqlite/audit-files.ts';
import { isSigned } from '../../../src/adapters/sqlite/audit-keys.ts';
import { createAuditLog } from '../../../src/adapters/sqlite/audit-log.ts';
import { readAlong } from '../../../src/adapters/sqlite/audit-read-along.ts';
import { withSnapshot } from '../../../src/adapters/sqlite/audit-snapshot.ts';
import { hashLines } from '../../../src/adapters/sqlite/hash-lines.ts';
import { shareBlocks } from '../../../src/adapters/sqlite/shared-blocks.ts';
import { createHashing } from '../../../src/adapters/system/hashing.ts';
import type { CoRead } from '../../../src/core/audit/scan.ts';
import { type Verdict, verifyLog } from '../../../src/core/audit/verify-log.ts';
import { ok } from '../../../src/core/result.ts';
import { type AuditLab, must, newAuditLab } from '../../support/audit-lab.ts';

const hashing = createHashing();
const RECORDS = 1000;
/** The last records are of an open epoch, which nobody else may confirm. */
const SEALED = 960;

/** In memory where that is possible: so many commits would keep a disk busy. */
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a co-reader', () => {
  const lab = newAuditLab(join(folder, 'short'));
  lab.fill(RECORDS, [300, SEALED]);

  it.each([
    ['nothing', []],
    ['one text', ["UPDATE records SET user = 'x' WHERE sequence = $"]],
    ['one text, linked anew', ["UPDATE records SET user = 'x' WHERE sequence = $", 'relink']],
    ['a hash', ["UPDATE records SET hash = replace(hash, 'a', 'b') WHERE sequence = $"]],
    [
      'a hash, by letters that are another one in fewer bits',
      [
        'UPDATE records SET previous_hash = char(unicode(previous_hash) + 256) || substr(previous_hash, 2) WHERE sequence = $',
      ],
    ],
    ['a line break', ["UPDATE records SET user = user || char(10) || 'x' WHERE sequence = $"]],
    ['a removed record', ['DELETE FROM records WHERE sequence = $']],
  ])('finds what one reader alone finds: %s', (_, changes) => {
    // First and last of a block, in the half that we read and in the other one, and beyond it.
    for (const sequence of [1, 128, 129, 300, 301, 429, 613, 685, 813, 960, 961, 990]) {
      const copy = lab.copy();
      for (const change of changes) {
        if (change === 'relink') copy.relink();
        else copy.tamper(change.replaceAll('$', String(sequence)));
      }
      const alone = verify(copy, () => null);
      const { coRead, count } = startReading(copy.files);
      expect(verify(copy, coRead)).toEqual(alone);
      const expected = changes.length === 0 ? { ok: true } : { ok: false, firstBad: sequence };
      expect(alone).toMatchObject(expected);
      if (changes.length === 0) expect(count()).toBe(5);
    }
  });

  it('has no say where its block does not go on from what we have read', () => {
    const forged = 'ab'.repeat(32);
    const coRead: CoRead = () => ({
      found: () => ({ from: forged, to: forged }),
      end: () => undefined,
    });
    expect(verify(lab, coRead)).toMatchObject({ ok: true, records: RECORDS });
  });

  it('leaves a journal alone that was replaced meanwhile', () => {
    const blocks = shareBlocks([{ after: 0, upTo: 128 }]);
    const { database, journal } = lab.files;
    readAlong({ database, journal, base: 2, memory: blocks.memory });
    expect(blocks.take(0)).toBe(true);
  });

  it('is only waited for as long as a block may take', () => {
    const blocks = shareBlocks([{ after: 0, upTo: 128 }]);
    blocks.take(0);
    expect(blocks.hear(0)).toBe(null);
  });
});

describe('a long log', () => {
  const lab = newAuditLab(join(folder, 'long'));
  const coReader = buildProgram();
  const open = (program: string) =>
    createAuditLog({
      places: lab.places,
      clock: { now: () => new Date(), monotonicMs: () => 0 },
      hashing,
      user: 'ada',
      coReader: program,
    });

  it('is verified by threads as by one: intact, and with the record that was changed', async () => {
    const log = open(coReader);
    for (let number = 0; number < 40_000; number++) must(log.append(DRAFT));
    must(log.seal());
    for (let round = 0; round < 5; round++) {
      expect(must(log.verify(new AbortController().signal))).toMatchObject({ records: 40_000 });
    }
    for (const firstBad of [39_999, 30_001, 20_000, 10_000, 2]) {
      lab.tamper(`UPDATE records SET action = 'x' WHERE sequence = ${firstBad}`);
      const report = must(log.verify(new AbortController().signal));
      expect(report).toMatchObject({ state: 'altered', firstBad });
    }
    log.close();
    // Threads that end later must not take the process with them.
    await new Promise((resolve) => setTimeout(resolve, 300));
  });

  it('is verified all the same where a thread cannot start', async () => {
    const broken = join(folder, 'broken.mjs');
    buildSync({ stdin: { contents: "throw new Error('no')" }, outfile: broken });
    for (const program of [broken, '/nowhere.js']) {
      const report = must(open(program).verify(new AbortController().signal));
      expect(report).toMatchObject({ state: 'altered', firstBad: 2 });
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
});

const DRAFT = {
  session: 's-1',
  action: 'file.write.done',
  mode: 'execute',
  details: { path: 'src/a.ts' },
  risk_level: 'low',
} as const;

function verify({ files }: AuditLab, coRead: CoRead): Verdict {
  return must(
    withSnapshot(files, hashing.sha256, ({ records, evidence }) =>
      ok(verifyLog(records, evidence, { ...hashing, isSigned, hashLines }, coRead)),
    ),
  );
}

/** Does what a thread does, but at once, and for the second half of the blocks. */
function startReading({ database, journal }: AuditFiles) {
  let confirmed = 0;
  const coRead: CoRead = (sealed) => {
    expect(sealed.at(-1)?.upTo).toBe(SEALED);
    const half = Math.floor(sealed.length / 2);
    const blocks = shareBlocks(sealed);
    for (let index = 0; index < half; index++) blocks.take(index);
    readAlong({ database, journal, base: 1, memory: blocks.memory });
    for (let index = half; index < blocks.count; index++) {
      if (blocks.hear(index) !== null) confirmed++;
    }
    return {
      found: (index) => (index < half || index >= blocks.count ? null : blocks.hear(index)),
      end: blocks.end,
    };
  };
  return { coRead, count: () => confirmed };
}

function buildProgram(): string {
  const program = join(folder, 'co-reader.cjs');
  buildSync({
    entryPoints: ['src/wire/audit-co-reader-program.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['better-sqlite3'],
    // Packages are looked for from here, wherever the bundle lies.
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    logLevel: 'error',
  });
  return program;
}
