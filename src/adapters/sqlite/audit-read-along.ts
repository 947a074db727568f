import { confirmBlock } from '../../core/audit/confirm-block.ts';
import type { CoReaderTask } from './audit-co-reader.ts';
import { openJournal } from './audit-journal.ts';
import { snapshotRecords } from './audit-records-snapshot.ts';
import { hashLines } from './hash-lines.ts';
import { openForReading } from './open-database.ts';
import { openBlocks } from './shared-blocks.ts';

/** What a thread does: confirms blocks from the end until none is left that nobody has taken. */
export function readAlong(task: CoReaderTask): void {
  const blocks = openBlocks(task.memory);
  if (blocks.isEnded()) return;
  const journal = openJournal(task.journal, 'read');
  const db = openForReading(task.database);
  if (journal?.base === task.base && db.ok) {
    const records = snapshotRecords(db.value);
    // No block reaches beyond the newest checkpoint, so only the hash of a line counts.
    const scan = { records, journal, sealedUpTo: Infinity, judgeLine: () => null, hashLines };
    for (let index = blocks.count - 1; index >= 0 && !blocks.isEnded(); index--) {
      if (!blocks.take(index)) continue;
      blocks.tell(
        index,
        nullOnError(() => confirmBlock(scan, blocks.blockAt(index))),
      );
    }
  }
  if (db.ok) db.value.close();
  journal?.close();
}

/** Whoever asks looks at the block then, and meets the same. */
function nullOnError<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
