import { fail, ok } from '../../core/result.ts';
import type { Checkpoint, Json } from '../../core/types.ts';
import { defineCommand } from '../command.ts';

export const checkpoints = defineCommand({
  name: 'checkpoints',
  family: 'plan',
  summary: 'Lists what was kept of the files that plans changed',
  examples: ['checkpoints', 'checkpoints --plan 7f3a'],
  kind: 'look',
  args: {
    plan: {
      kind: 'option',
      type: 'text',
      valueName: 'ID',
      completes: 'plan',
      summary: 'Of one plan',
    },
  },
  async run({ plan }, { readers, show }) {
    const found = readers.checkpoints.list(plan === undefined ? {} : { plan });
    if (!found.ok) return found;
    const usage = readers.checkpoints.usage();
    if (!usage.ok) return usage;
    const rows = found.value.map((each) => [
      String(each.id),
      each.plan,
      each.undoes === undefined ? each.step : `${each.step}, back`,
      each.status,
      each.at.slice(0, 16).replace('T', ' '),
      pathsOf(each),
    ]);
    const { bytes, quotaBytes } = usage.value;
    show(
      rows.length === 0
        ? { kind: 'text', text: 'There are no checkpoints yet; executing a plan makes them.' }
        : { kind: 'table', columns: ['id', 'plan', 'step', 'status', 'at', 'paths'], rows },
    );
    show({ kind: 'text', text: `${bytes} of ${quotaBytes} bytes are in use.`, tone: 'dim' });
    return ok({ kind: 'looked', data: found.value as unknown as Json });
  },
});

const MOST_PATHS = 3;
function pathsOf({ entries }: Checkpoint): string {
  const paths = entries.map(({ before }) => before.path);
  const left = paths.length - MOST_PATHS;
  return [...paths.slice(0, MOST_PATHS), ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
}

const CHECKPOINT_ARG = {
  kind: 'positional',
  type: 'integer',
  isRequired: true,
  min: 1,
  valueName: 'ID',
  summary: 'The number of the checkpoint',
} as const;

export const checkpointsShow = defineCommand({
  name: 'checkpoints show',
  family: 'plan',
  summary: 'Shows a checkpoint, or the content that a file had then',
  examples: ['checkpoints show 12', 'checkpoints show 12 src/cart.ts'],
  kind: 'look',
  args: {
    id: CHECKPOINT_ARG,
    path: { kind: 'positional', type: 'text', valueName: 'PATH', summary: 'A file of it' },
  },
  async run({ id, path }, { readers, show }) {
    const found = readers.checkpoints.find(id);
    if (!found.ok) return found;
    const { entries } = found.value;
    if (path === undefined) {
      const rows = entries.map(({ before, after }) => [before.path, before.kind, after.kind]);
      show({ kind: 'table', columns: ['path', 'before', 'after'], rows });
      return ok({ kind: 'looked', data: found.value as unknown as Json });
    }
    const before = entries.find((entry) => entry.before.path === path)?.before;
    if (before?.kind !== 'file') {
      return fail('not-found', `Checkpoint ${id} keeps no file ${path}.`, {
        hint: `checkpoints show ${id} lists its paths.`,
      });
    }
    const bytes = readers.checkpoints.blob(before.hash);
    if (!bytes.ok) return bytes;
    const content = readers.hashing.contentOf(bytes.value);
    show({ kind: 'code', text: typeof content === 'string' ? content : content.base64 });
    return ok({ kind: 'looked', data: { path, content } });
  },
});

export const checkpointsPrune = defineCommand({
  name: 'checkpoints prune',
  family: 'plan',
  summary: 'Forgets old checkpoints; what they kept cannot be restored afterwards',
  examples: ['checkpoints prune --keep 100'],
  kind: 'steer',
  risk: 'high',
  needs: ['audit-log'],
  args: {
    keep: {
      kind: 'option',
      type: 'integer',
      min: 0,
      isRequired: true,
      valueName: 'N',
      summary: 'How many of the newest to keep',
    },
  },
  async run({ keep }, { readers }) {
    const found = readers.checkpoints.list({});
    if (!found.ok) return found;
    const old = found.value.slice(0, Math.max(0, found.value.length - keep));
    const ids = old.filter(({ status }) => status !== 'open').map(({ id }) => id);
    return ok({
      kind: 'steered',
      changes: ids.length === 0 ? [] : [{ kind: 'checkpoints.prune', ids }],
      done: { kind: 'text', text: `${ids.length} checkpoints are forgotten.` },
      data: { pruned: ids },
    });
  },
});
