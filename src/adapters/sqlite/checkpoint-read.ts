import { fail, ok } from '../../core/result.ts';
import type { Checkpoint, CheckpointEntry, Image, Json, Result } from '../../core/types.ts';
import type { CheckpointFilter } from '../../ports.ts';
import { blobOf } from './checkpoint-blobs.ts';
import type { Database } from './open-database.ts';
import { parseKept } from './parse-kept.ts';

type Row = {
  readonly id: number;
  readonly plan: string;
  readonly step: string;
  readonly at: string;
  readonly undoes: number | null;
  readonly status: Checkpoint['status'];
};
type EntryRow = {
  readonly checkpoint: number;
  readonly blob: string | null;
  readonly before: string;
  readonly after: string;
};

export function listCheckpoints(
  db: Database,
  filter: CheckpointFilter,
): Result<readonly Checkpoint[]> {
  const { where, values } = conditionsOf(filter);
  const rows = db
    .prepare(`SELECT id, plan, step, at, undoes, status FROM checkpoints ${where} ORDER BY id`)
    .all(...values) as Row[];
  const entries = db
    .prepare(
      `SELECT checkpoint, blob, before, after FROM entries
       WHERE checkpoint IN (SELECT id FROM checkpoints ${where}) ORDER BY checkpoint, ordinal`,
    )
    .all(...values) as EntryRow[];
  return join(rows, entries);
}

export function findCheckpoint(db: Database, id: number): Result<Checkpoint> {
  const row = db
    .prepare('SELECT id, plan, step, at, undoes, status FROM checkpoints WHERE id = ?')
    .get(id) as Row | undefined;
  if (row === undefined) return noCheckpoint(id);
  const entries = db
    .prepare(
      'SELECT checkpoint, blob, before, after FROM entries WHERE checkpoint = ? ORDER BY ordinal',
    )
    .all(id) as EntryRow[];
  const found = join([row], entries);
  if (!found.ok) return found;
  const [checkpoint] = found.value;
  return checkpoint === undefined ? noCheckpoint(id) : ok(checkpoint);
}

export const noCheckpoint = (id: number) =>
  fail('not-found', `There is no checkpoint ${id}.`, {
    hint: 'It was pruned, or never made: checkpoints lists what there is.',
  });

/** Four statements at most, as each one lives as long as the process. */
function conditionsOf({ plan, status }: CheckpointFilter) {
  const given = Object.entries({ plan, status }).filter(([, value]) => value !== undefined);
  const conditions = given.map(([column]) => `${column} = ?`);
  return {
    where: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`,
    values: given.map(([, value]) => value as string),
  };
}

/** A checkpoint of which one entry cannot be read is none: half a way back would be worse. */
function join(rows: readonly Row[], entries: readonly EntryRow[]): Result<readonly Checkpoint[]> {
  const entriesOf = new Map(rows.map(({ id }) => [id, [] as CheckpointEntry[]]));
  for (const row of entries) {
    const before = toImage(row.before);
    const after = toImage(row.after);
    const isWhole = before !== null && after !== null && blobOf(before) === row.blob;
    if (!isWhole) return damaged(row.checkpoint);
    entriesOf.get(row.checkpoint)?.push({ before, after });
  }
  return ok(
    rows.map(({ undoes, status, ...row }) => ({
      ...row,
      ...(undoes === null ? {} : { undoes }),
      status,
      entries: entriesOf.get(row.id) ?? [],
    })),
  );
}

function toImage(text: string): Image | null {
  const value = parseKept(text);
  return isObject(value) && typeof value.path === 'string' && hasItsKind(value)
    ? (value as Image)
    : null;
}

function hasItsKind(image: { readonly [key: string]: Json }): boolean {
  switch (image.kind) {
    case 'absent':
    case 'other':
      return true;
    case 'file':
      return typeof image.hash === 'string' && typeof image.mode === 'number';
    case 'folder':
      return typeof image.mode === 'number';
    case 'link':
      return typeof image.target === 'string';
    default:
      return false;
  }
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const damaged = (id: number) =>
  fail('unreadable', `What is kept of checkpoint ${id} is damaged.`, {
    hint: 'Nothing was overwritten. What it would have restored has to be restored by hand.',
  });
