import { describe, expect, it } from 'vitest';
import { auditExport } from '../../../src/commands/audit/export.ts';
import { auditHead } from '../../../src/commands/audit/head.ts';
import { auditPrune } from '../../../src/commands/audit/prune.ts';
import { auditShow } from '../../../src/commands/audit/show.ts';
import { auditVerify } from '../../../src/commands/audit/verify.ts';
import type { AuditEntry } from '../../../src/core/types.ts';
import { type AuditLab, must, newAuditLab } from '../../support/audit-lab.ts';
import { tryCommand } from '../../support/try-command.ts';

function newLab(): AuditLab {
  const lab = newAuditLab();
  lab.fill(4, [2]);
  return lab;
}
const readersOf = (lab: AuditLab) => ({ audit: lab.open() });
const FORGERY = "UPDATE records SET user = 'eve' WHERE sequence = 3";

describe('audit verify', () => {
  it.each([
    ['intact', [], 0, { ok: true, records: 4 }],
    ['altered', [FORGERY], 10, { ok: false, records: 4, firstBad: 3 }],
    [
      'truncated',
      ['DELETE FROM records WHERE sequence > 3'],
      11,
      { ok: false, records: 3, firstBad: 4 },
    ],
    [
      'unreadable',
      ['DROP TABLE records', 'CREATE TABLE records (sequence)', 'INSERT INTO records VALUES (1)'],
      12,
      { ok: false, records: 0 },
    ],
  ])(
    'says %s by its exit code, and nothing more in its data than scripts expect',
    async (_, sql, exitCode, data) => {
      const lab = newLab();
      lab.tamper(...sql);
      const { result } = await tryCommand(auditVerify, [], readersOf(lab));
      expect(result).toMatchObject({ ok: true, value: { kind: 'looked', exitCode, data } });
      const found = must(result).data as Record<string, unknown>;
      expect(['ok', 'records', 'firstBad', 'problem']).toEqual(
        expect.arrayContaining(Object.keys(found)),
      );
      expect('problem' in found).toBe(exitCode !== 0);
    },
  );

  it('shows what it cannot find', async () => {
    const { blocks } = await tryCommand(auditVerify, [], readersOf(newLab()));
    expect(JSON.stringify(blocks)).toContain('An old copy of everything at once');
  });

  it('compares with a head that was kept, which finds even an old copy of everything', async () => {
    const lab = newLab();
    const old = lab.copy();
    lab.fill(2);
    const { hash, sequence } = must(lab.open().head());
    const kept = await tryCommand(auditVerify, ['--head', hash], readersOf(lab));
    expect(kept.result).toMatchObject({ value: { exitCode: 0, data: { ok: true } } });
    for (const tree of ['state', 'config'] as const) lab.putBack(old, tree);
    for (const given of [hash, JSON.stringify({ hash, sequence })]) {
      const { result } = await tryCommand(auditVerify, ['--head', given], readersOf(lab));
      expect(result).toMatchObject({ value: { exitCode: 11, data: { ok: false, firstBad: 5 } } });
    }
    const wrong = JSON.stringify({ hash, sequence: 2 });
    const other = await tryCommand(auditVerify, ['--head', wrong], readersOf(lab));
    expect(other.result).toMatchObject({ value: { exitCode: 10, data: { firstBad: 2 } } });
    const nonsense = await tryCommand(auditVerify, ['--head', 'abc'], readersOf(lab));
    expect(nonsense.result).toMatchObject({ ok: false, error: { code: 'usage' } });
  });

  it('knows the head of the last record that was pruned', async () => {
    const lab = newLab();
    const log = lab.open();
    const hash = must(log.list({}))[1]?.hash ?? '';
    must(log.prune(3));
    const { result } = await tryCommand(auditVerify, ['--head', hash], { audit: log });
    expect(result).toMatchObject({ value: { exitCode: 0 } });
    log.close();
  });
});

describe('audit show', () => {
  it('lists the newest, and filters', async () => {
    const shown = await tryCommand(auditShow, ['--last', '2'], readersOf(newLab()));
    expect(shown.blocks[0]).toMatchObject({
      kind: 'table',
      rows: [
        ['3', expect.anything(), 'execute', 'low', expect.anything(), expect.anything()],
        expect.anything(),
      ],
    });
    const filtered = await tryCommand(auditShow, ['--contains', 'src/2.ts'], readersOf(newLab()));
    expect(must(filtered.result).data).toMatchObject([{ sequence: 2 }]);
    const none = await tryCommand(auditShow, ['--risk', 'critical'], readersOf(newLab()));
    expect(none.blocks).toEqual([{ kind: 'text', text: 'No record fits.', tone: 'dim' }]);
  });
});

describe('audit export', () => {
  it('prints every record, and never ends like an intact log where it is not one', async () => {
    const lab = newLab();
    const intact = await tryCommand(auditExport, [], readersOf(lab));
    expect(must(intact.result)).toMatchObject({
      exitCode: 0,
      data: { exported: 4, state: 'intact' },
    });
    const [block] = intact.blocks;
    const lines = block?.kind === 'code' ? block.text.split('\n') : [];
    const records = lines.map((line) => JSON.parse(line) as AuditEntry);
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    lab.tamper(FORGERY);
    const altered = await tryCommand(auditExport, [], readersOf(lab));
    expect(must(altered.result)).toMatchObject({
      exitCode: 10,
      data: { exported: 4, firstBad: 3 },
    });
  });

  it('prints nothing of a log that cannot be read', async () => {
    const lab = newLab();
    lab.tamper(
      'DROP TABLE records',
      'CREATE TABLE records (sequence)',
      'INSERT INTO records VALUES (1)',
    );
    const { result, blocks } = await tryCommand(auditExport, [], readersOf(lab));
    expect(result).toMatchObject({ ok: false, error: { code: 'audit-unreadable' } });
    expect(blocks).toEqual([]);
  });
});

describe('audit head', () => {
  it('gives the signed head, or says why there is none', async () => {
    const { result } = await tryCommand(auditHead, [], readersOf(newLab()));
    expect(must(result).data).toMatchObject({ sequence: 4, epoch: 2 });
    const none = await tryCommand(auditHead, [], readersOf(newAuditLab()));
    expect(none.result).toMatchObject({ ok: false, error: { code: 'not-found' } });
    const lab = newLab();
    lab.tamper(FORGERY);
    const altered = await tryCommand(auditHead, [], readersOf(lab));
    expect(altered.result).toMatchObject({ ok: false, error: { code: 'audit-altered' } });
  });
});

describe('audit prune', () => {
  it('proposes one change, and none for a log that is not intact or too short', async () => {
    const lab = newLab();
    const { result } = await tryCommand(auditPrune, ['3'], readersOf(lab));
    expect(result).toMatchObject({
      value: { kind: 'steered', changes: [{ kind: 'audit.prune', keepFrom: 3 }] },
    });
    expect(lab.verify().records).toBe(4);
    const beyond = await tryCommand(auditPrune, ['5'], readersOf(lab));
    expect(beyond.result).toMatchObject({ ok: false, error: { code: 'invalid' } });
    lab.tamper(FORGERY);
    const altered = await tryCommand(auditPrune, ['3'], readersOf(lab));
    expect(altered.result).toMatchObject({ ok: false, error: { code: 'audit-altered' } });
  });
});
