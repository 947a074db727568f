import { describe, expect, it } from 'vitest';
import { examineAll } from '../../../src/adapters/system/examiner.ts';
import { bad, type Finding, fine, warn } from '../../../src/adapters/system/probe.ts';
import { doctor } from '../../../src/commands/help/doctor.ts';
import { tryCommand } from '../../support/try-command.ts';

const withFindings = (...findings: Finding[]) => {
  const probes = findings.map((finding, index) => ({
    check: `check ${index}`,
    run: async () => finding,
  }));
  return { examiner: { examine: (signal: AbortSignal) => examineAll(probes, signal) } };
};

describe('doctor', () => {
  it('gives every check with what to do, and is content with warnings', async () => {
    const readers = withFindings(fine('good'), warn('odd', 'look'));
    const { result, blocks } = await tryCommand(doctor, [], readers);
    expect(result).toEqual({
      ok: true,
      value: {
        kind: 'looked',
        exitCode: 0,
        data: [
          { check: 'check 0', status: 'ok', detail: 'good' },
          { check: 'check 1', status: 'warn', detail: 'odd', remedy: 'look' },
        ],
      },
    });
    expect(blocks).toMatchObject([
      { kind: 'items', items: [{ mark: 'ok', text: 'check 0' }] },
      { kind: 'items', items: [{ mark: 'warn', remedy: 'look' }] },
      { kind: 'text', text: 'Nothing to repair, 1 to look at.' },
    ]);
  });

  it('ends with 1 when something has to be repaired', async () => {
    const { result, blocks } = await tryCommand(doctor, [], withFindings(bad('broken', 'mend')));
    expect(result).toMatchObject({ ok: true, value: { exitCode: 1 } });
    expect(blocks.at(-1)).toMatchObject({ text: '1 to repair, 0 to look at.' });
  });
});
