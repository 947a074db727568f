import { isBlank } from './canonical.ts';
import { refuseNoise, refusePlaceholder } from './explain.ts';
import { indexFile } from './file-index.ts';
import { plainIndents } from './indent-style.ts';
import { findObstacle } from './paths.ts';
import { findPlaceholder } from './placeholders.ts';
import { refuse } from './refuse.ts';
import { findNoise, otherReadings } from './take-noise-off.ts';
import { applyChanges, linesOf } from './text-lines.ts';
import type { Edited, EditView, FileEdit, Request } from './types.ts';

/** A new file, or the lines of an empty one. */
export function createFile(
  path: string,
  text: string | undefined,
  requests: readonly Request[],
  view: EditView,
): Edited<readonly FileEdit[]> {
  const given = linesFor(path, requests);
  if (!given.ok) return given;
  const { finalNewline } = given.value;
  const lines = plainIndents(given.value.lines, []);
  if (text !== undefined && text.trim() !== '') {
    if (canonicalText(linesOf(text)) === canonicalText(lines)) return { ok: true, value: [] };
    return refuse(
      'malformed',
      `${path} exists and holds something else. Edit it instead of adding it, or choose another name.`,
      { path },
    );
  }
  const obstacle =
    text === undefined ? findObstacle(path, { paths: view.paths, exists: () => false }) : null;
  if (obstacle !== null)
    return refuse('malformed', `${path} cannot be made: ${obstacle}.`, { path });
  const index = indexFile(path, '');
  const placeholder = findPlaceholder(index, { search: [], replacement: lines });
  if (placeholder !== null) return refusePlaceholder(path, placeholder);
  const noise = findNoise(lines, path);
  if (noise !== null) return refuseNoise(path, noise);
  const change = { start: 0, end: index.file.texts.length, lines };
  const after = lines.length === 0 ? '' : applyChanges(index.file, [change], finalNewline ?? true);
  if (after === text) return { ok: true, value: [] };
  const spans = [{ before: { start: 1, end: 0 }, after: { start: 1, end: lines.length } }];
  return { ok: true, value: [{ path, after, rung: 'create', spans }] };
}

type Content = { readonly lines: readonly string[]; readonly finalNewline?: boolean };

function linesFor(path: string, requests: readonly Request[]): Edited<Content> {
  const [request, second] = requests;
  const only = request?.kind === 'hunks' ? request.hunks[0] : undefined;
  if (request?.kind === 'create') return { ok: true, value: request };
  if (request?.kind === 'whole') {
    return {
      ok: true,
      value: { lines: request.hasLabel ? request.lines.slice(1) : request.lines },
    };
  }
  const isOne = request?.kind === 'hunks' && request.hunks.length === 1 && second === undefined;
  const reading = only?.readings.find(({ search }) => search.every(isBlank));
  if (!isOne || reading === undefined) {
    return refuse('no-match', `There is no file ${path} in the workspace. Check the path.`, {
      path,
    });
  }
  const unwrapped = otherReadings(reading, path)[0]?.reading ?? reading;
  return {
    ok: true,
    value: {
      lines: unwrapped.replacement,
      ...(only?.finalNewline === undefined ? {} : { finalNewline: only.finalNewline }),
    },
  };
}

/** A text for comparing: without blanks at the ends of lines, and blank lines at its end. */
export const canonicalText = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
