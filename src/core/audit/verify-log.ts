import { type Checkpoint, isNamedBy, type Proofs, readTrail, type Trail } from './checkpoint.ts';
import { compareTrails } from './compare-trails.ts';
import { altered, type Finding } from './finding.ts';
import { createLineJudge } from './judge-line.ts';
import { LIMITS } from './limits.ts';
import { NO_HASH } from './record.ts';
import type { Anchor, CoRead } from './scan.ts';
import { scanRecords } from './scan-records.ts';
import type { EpochKey, Evidence, RecordsSnapshot } from './snapshot.ts';

export type Verdict = {
  readonly ok: boolean;
  readonly records: number;
  readonly state: 'intact' | Finding['state'];
  readonly firstBad?: number;
  readonly problem?: string;
  readonly limits: readonly string[];
};

/**
 * Compares the records with their own chain and with everything that is kept outside the database.
 * Findings come in the order of the records, so that the first bad one is named; what is wrong
 * with the evidence alone comes last.
 */
export function verifyLog(
  records: RecordsSnapshot,
  evidence: Evidence,
  proofs: Proofs,
  coRead: CoRead | null,
): Verdict {
  const trail = readTrail(evidence.trail ?? '', proofs);
  const newest = trail.checkpoints.at(-1) ?? null;
  const sealedUpTo = newest?.sequence ?? 0;
  const key = trail.problem === null ? findKey(evidence.keys, newest) : null;
  const lines = createLineJudge(records, key, sealedUpTo);
  const notes: string[] = [];
  const finding =
    findInRecords() ??
    findTruncation(records, evidence, newest) ??
    findInEvidence(records, evidence, trail, key);

  if (finding !== null) {
    return { ok: false, records: records.count(), ...finding, limits: LIMITS };
  }
  if (newest !== null && newest.base > 1) notes.push(sayPruned(newest));
  if (lines.lagging.size > 0) notes.push(sayLagging(lines.lagging.size));
  const count = records.last === 0 ? 0 : records.last - records.first + 1;
  return { ok: true, records: count, state: 'intact', limits: [...notes, ...LIMITS] };

  function findInRecords(): Finding | null {
    if (records.last === 0) return null;
    const start = findStart(trail, records.first);
    if (start.sequence + 1 !== records.first) {
      return altered(`Record ${start.sequence + 1} is missing.`, start.sequence + 1);
    }
    const { journal } = evidence;
    return scanRecords(
      {
        records,
        journal: journal === 'malformed' ? null : journal,
        anchors: anchorsOf(trail),
        sealedUpTo,
        judgeLine: lines.judge,
        sha256: proofs.sha256,
        hashLines: proofs.hashLines,
        coRead,
      },
      start,
    );
  }
}

/** A killed pruning may have left the records that its checkpoint already gave up. */
function findStart(trail: Trail, first: number): Anchor {
  const starts = trail.checkpoints.map(baseOf).toReversed();
  const fitting = starts.find(({ sequence }) => sequence < first);
  return fitting ?? { sequence: 0, hash: NO_HASH };
}

const baseOf = ({ base, base_hash }: Checkpoint): Anchor => ({
  sequence: base - 1,
  hash: base_hash,
});

function anchorsOf(trail: Trail): readonly Anchor[] {
  const anchors = trail.checkpoints.flatMap((checkpoint) => [baseOf(checkpoint), checkpoint]);
  return anchors.toSorted((a, b) => a.sequence - b.sequence);
}

const findKey = (keys: readonly EpochKey[], newest: Checkpoint | null): EpochKey | null =>
  newest === null ? null : (keys.find((key) => isNamedBy(newest, key)) ?? null);

function findTruncation(
  records: RecordsSnapshot,
  { journal }: Evidence,
  newest: Checkpoint | null,
): Finding | null {
  const firstBad = records.last + 1;
  const problem = `The log ends at record ${records.last}, but later ones were written: it was cut, or an older copy was put back.`;
  if (newest !== null && newest.sequence > records.last) {
    return { state: 'truncated', firstBad, problem };
  }
  if (journal === null || journal === 'malformed') return null;
  const { sequence, line } = journal.newest;
  if (sequence <= records.last) return null;
  // A line comes after its record, so each speaks of one that was there.
  if (sequence > firstBad || line !== 'malformed') return { state: 'truncated', firstBad, problem };
  return altered(`The line of record ${firstBad} in the journal of heads is malformed.`, firstBad);
}

function findInEvidence(
  records: RecordsSnapshot,
  evidence: Evidence,
  trail: Trail,
  key: EpochKey | null,
): Finding | null {
  const newest = trail.checkpoints.at(-1);
  const unproven = (newest?.sequence ?? 0) + 1;
  if (trail.problem !== null) {
    return altered(`The trail of checkpoints was changed: ${trail.problem}.`, unproven);
  }
  if (newest === undefined) {
    const isNew = records.last === 0 && evidence.witness === null;
    return isNew ? null : gone('The trail of checkpoints is gone', unproven);
  }
  const difference = compareTrails(evidence.trail ?? '', evidence.witness);
  if (difference !== null) return { firstBad: unproven, ...difference };
  if (evidence.witness === null && records.last > 0) {
    return gone('The witness of the checkpoints is gone', unproven);
  }
  if (evidence.journal === 'malformed') {
    return altered('The header of the journal of heads was changed.', records.first || 1);
  }
  if (evidence.journal === null) return gone('The journal of heads is gone', records.first || 1);
  if (key !== null) return null;
  return evidence.keys.length === 0
    ? gone("The current epoch's key is gone", unproven)
    : altered("The current epoch's key is not the one that the last checkpoint names.", unproven);
}

const gone = (what: string, firstBad: number): Finding => ({
  state: 'truncated',
  firstBad,
  problem: `${what}: it was removed, and what it proved cannot be proven.`,
});

const sayPruned = ({ base }: Checkpoint): string =>
  `Records 1 to ${base - 1} were pruned. A signed checkpoint keeps the hash of the last of them, to which record ${base} links.`;

const sayLagging = (count: number): string =>
  `${count} of the newest records have no line in the journal of heads, as after a power failure or a kill. Their MACs prove them, but not that none came after them.`;
