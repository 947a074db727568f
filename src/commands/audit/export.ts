import { fail, ok } from '../../core/result.ts';
import type { AuditEntry, Json } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { AUDIT_EXIT_CODES } from './exit-codes.ts';

/** Where lines are shown as blocks, so many at a time. */
const LINES_A_BLOCK = 100;

export const auditExport = defineCommand({
  name: 'audit export',
  family: 'audit',
  summary: 'Prints all records as JSON lines that can be verified on their own',
  examples: ['audit export --json > audit.jsonl'],
  kind: 'look',
  prints: 'lines',
  limits: { timeoutMs: 600_000, outputBytes: 4_000_000_000 },
  args: {},
  async run(_args, context) {
    const report = context.readers.audit.verify(context.signal);
    if (!report.ok) return report;
    const { state, problem = '', firstBad } = report.value;
    if (state === 'unreadable') {
      return fail('audit-unreadable', `The audit log is not exported: ${problem}`, {
        hint: 'Run audit verify. Nothing was changed.',
      });
    }
    const entries = context.readers.audit.entries();
    if (!entries.ok) return entries;
    const exported = exportAll(entries.value, context);
    if (context.signal.aborted) return fail('cancelled', 'The export was cancelled.');
    return ok({
      kind: 'looked',
      // An altered log is exported as it is, but never with the exit code of one that is intact.
      exitCode: AUDIT_EXIT_CODES[state],
      data: { exported, state, ...(firstBad === undefined ? {} : { firstBad, problem }) },
    });
  },
});

function exportAll(entries: Iterable<AuditEntry>, { line, show, signal }: CommandContext): number {
  let count = 0;
  let shown: string[] = [];
  for (const entry of entries) {
    if (signal.aborted) break;
    count++;
    // A record is plain data; it was read from JSON.
    if (line !== null) line(entry as unknown as Json);
    else shown.push(JSON.stringify(entry));
    if (shown.length === LINES_A_BLOCK) flush();
  }
  flush();
  return count;

  function flush(): void {
    if (shown.length > 0) show({ kind: 'code', text: shown.join('\n'), language: 'json' });
    shown = [];
  }
}
