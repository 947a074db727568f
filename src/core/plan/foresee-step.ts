import { fail, ok } from '../result.ts';
import type { Action, Content, Image, Result } from '../types.ts';
import { foldersAbove } from './paths.ts';
import type { ImaginedWorld } from './world.ts';

/** What a content comes to as bytes. */
export type Measure = (content: Content) => { readonly hash: string; readonly size: number };
export type NewModes = { readonly file: number; readonly folder: number };

/** What an action finds at its turn and leaves behind: the same paths, in the order of the doing. */
export type Foreseen = { readonly before: readonly Image[]; readonly after: readonly Image[] };

/** Does an action in thought. Only actions on files leave something that can be foreseen. */
export function foreseeStep(
  world: ImaginedWorld,
  measure: Measure,
  modes: NewModes,
  action: Action,
): Result<Foreseen> {
  switch (action.kind) {
    case 'file.write':
      return foreseeWrite(world, measure, modes, action);
    case 'file.edit':
      return foreseeEdit(world, measure, action);
    case 'file.delete':
      return foreseeDelete(world, action.path);
    case 'file.move':
      return foreseeMove(world, modes, action.from, action.to);
    case 'folder.create':
      return foreseeFolder(world, modes, action.path);
    case 'file.read':
    case 'shell.run':
    case 'git.run':
    case 'plugin.call':
      return ok({ before: [], after: [] });
    default:
      return action satisfies never;
  }
}

type Pair = { readonly before: Image; readonly after: Image };

function commit(world: ImaginedWorld, pairs: readonly Pair[]): Result<Foreseen> {
  for (const { after } of pairs) world.set(after);
  return ok({ before: pairs.map(({ before }) => before), after: pairs.map(({ after }) => after) });
}

function foreseeWrite(
  world: ImaginedWorld,
  measure: Measure,
  modes: NewModes,
  { path, content, isExecutable }: Action & { kind: 'file.write' },
): Result<Foreseen> {
  const before = lookFor(world, path, ['absent', 'file']);
  if (!before.ok) return before;
  const folders = foreseeFoldersAbove(world, modes, path);
  if (!folders.ok) return folders;
  const fresh = isExecutable ? modes.file | ((modes.file & 0o444) >> 2) : modes.file;
  const mode = before.value.kind === 'file' ? before.value.mode : fresh;
  const after: Image = { path, kind: 'file', ...measure(content), mode };
  return commit(world, [...folders.value, { before: before.value, after }]);
}

function foreseeEdit(
  world: ImaginedWorld,
  measure: Measure,
  { path, content }: Action & { kind: 'file.edit' },
): Result<Foreseen> {
  const before = lookFor(world, path, ['file']);
  if (!before.ok) return before;
  const mode = before.value.kind === 'file' ? before.value.mode : 0;
  return commit(world, [
    { before: before.value, after: { path, kind: 'file', ...measure(content), mode } },
  ]);
}

function foreseeDelete(world: ImaginedWorld, path: string): Result<Foreseen> {
  const found = lookFor(world, path, ['file', 'link', 'folder']);
  if (!found.ok) return found;
  const below = found.value.kind === 'folder' ? world.below(path) : ok([]);
  if (!below.ok) return below;
  const strange = below.value.find(({ kind }) => kind === 'other');
  if (strange?.kind === 'other') return refuse(strange.path, strange.what);
  const gone = [...below.value, found.value];
  return commit(
    world,
    gone.map((before) => ({ before, after: { path: before.path, kind: 'absent' } })),
  );
}

function foreseeMove(
  world: ImaginedWorld,
  modes: NewModes,
  from: string,
  to: string,
): Result<Foreseen> {
  const found = lookFor(world, from, ['file', 'link', 'folder'], true);
  if (!found.ok) return found;
  if (to === from || to.startsWith(`${from}/`)) {
    return fail('invalid', `${from} cannot be moved to ${to}, which is itself or below it.`);
  }
  const target = lookFor(world, to, ['absent']);
  if (!target.ok) return target;
  const folders = foreseeFoldersAbove(world, modes, to);
  if (!folders.ok) return folders;
  const before = found.value;
  const isFolder = before.kind === 'folder';
  if (isFolder) world.moveFolder(from, to);
  return commit(world, [
    ...folders.value,
    { before, after: { path: from, kind: 'absent' } },
    { before: target.value, after: { ...before, path: to, movedFrom: from } },
  ]);
}

function foreseeFolder(world: ImaginedWorld, modes: NewModes, path: string): Result<Foreseen> {
  const found = lookFor(world, path, ['absent', 'folder']);
  if (!found.ok) return found;
  const folders = foreseeFoldersAbove(world, modes, path);
  if (!folders.ok) return folders;
  if (found.value.kind === 'folder') return ok({ before: [found.value], after: [found.value] });
  const after: Image = { path, kind: 'folder', mode: modes.folder };
  return commit(world, [...folders.value, { before: found.value, after }]);
}

/** Those that have to be made first; a step that needs a folder makes it. */
function foreseeFoldersAbove(
  world: ImaginedWorld,
  modes: NewModes,
  path: string,
): Result<readonly Pair[]> {
  const missing: Pair[] = [];
  for (const folder of foldersAbove(path)) {
    const found = lookFor(world, folder, ['absent', 'folder']);
    if (!found.ok) return found;
    if (found.value.kind === 'folder') continue;
    missing.push({
      before: found.value,
      after: { path: folder, kind: 'folder', mode: modes.folder },
    });
  }
  return ok(missing);
}

function lookFor(
  world: ImaginedWorld,
  path: string,
  kinds: readonly Image['kind'][],
  isDeep = false,
): Result<Image> {
  const looked = world.look(path, isDeep);
  if (!looked.ok) return looked;
  const image = looked.value;
  if (kinds.includes(image.kind)) return looked;
  switch (image.kind) {
    case 'absent':
      return fail('not-found', `There is nothing at ${path}.`);
    case 'link':
      return fail('denied', `${path} is a symbolic link to ${image.target}.`, {
        hint: 'Links are never followed; name what it leads to.',
      });
    case 'other':
      return refuse(path, image.what);
    case 'folder':
    case 'file':
      return fail('invalid', `${path} is there already, and it is a ${image.kind}.`);
    default:
      return image satisfies never;
  }
}

const refuse = (path: string, what: string) =>
  fail('denied', `${path} is ${what}; TinyCode never touches that.`);
