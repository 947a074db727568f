import { compareHead, parseHead } from '../../core/audit/compare-head.ts';
import { fail, ok } from '../../core/result.ts';
import type { Block, Result } from '../../core/types.ts';
import type { AuditReader, AuditReport } from '../../ports.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { AUDIT_EXIT_CODES } from './exit-codes.ts';

export const auditVerify = defineCommand({
  name: 'audit verify',
  family: 'audit',
  summary: 'Checks that no record was changed, removed or put in, and says what it cannot find',
  examples: ['audit verify', 'audit verify --json', 'audit verify --head - < head.json'],
  kind: 'look',
  limits: { timeoutMs: 600_000, outputBytes: 1_000_000 },
  args: {
    head: {
      kind: 'option',
      type: 'text',
      valueName: 'HASH',
      summary:
        'Also compares with a head that was kept: its hash, its JSON, or - for standard input',
    },
  },
  async run({ head }, context) {
    const report = context.readers.audit.verify(context.signal);
    if (!report.ok) return report;
    const compared =
      head === undefined || !report.value.ok
        ? report
        : await compareWithHead(report.value, head, context);
    if (!compared.ok) return compared;
    for (const block of blocksOf(compared.value, head !== undefined)) context.show(block);
    const { ok: isIntact, records, state, firstBad, problem } = compared.value;
    return ok({
      kind: 'looked',
      exitCode: AUDIT_EXIT_CODES[state],
      data: {
        ok: isIntact,
        records,
        ...(firstBad === undefined ? {} : { firstBad }),
        ...(problem === undefined ? {} : { problem }),
      },
    });
  },
});

async function compareWithHead(
  report: AuditReport,
  given: string,
  { readers, input }: { readers: { audit: AuditReader }; input: CommandContext['input'] },
): Promise<Result<AuditReport>> {
  if (given === '-' && input === null) {
    return fail('usage', 'There is no standard input to read a head from.', {
      hint: 'audit verify --head - < head.json',
    });
  }
  const head = parseHead(given === '-' ? ((await input?.text()) ?? '') : given);
  if (!head.ok) return head;
  const entries = readers.audit.entries();
  if (!entries.ok) return entries;
  const finding = compareHead(head.value, entries.value);
  return ok(finding === null ? report : { ...report, ok: false, ...finding });
}

function blocksOf(report: AuditReport, hasHead: boolean): readonly Block[] {
  const { state, records, firstBad, problem } = report;
  const count = `${records} ${records === 1 ? 'record' : 'records'}`;
  const item = report.ok
    ? { mark: 'ok' as const, text: `The audit log is intact: ${count}.` }
    : {
        mark: 'fail' as const,
        text: `The audit log is ${WORDS[state]}: ${problem ?? ''}`,
        detail: firstBad === undefined ? count : `first bad record: ${firstBad}, of ${count}`,
        remedy: 'Keep a copy of the state and configuration folders as they are now.',
      };
  const compared =
    hasHead && report.ok ? [{ mark: 'ok' as const, text: 'It holds the head that was kept.' }] : [];
  return [
    { kind: 'items', items: [item, ...compared] },
    { kind: 'heading', text: 'What this says, and what it cannot find' },
    { kind: 'items', items: report.limits.map((text) => ({ mark: 'none' as const, text })) },
  ];
}

const WORDS = {
  intact: 'intact',
  altered: 'altered',
  truncated: 'cut short, or an older copy',
  unreadable: 'unreadable',
} as const;
