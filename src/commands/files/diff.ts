import { fitLines } from '../../core/files/fit-lines.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { linesOf } from '../../core/prompt/render-part.ts';
import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, moreNote, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';

const MOST_FILES = 300;

export const diff = defineCommand({
  name: 'diff',
  family: 'files',
  summary: 'Shows what differs from the last commit',
  examples: ['diff', 'diff src/cart.ts'],
  kind: 'look',
  needs: ['git'],
  limits: LOOK_LIMITS,
  args: {
    path: {
      kind: 'positional',
      type: 'text',
      completes: 'path',
      valueName: 'PATH',
      summary: 'Only this file or folder',
    },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const { readers, situation, signal, show } = context;
    const placed = placeInWorkspace(args.path ?? '', situation.workspace);
    if (!placed.ok) return placed;
    const changed = await readers.history.changed(placed.value, signal);
    if (!changed.ok) return changed;
    const given: string[] = [];
    const leftOut: string[] = [];
    for (const path of changed.value.slice(0, MOST_FILES)) {
      const isNamed = path === placed.value;
      const allowed = await mayRead(path, context, isNamed ? 'named' : 'found');
      (allowed.ok ? given : leftOut).push(path);
    }
    const said = await readers.history.diff(given, signal);
    if (!said.ok) return said;
    const fitted = fitLines(said.value === '' ? [] : linesOf(said.value), bytesOf(args.bytes));
    showLines(
      show,
      fitted.lines,
      changed.value.length === 0 ? 'Nothing differs from the last commit.' : null,
      moreNote(fitted.more, 'line'),
      moreNote(Math.max(0, changed.value.length - MOST_FILES), 'file'),
      leftOut.length === 0 ? null : `not shown, as the rules ask: ${leftOut.join(', ')}`,
    );
    const text = fitted.lines.join('\n');
    return ok({ kind: 'looked', data: { files: given, leftOut, text, more: fitted.more } });
  },
});
