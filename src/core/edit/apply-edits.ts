import { type Aimed, aimRequests } from './aim.ts';
import { type AppliedHunks, applyHunks } from './apply-hunks.ts';
import { applyWhole, isExcerpt } from './apply-whole.ts';
import { canonicalText, createFile } from './create-file.ts';
import { findBroken } from './find-broken.ts';
import { cleanPath, findObstacle } from './paths.ts';
import { refuse } from './refuse.ts';
import { linesOf } from './text-lines.ts';
import type { Edited, EditResult, EditView, FileEdit, Refused, Request } from './types.ts';

/**
 * Applies what a reply asks for to texts that are already loaded: all of it, or none. Nothing is
 * written; the result says what every file would hold.
 */
export function applyEdits(requests: readonly Request[], view: EditView): EditResult {
  const aimed = aimRequests(requests, view);
  if (!aimed.ok) return aimed;
  const files: FileEdit[] = [];
  for (const group of aimed.value) {
    const edited = applyToFile(group, view);
    if (!edited.ok) return edited;
    files.push(...edited.value);
  }
  const twice = files.find((file, at) => files.findIndex(({ path }) => path === file.path) !== at);
  if (twice !== undefined) return refuseOverlap(twice.path);
  const broken = findBroken(files, view);
  return broken ?? { ok: true, files };
}

function applyToFile({ path, requests: all }: Aimed, view: EditView): Edited<readonly FileEdit[]> {
  const witnesses = all.filter(isWitness);
  const requests = witnesses.length === all.length ? all : all.filter((each) => !isWitness(each));
  const edited = applyRequests(path, requests, view);
  if (!edited.ok || witnesses.length === all.length) return edited;
  const before = view.read(path) ?? '';
  const after = edited.value.find((file) => file.path === path)?.after ?? before;
  const isContradicted = witnesses.some(
    ({ lines }) => ![before, after].some((text) => holds(linesOf(text), lines)),
  );
  return isContradicted ? refuseOverlap(path) : edited;
}

type Whole = Extract<Request, { readonly kind: 'whole' }>;
const isWitness = (request: Request): request is Whole =>
  request.kind === 'whole' && request.isWitness === true;

/** Whether the lines are those of a text, or some of them in their order. */
function holds(text: readonly string[], lines: readonly string[]): boolean {
  return canonicalText(text) === canonicalText(lines) || isExcerpt(text, lines);
}

function applyRequests(
  path: string,
  requests: readonly Request[],
  view: EditView,
): Edited<readonly FileEdit[]> {
  const kinds = new Set(requests.map(({ kind }) => kind));
  const [first] = requests;
  if (first === undefined) return { ok: true, value: [] };
  if (kinds.size > 1 || (requests.length > 1 && !kinds.has('hunks') && !areSame(requests))) {
    return refuseOverlap(path);
  }
  const text = view.read(path);
  if (first.kind === 'create' || text === undefined) return createFile(path, text, requests, view);
  if (first.kind === 'delete') return deleteFile(path, text, first);
  if (first.kind === 'move') return moveFile(path, text, first.moveTo, null, view);
  if (first.kind === 'whole') {
    const applied = applyWhole(path, text, first);
    return applied.ok ? { ok: true, value: asFiles(path, text, applied.value) } : applied;
  }
  const groups = requests.flatMap((request) => (request.kind === 'hunks' ? [request] : []));
  const applied = applyHunks(path, text, groups);
  if (!applied.ok) return applied;
  const moveTo = groups.find((group) => group.moveTo !== undefined)?.moveTo;
  return moveTo === undefined
    ? { ok: true, value: asFiles(path, text, applied.value) }
    : moveFile(path, text, moveTo, applied.value, view);
}

const asFiles = (path: string, text: string, applied: AppliedHunks | null): readonly FileEdit[] =>
  applied === null || applied.text === text
    ? []
    : [{ path, after: applied.text, rung: applied.rung, spans: applied.spans }];

function deleteFile(
  path: string,
  text: string,
  request: Extract<Request, { readonly kind: 'delete' }>,
): Edited<readonly FileEdit[]> {
  const { lines } = request;
  if (lines !== undefined && canonicalText(lines) !== canonicalText(linesOf(text))) {
    return refuse(
      'no-match',
      `${path}: the file is to be deleted, but it does not hold the lines that the edit takes away. Read it again.`,
      { path },
    );
  }
  const count = linesOf(text).length;
  const spans = [{ before: { start: 1, end: count }, after: { start: 1, end: 0 } }];
  return { ok: true, value: [{ path, after: null, rung: 'delete', spans }] };
}

function moveFile(
  path: string,
  text: string,
  moveTo: string,
  applied: AppliedHunks | null,
  view: EditView,
): Edited<readonly FileEdit[]> {
  const clean = cleanPath(moveTo);
  if (!clean.ok) return clean;
  const to = clean.value;
  const after = applied?.text ?? text;
  if (to === path) return { ok: true, value: asFiles(path, text, applied) };
  if (view.isProtected(to)) return refuseProtected(to);
  const there = view.read(to);
  if ((there !== undefined || view.paths.includes(to)) && there !== after) {
    return refuse(
      'malformed',
      `${to} exists; ${path} cannot be moved there. Choose another name.`,
      {
        path: to,
      },
    );
  }
  const obstacle = findObstacle(to, { paths: view.paths, exists: () => false });
  if (obstacle !== null && there === undefined) {
    return refuse('malformed', `${to} cannot be made: ${obstacle}.`, { path: to });
  }
  return {
    ok: true,
    value: [
      { path, after: null, rung: 'move', spans: [] },
      { path: to, after, rung: applied?.rung ?? 'move', spans: applied?.spans ?? [] },
    ],
  };
}

const areSame = (requests: readonly Request[]): boolean =>
  requests.every((request) => JSON.stringify(request) === JSON.stringify(requests[0]));

const refuseOverlap = (path: string): Refused =>
  refuse(
    'overlap',
    `${path}: two edits of the reply want different things of this file. Send one.`,
    {
      path,
    },
  );

const refuseProtected = (path: string): Refused =>
  refuse('protected', `${path} is protected; no edit may touch it.`, { path });
