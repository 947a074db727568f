import { fitLines } from '../../core/files/fit-lines.ts';
import {
  type Definition,
  findDefinitions,
  listDefinitions,
} from '../../core/files/list-definitions.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { fail, ok } from '../../core/result.ts';
import { isMadeByPrograms } from '../../core/retrieval/is-made-by-programs.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, moreNote, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';
import { walkTexts } from './walk-texts.ts';

const MOST_PLACES = 2_000;

export const symbols = defineCommand({
  name: 'symbols',
  family: 'files',
  summary: 'Lists what a file defines, or where a name is defined',
  examples: ['symbols src/cart.ts', 'symbols roundPrice', 'symbols src'],
  kind: 'look',
  limits: LOOK_LIMITS,
  args: {
    of: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      completes: 'path',
      valueName: 'WHAT',
      summary: 'A file, a folder, or a name',
    },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const found = await findPlaces(args.of, context);
    if (!found.ok) return found;
    const { places, isPartial } = found.value;
    if (places.length === 0) {
      return fail(
        'not-found',
        `Nothing of the name ${args.of} was found, neither file nor definition.`,
      );
    }
    const fitted = fitLines(places.map(lineOf), bytesOf(args.bytes));
    const partial = isPartial ? 'Not everything was looked at.' : null;
    showLines(context.show, fitted.lines, moreNote(fitted.more, 'definition'), partial);
    const shown = places.slice(0, fitted.lines.length);
    const data = shown.map(({ path, name, startLine, endLine, text }) => ({
      path,
      startLine,
      endLine,
      name,
      text: text.trim(),
    }));
    return ok({ kind: 'looked', data: { places: data, more: fitted.more, isPartial } });
  },
});

type Place = Definition & { readonly path: string };

const lineOf = ({ path, startLine, endLine, text }: Place): string =>
  `${path}:${startLine}${endLine > startLine ? `-${endLine}` : ''}: ${text.trim()}`;

/** Of a file or a folder all definitions; else those of that name anywhere. */
async function findPlaces(
  of: string,
  context: CommandContext,
): Promise<Result<{ readonly places: readonly Place[]; readonly isPartial: boolean }>> {
  const { readers, situation, signal } = context;
  const placed = placeInWorkspace(of, situation.workspace);
  if (!placed.ok) return placed;
  const listed = await readers.files.list(signal);
  if (!listed.ok) return listed;
  const path = placed.value;
  const within = listed.value.filter((each) => each === path || each.startsWith(`${path}/`));
  if (within[0] === path) {
    const allowed = await mayRead(path, context, 'named');
    if (!allowed.ok) return allowed;
  }
  const isPlace = within.length > 0 || path === '';
  const all = path === '' || !isPlace ? listed.value : within;
  const chosen = within[0] === path ? within : all.filter((each) => !isMadeByPrograms(each));
  const places: Place[] = [];
  const ended = await walkTexts(chosen, context, async (each, text) => {
    const found = isPlace ? listDefinitions(each, text) : findDefinitions(each, text, of);
    if (found.length === 0 || !(await mayRead(each, context, 'found')).ok) return ok(true);
    places.push(...found.map((definition) => ({ ...definition, path: each })));
    return ok(places.length < MOST_PLACES);
  });
  return ended.ok ? ok({ places, isPartial: ended.value.isPartial }) : ended;
}
