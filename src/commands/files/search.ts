import { fitLines } from '../../core/files/fit-lines.ts';
import { hasCapital, matchPlainly } from '../../core/files/match-plainly.ts';
import { placeInWorkspace } from '../../core/files/place-in-workspace.ts';
import { linesOf } from '../../core/prompt/render-part.ts';
import { fail, ok } from '../../core/result.ts';
import { isMadeByPrograms } from '../../core/retrieval/is-made-by-programs.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { BYTES_ARG, bytesOf, LOOK_LIMITS, moreNote, showLines } from './look-shape.ts';
import { mayRead } from './may-read.ts';
import { suggestPath } from './suggest-path.ts';
import { walkTexts } from './walk-texts.ts';

const MOST_PLACES = 2_000;

export const search = defineCommand({
  name: 'search',
  family: 'files',
  summary: 'Finds the lines that hold a text',
  examples: ['search roundPrice', 'search --regex "round\\w+\\(" --in src'],
  kind: 'look',
  limits: LOOK_LIMITS,
  args: {
    text: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      valueName: 'TEXT',
      summary: 'What to find; letter case counts where it has capitals',
    },
    in: {
      kind: 'option',
      type: 'text',
      completes: 'path',
      valueName: 'PATH',
      summary: 'Only in this folder or file',
    },
    regex: { kind: 'flag', type: 'text', summary: 'The text is a regular expression' },
    bytes: BYTES_ARG,
  },
  async run(args, context) {
    const text = args.text.join(' ');
    if (text.trim() === '') return fail('usage', 'There is nothing to search for.');
    const within = await chooseFiles(args.in ?? '', context);
    if (!within.ok) return within;
    const found = await findPlaces(within.value, text, args.regex, context);
    if (!found.ok) return found;
    const { places, isPartial } = found.value;
    const rows = places.map((place) => `${place.path}:${place.line}: ${place.text}`);
    const fitted = fitLines(rows, bytesOf(args.bytes));
    const nothing = places.length === 0 ? `Nothing found for “${text}”.` : null;
    const partial = isPartial ? 'Not everything was searched: name a folder with --in.' : null;
    showLines(context.show, fitted.lines, nothing, moreNote(fitted.more, 'place'), partial);
    const shown = places.slice(0, fitted.lines.length).map(({ path, line, text: said }) => ({
      path,
      startLine: line,
      endLine: line,
      text: said,
    }));
    return ok({ kind: 'looked', data: { places: shown, more: fitted.more, isPartial } });
  },
});

type FoundLine = { readonly path: string; readonly line: number; readonly text: string };

/** All files, or those below a folder; where one was named, also what programs made. */
async function chooseFiles(
  named: string,
  context: CommandContext,
): Promise<Result<readonly string[]>> {
  const { readers, situation, signal } = context;
  const placed = placeInWorkspace(named, situation.workspace);
  if (!placed.ok) return placed;
  const folder = placed.value;
  const listed = await readers.files.list(signal);
  if (!listed.ok) return listed;
  if (folder === '') return ok(listed.value.filter((path) => !isMadeByPrograms(path)));
  const within = listed.value.filter((path) => path === folder || path.startsWith(`${folder}/`));
  return within.length === 0 ? suggestPath(folder, context) : ok(within);
}

async function findPlaces(
  paths: readonly string[],
  wanted: string,
  isRegex: boolean,
  context: CommandContext,
): Promise<Result<{ readonly places: readonly FoundLine[]; readonly isPartial: boolean }>> {
  const places: FoundLine[] = [];
  const { matcher } = context.readers;
  const ended = await walkTexts(paths, context, async (path, text) => {
    const lines = linesOf(text);
    const most = MOST_PLACES - places.length;
    const matched = isRegex
      ? matcher.match(wanted, hasCapital(wanted), lines, most)
      : ok(matchPlainly(lines, wanted, most));
    if (!matched.ok) return matched;
    // A refusal is not told: it would say that what is sought stands there.
    if (matched.value.length === 0 || !(await mayRead(path, context, 'found')).ok) return ok(true);
    for (const line of matched.value) {
      places.push({ path, line, text: (lines[line - 1] ?? '').trim() });
    }
    return ok(places.length < MOST_PLACES);
  });
  return ended.ok ? ok({ places, isPartial: ended.value.isPartial }) : ended;
}
