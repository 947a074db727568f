import { fitLines } from '../../core/files/fit-lines.ts';
import { type FoldedPath, foldPaths } from '../../core/files/fold-paths.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { fail, ok } from '../../core/result.ts';
import { defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, moreNote, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';
import { suggestPath } from './suggest-path.ts';

const MOST_LINES = 400;

export const list = defineCommand({
  name: 'list',
  family: 'files',
  summary: 'Lists the files of a folder and below',
  examples: ['list', 'list src'],
  kind: 'look',
  limits: LOOK_LIMITS,
  args: {
    folder: {
      kind: 'positional',
      type: 'text',
      completes: 'path',
      valueName: 'FOLDER',
      summary: 'A folder; the workspace unless said',
    },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const { readers, situation, signal, show } = context;
    const placed = placeInWorkspace(args.folder ?? '', situation.workspace);
    if (!placed.ok) return placed;
    const folder = placed.value;
    const allowed = await mayRead(folder === '' ? '.' : folder, context, 'named');
    if (!allowed.ok) return allowed;
    const listed = await readers.files.list(signal);
    if (!listed.ok) return listed;
    if (listed.value.includes(folder)) return fail('invalid', `${folder} is a file.`);
    const below = listed.value.filter((path) => folder === '' || path.startsWith(`${folder}/`));
    if (below.length === 0 && folder !== '') return suggestPath(folder, context);
    const bytes = bytesOf(args.bytes);
    const folded = foldPaths(below, folder, (paths) => isShort(paths, bytes));
    const fitted = fitLines(folded.map(lineOf), bytes);
    const kept = folded.slice(0, fitted.lines.length);
    const note = below.length === 0 ? 'No files.' : moreNote(fitted.more, 'line');
    showLines(show, fitted.lines, note);
    return ok({
      kind: 'looked',
      data: {
        folder,
        files: below.length,
        entries: kept.map(({ path, files }) => (files === undefined ? { path } : { path, files })),
        more: fitted.more,
      },
    });
  },
});

const isShort = (paths: readonly FoldedPath[], bytes: number): boolean =>
  paths.length <= MOST_LINES && fitLines(paths.map(lineOf), bytes).more === 0;

const lineOf = ({ path, files }: FoldedPath): string =>
  files === undefined ? path : `${path}  ${files} ${files === 1 ? 'file' : 'files'}`;
