import type { Finding } from '../../core/audit/finding.ts';
import { fail } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { AuditFiles } from './audit-files.ts';
import { describeDatabaseError } from './open-database.ts';

/** Why nothing can be appended, with the way out. Nothing is ever repaired over evidence. */
export function refuse(files: AuditFiles, state: Finding['state'], problem: string): Result<never> {
  return fail(`audit-${state}`, problem, { hint: wayOut(files) });
}

/** Runs what touches the disk; what goes wrong there is a failure of the log. */
export function guard<T>(
  files: AuditFiles,
  access: 'read' | 'write',
  act: () => Result<T>,
): Result<T> {
  try {
    return asAuditFailure(files, act());
  } catch (error) {
    return asAuditFailure(files, describeDatabaseError(error, files.database, access));
  }
}

function asAuditFailure<T>(files: AuditFiles, result: Result<T>): Result<T> {
  if (result.ok) return result;
  const { code, message, ...more } = result.error;
  if (code === 'failed') return fail('audit-unwritable', message, { ...more, hint: UNWRITABLE });
  if (code === 'unreadable') {
    return fail('audit-unreadable', message, { ...more, hint: wayOut(files) });
  }
  return result;
}

const UNWRITABLE =
  'Nothing is done that cannot be recorded. Look at the free space and at who may write there, then try again.';

const wayOut = ({ database, witness, folder }: AuditFiles): string =>
  `Run audit verify. Nothing was overwritten; to start a new log, move ${database}* and ${witness} and the folder ${folder} aside by hand, and keep them.`;
