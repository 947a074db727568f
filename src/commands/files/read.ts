import { fitLines } from '../../core/files/fit-lines.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { readReference } from '../../core/prompt/find-mentions.ts';
import { linesOf } from '../../core/prompt/render-part.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';
import { suggestPath } from './suggest-path.ts';

const MOST_FILE_BYTES = 8 * 1024 * 1024;

export const read = defineCommand({
  name: 'read',
  family: 'files',
  summary: 'Shows a file, or lines of it',
  examples: ['read src/cart.ts', 'read src/cart.ts:10-40', 'read src/cart.ts --from 10 --to 40'],
  kind: 'look',
  limits: LOOK_LIMITS,
  args: {
    path: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      completes: 'path',
      valueName: 'PATH',
      summary: 'A file; lines of it as path:10-40',
    },
    from: { kind: 'option', type: 'integer', min: 1, valueName: 'LINE', summary: 'First line' },
    to: { kind: 'option', type: 'integer', min: 1, valueName: 'LINE', summary: 'Last line' },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const reference = readReference(args.path);
    const text = await loadText(reference.name, context);
    if (!text.ok) return text;
    const { path } = text.value;
    const all = linesOf(text.value.text);
    const from = args.from ?? reference.lines?.from ?? 1;
    const to = Math.min(args.to ?? reference.lines?.to ?? all.length, all.length);
    if (from > all.length) return fail('not-found', `${path} has only ${all.length} lines.`);
    if (to < from) return fail('usage', `Line ${to} stands before line ${from}.`);
    const fitted = fitLines(all.slice(from - 1, to), bytesOf(args.bytes));
    const endLine = from + fitted.lines.length - 1;
    const numbered = fitted.lines.map((line, at) => `${from + at}: ${line}`);
    const rest = all.length - endLine;
    const note = rest === 0 ? null : `${rest} more ${rest === 1 ? 'line' : 'lines'} in ${path}`;
    showLines(context.show, numbered, note);
    return ok({
      kind: 'looked',
      data: {
        path,
        startLine: from,
        endLine,
        totalLines: all.length,
        text: fitted.lines.join('\n'),
      },
    });
  },
});

/** No link is followed: what it leads to may be something that must not be read. */
async function loadText(
  named: string,
  context: CommandContext,
): Promise<Result<{ readonly path: string; readonly text: string }>> {
  const { readers, situation } = context;
  const placed = placeInWorkspace(named, situation.workspace);
  if (!placed.ok) return placed;
  const path = placed.value;
  if (path === '') return fail('usage', 'That is the workspace itself: list shows it.');
  const allowed = await mayRead(path, context, 'named');
  if (!allowed.ok) return allowed;
  const image = readers.images.look(path);
  if (!image.ok) return image;
  switch (image.value.kind) {
    case 'absent':
      return suggestPath(path, context);
    case 'folder':
      return fail('invalid', `${path} is a folder: list ${path} shows it.`);
    case 'link':
      return fail('denied', `${path} is a link, and links are not followed.`, {
        hint: 'Read the file that it leads to.',
      });
    case 'other':
      return fail('denied', `${path} is not read: it is ${image.value.what}.`);
    case 'file':
      break;
    default:
      return image.value satisfies never;
  }
  if (image.value.size > MOST_FILE_BYTES) {
    return fail('limit', `${path} has ${image.value.size} bytes, which is too much to be shown.`);
  }
  const loaded = readers.images.load(path);
  if (!loaded.ok) return loaded;
  const content = readers.hashing.contentOf(loaded.value.bytes);
  return typeof content === 'string'
    ? ok({ path, text: content })
    : fail('unreadable', `${path} is no text.`);
}
