import { ok } from '../../core/result.ts';
import { type AuditEntry, type Json, RISKS } from '../../core/types.ts';
import type { AuditFilter } from '../../ports.ts';
import { defineCommand } from '../command.ts';

/** As many as are read at a glance. */
const SHOWN_BY_DEFAULT = 20;
const DETAILS_SHOWN = 80;

export const auditShow = defineCommand({
  name: 'audit show',
  aliases: ['audit'],
  family: 'audit',
  summary: 'Shows what was recorded, newest last',
  examples: [
    'audit show --last 50',
    'audit show --since 2026-01-31 --action "shell.*"',
    'audit show --risk high --contains npm',
  ],
  kind: 'look',
  args: {
    last: {
      kind: 'option',
      type: 'integer',
      min: 1,
      max: 10_000,
      valueName: 'N',
      summary: `Only the newest N; ${SHOWN_BY_DEFAULT} unless a filter is given`,
    },
    since: {
      kind: 'option',
      type: 'text',
      valueName: 'WHEN',
      summary: 'Not before this time: 2026-01-31 or 2026-01-31T12:00 (UTC)',
    },
    until: {
      kind: 'option',
      type: 'text',
      valueName: 'WHEN',
      summary: 'Not after this time; a date stands for the whole day',
    },
    session: {
      kind: 'option',
      type: 'text',
      completes: 'session',
      valueName: 'ID',
      summary: 'Only of this session; the beginning of its id is enough',
    },
    action: {
      kind: 'option',
      type: 'text',
      valueName: 'NAME',
      summary: 'Only this action; * stands for any text',
    },
    risk: { kind: 'option', type: 'choice', choices: RISKS, summary: 'Only of this risk' },
    contains: {
      kind: 'option',
      type: 'text',
      valueName: 'TEXT',
      summary: 'Only with this text in the action or the details',
    },
  },
  async run(args, { readers, show }) {
    const given = Object.entries(args).filter(([, value]) => value !== undefined);
    const isFiltered = given.some(([name]) => name !== 'last');
    const filter = Object.fromEntries(given) as AuditFilter;
    const listed = readers.audit.list(isFiltered ? filter : { last: SHOWN_BY_DEFAULT, ...filter });
    if (!listed.ok) return listed;
    if (listed.value.length === 0) {
      show({ kind: 'text', text: 'No record fits.', tone: 'dim' });
    } else {
      show({ kind: 'table', columns: COLUMNS, rows: listed.value.map(rowOf) });
    }
    // Records are plain data; they were read from JSON.
    return ok({ kind: 'looked', data: listed.value as unknown as Json });
  },
});

const COLUMNS = ['#', 'time', 'mode', 'risk', 'action', 'details'];

function rowOf(entry: AuditEntry): readonly string[] {
  const details = JSON.stringify(entry.details);
  return [
    String(entry.sequence),
    entry.timestamp.slice(0, 19).replace('T', ' '),
    entry.mode,
    entry.risk_level,
    entry.action,
    details.length > DETAILS_SHOWN ? `${details.slice(0, DETAILS_SHOWN)}…` : details,
  ];
}
