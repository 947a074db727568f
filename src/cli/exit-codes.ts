import type { FailureCode } from '../core/types.ts';

/** What the process says when it ends; scripts rely on these numbers. */
export const EXIT_CODES: Readonly<Record<FailureCode, number>> = {
  failed: 1,
  'not-found': 1,
  unavailable: 1,
  timeout: 1,
  limit: 1,
  invalid: 1,
  unreadable: 1,
  'audit-unwritable': 1,
  usage: 2,
  'unknown-command': 2,
  'needs-approval': 3,
  untrusted: 3,
  denied: 4,
  mode: 4,
  changed: 5,
  model: 6,
  busy: 7,
  'audit-altered': 10,
  'audit-truncated': 11,
  'audit-unreadable': 12,
  cancelled: 130,
};
