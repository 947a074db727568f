import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import { nearestName } from './nearest-name.ts';
import type { Outcome, Sight } from './outcome.ts';
import { checkSize, nothingSkipped, readCandidates, remarksOn } from './read-candidates.ts';
import { count, nameSome } from './remarks.ts';
import { type Renamed, renameInText } from './rename-in-text.ts';
import { filesOfScope } from './scope-files.ts';

type RenameName = Request & { readonly kind: 'rename-name' };

/** One edit for each file in which the name stands. */
export async function renameNames(sight: Sight, request: RenameName): Promise<Result<Outcome>> {
  const { from, to, scope } = request;
  const unclear = checkAmbiguity(sight, request);
  if (unclear !== null) return unclear;
  const files = await filesOfScope(sight.workspace, sight.view, scope, sight.signal);
  if (!files.ok) return files;
  const skipped = nothingSkipped();
  const steps: DraftStep[] = [];
  const notes: Renamed[] = [];
  let bytes = 0;
  for await (const file of readCandidates(sight, files.value, Buffer.from(from), skipped)) {
    const renamed = await renameInText(sight.code, file, request);
    if (!renamed.ok) return renamed;
    notes.push(renamed.value);
    const { content, places } = renamed.value;
    if (content === null) continue;
    bytes += content.length;
    const size = checkSize(sight.signal, bytes);
    if (!size.ok) return size;
    steps.push({
      title: `rename ${from} to ${to}, ${count(places, 'place')}`,
      why: `${file.path} holds the name ${from}. Names are compared by spelling; scopes are not analysed.`,
      action: { kind: 'file.edit', path: file.path, content },
    });
  }
  const done = checkSize(sight.signal, bytes);
  if (!done.ok) return done;
  const open = [...openPoints(request, notes), ...remarksOn(skipped)];
  if (steps.length > 0) return ok({ steps, open });
  return notFound(sight, request, files.value, open);
}

/** A name that is also that of a file or folder could mean either. */
function checkAmbiguity({ view }: Sight, { from, to, scope, isSurelyName }: RenameName) {
  if (isSurelyName || scope.kind === 'in') return null;
  const { kind } = view.look(from);
  if (kind !== 'file' && kind !== 'folder') return null;
  return fail('usage', `“${from}” is a ${kind} here, and may be a name in code.`, {
    hint: `Say “rename the symbol ${from} to ${to}” or “rename the ${kind} ${from} to ${to}”.`,
  });
}

async function notFound(
  sight: Sight,
  { from, scope }: RenameName,
  files: Parameters<typeof nearestName>[1],
  open: readonly string[],
) {
  const where = scope.kind === 'everywhere' ? 'the workspace' : nameSome(scope.paths);
  const near = await nearestName(sight, files, from);
  const message = `“${from}” is no name in the code of ${where} (${count(files.length, 'file')} looked at).`;
  const hints = [...open, ...(near === null ? [] : [`Did you mean ${near}?`])];
  return fail('not-found', message, hints.length === 0 ? {} : { hint: hints.join(' ') });
}

function openPoints({ from, to }: RenameName, notes: readonly Renamed[]): readonly string[] {
  const touched = notes.filter(({ content }) => content !== null);
  const point = (places: readonly string[], say: (named: string) => string) =>
    places.length === 0 ? [] : [say(nameSome(places))];
  return [
    ...point(
      touched.flatMap(({ clashes }) => clashes),
      (named) => `“${to}” is a name already at ${named}; afterwards the two cannot be told apart.`,
    ),
    ...point(
      notes.flatMap(({ leftAlone }) => leftAlone),
      (named) =>
        `“${from}” also stands in strings or comments and is left alone there: ${named}. To change them too, say “including strings and comments”.`,
    ),
    ...point(
      touched.filter(({ isWordsOnly }) => isWordsOnly).map(({ path }) => path),
      (named) =>
        `No grammar is there for ${named}: every whole word ${from} is changed, in strings and comments too.`,
    ),
    ...point(
      notes.filter(({ isLeftOut }) => isLeftOut).map(({ path }) => path),
      (named) =>
        `“${from}” also stands in ${named}, which is no code and left alone. Name it to change it.`,
    ),
    ...point(
      touched.filter(({ hasError }) => hasError).map(({ path }) => path),
      (named) => `${named} does not parse without errors; look at what changes there.`,
    ),
  ];
}
