import { combineChanges } from './combine.ts';
import { decideByOrder } from './decide-place.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import { repeatsFile, repeatsNeighbours } from './proportion.ts';
import { refuse } from './refuse.ts';
import { type Candidate, findCandidates, resolveAt } from './resolve-hunk.ts';
import { applyChanges, type LineChange } from './text-lines.ts';
import { type Edited, type Hunk, RUNGS, type Rung, type Span } from './types.ts';

export type HunkGroup = { readonly hunks: readonly Hunk[]; readonly isOrdered: boolean };
export type AppliedHunks = {
  readonly text: string;
  readonly rung: Rung;
  readonly spans: readonly Span[];
};

/** All hunks of one file, each against the text as it is; all of them or none. */
export function applyHunks(
  path: string,
  text: string,
  groups: readonly HunkGroup[],
): Edited<AppliedHunks> {
  const index = indexFile(path, text);
  const changes: LineChange[] = [];
  const rungs: Rung[] = [];
  let finalNewline: boolean | undefined;
  for (const group of groups) {
    const candidates = decideTogether(index, group);
    if (!candidates.ok) return candidates;
    for (const candidate of candidates.value) {
      const resolved = resolveAt(index, candidate);
      if (!resolved.ok) return resolved;
      changes.push(...resolved.value.changes);
      rungs.push(resolved.value.rung);
      finalNewline = resolved.value.finalNewline ?? finalNewline;
    }
  }
  const combined = combineChanges(path, changes);
  if (!combined.ok) return combined;
  const excess = findExcess(index, combined.value);
  if (excess !== null) return refuse('disproportionate', excess, { path });
  return {
    ok: true,
    value: {
      text: applyChanges(index.file, combined.value, finalNewline),
      rung: loosest(rungs),
      spans: spansOf(combined.value),
    },
  };
}

function decideTogether(
  index: FileIndex,
  { hunks, isOrdered }: HunkGroup,
): Edited<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const hunk of hunks) {
    const found = findCandidates(index, hunk);
    if (!found.ok) return found;
    candidates.push(found.value);
  }
  const open = candidates.filter(({ places }) => places.length > 0);
  if (!isOrdered || open.length < 2 || open.every(({ places }) => places.length === 1)) {
    return { ok: true, value: candidates };
  }
  const decided = decideByOrder(open.map(({ places }) => places));
  if (decided === null) return { ok: true, value: candidates };
  const value = candidates.map((candidate) => {
    const place = decided[open.indexOf(candidate)];
    return place === undefined ? candidate : { ...candidate, places: [place] };
  });
  return { ok: true, value };
}

function findExcess({ path, file }: FileIndex, changes: readonly LineChange[]): string | null {
  if (repeatsFile(file.texts, changes)) {
    return `${path}: the replacement holds most of the file again, which would then stand there twice. Put all the lines that it replaces into the search, or send the whole file.`;
  }
  const twice = changes.find((change) => repeatsNeighbours(file.texts, change));
  if (twice === undefined) return null;
  return `${path}: the replacement repeats the lines next to line ${twice.end}, which would then stand there twice. Put all the lines that it replaces into the search.`;
}

const loosest = (rungs: readonly Rung[]): Rung =>
  RUNGS[Math.max(0, ...rungs.map((rung) => RUNGS.indexOf(rung)))] as Rung;

/** Lines are counted from 1; where none were, `end` stands before `start`. */
export function spansOf(changes: readonly LineChange[]): readonly Span[] {
  let shift = 0;
  return changes.map(({ start, end, lines }) => {
    const before = { start: start + 1, end };
    const after = { start: start + shift + 1, end: start + shift + lines.length };
    shift += lines.length - (end - start);
    return { before, after };
  });
}
