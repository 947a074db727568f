import { fitLines } from '../../core/files/fit-lines.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, moreNote, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';

const USUAL = 20;

export const log = defineCommand({
  name: 'log',
  family: 'files',
  summary: 'Shows the last commits, of a file or of all',
  examples: ['log', 'log src/cart.ts --last 5'],
  kind: 'look',
  needs: ['git'],
  limits: LOOK_LIMITS,
  args: {
    path: {
      kind: 'positional',
      type: 'text',
      completes: 'path',
      valueName: 'PATH',
      summary: 'Only what changed this file or folder',
    },
    last: {
      kind: 'option',
      type: 'integer',
      min: 1,
      max: 500,
      valueName: 'N',
      summary: `So many commits; ${USUAL} unless said`,
    },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const { readers, situation, signal, show } = context;
    const placed = placeInWorkspace(args.path ?? '', situation.workspace);
    if (!placed.ok) return placed;
    const path = placed.value;
    if (path !== '') {
      const allowed = await mayRead(path, context, 'named');
      if (!allowed.ok) return allowed;
    }
    const commits = await readers.history.log(path, args.last ?? USUAL, signal);
    if (!commits.ok) return commits;
    const rows = commits.value.map(
      ({ hash, date, author, subject }) => `${hash} ${date} ${author}: ${subject}`,
    );
    const fitted = fitLines(rows, bytesOf(args.bytes));
    showLines(
      show,
      fitted.lines,
      rows.length === 0 ? 'No commits.' : moreNote(fitted.more, 'commit'),
    );
    return ok({
      kind: 'looked',
      data: { commits: commits.value.slice(0, fitted.lines.length), more: fitted.more },
    });
  },
});
