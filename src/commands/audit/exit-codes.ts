import type { AuditReport } from '../../ports.ts';

/** Scripts rely on these. */
export const AUDIT_EXIT_CODES: { readonly [state in AuditReport['state']]: number } = {
  intact: 0,
  altered: 10,
  truncated: 11,
  unreadable: 12,
};
