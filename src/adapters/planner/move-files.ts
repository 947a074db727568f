import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import { freePath } from './create-files.ts';
import { importPoints } from './find-imports.ts';
import { pathsOf } from './named-paths.ts';
import type { Outcome, Sight } from './outcome.ts';
import { textOf } from './read-text.ts';
import { findExisting, findPath } from './workspace-path.ts';

export async function moveFiles(
  sight: Sight,
  { from, to, isRename }: Request & { readonly kind: 'move' },
): Promise<Result<Outcome>> {
  const sources = await pathsOf(sight, from);
  if (!sources.ok) return sources;
  const isInto = checkTarget(sight, to, sources.value.length > 1);
  if (!isInto.ok) return isInto;
  const steps: DraftStep[] = [];
  const open: string[] = [];
  const taken = new Set<string>();
  for (const source of sources.value) {
    const target = targetOf(source.path, to, isInto.value, isRename);
    if (source.path === target.replace(/^\.\//, '')) {
      return fail('invalid', `${source.path} would stay where it is.`);
    }
    const path = freePath(sight.workspace, sight.view, target);
    if (!path.ok) return path;
    if (path.value.startsWith(`${source.path}/`)) {
      return fail('invalid', `${source.path} cannot be moved below itself.`);
    }
    if (taken.has(path.value)) {
      return fail('invalid', `Two files would become ${path.value}.`);
    }
    taken.add(path.value);
    steps.push({
      title: `move ${source.path} to ${path.value}`,
      why: 'A new place was asked for.',
      action: { kind: 'file.move', from: source.path, to: path.value },
    });
    open.push(...(await importPoints(sight, source.path, path.value, sources.value.length)));
  }
  return ok({ steps, open });
}

/** Whether the target is a folder that things go into. */
function checkTarget({ workspace, view }: Sight, to: string, isMany: boolean): Result<boolean> {
  const found = findPath(workspace, view, to);
  if (!found.ok) return found;
  const { kind } = found.value.thing;
  if (kind === 'folder' || (kind === 'absent' && to.endsWith('/'))) return ok(true);
  if (kind === 'absent' && !isMany) return ok(false);
  if (kind === 'absent') {
    return fail('usage', `Several files cannot all become ${to}.`, {
      hint: `For a new folder write ${to}/`,
    });
  }
  return fail('invalid', `${to} is there already.`, { hint: 'Choose another name.' });
}

/** A new name alone stays in the old folder. */
function targetOf(source: string, to: string, isInto: boolean, isRename: boolean): string {
  const cut = source.lastIndexOf('/') + 1;
  if (isInto) return `${to.replace(/\/+$/, '')}/${source.slice(cut)}`;
  return isRename && !to.includes('/') ? source.slice(0, cut) + to : to;
}

const MAX_COPY_BYTES = 16 * 1024 * 1024;

/** A text is written as one, so that the plan can show it; anything else as its bytes. */
export async function copyFile(
  sight: Sight,
  { from, to }: Request & { readonly kind: 'copy' },
): Promise<Result<Outcome>> {
  const source = await findExisting(sight.workspace, sight.view, from, sight.signal);
  if (!source.ok) return source;
  const { path, thing } = source.value;
  if (thing.kind !== 'file') {
    return fail('invalid', `${from} is no regular file.`, {
      hint: 'Only single files are copied; for a folder name its files one by one.',
    });
  }
  const isInto = checkTarget(sight, to, false);
  if (!isInto.ok) return isInto;
  const target = freePath(sight.workspace, sight.view, targetOf(path, to, isInto.value, false));
  if (!target.ok) return target;
  const bytes = sight.view.read(path, MAX_COPY_BYTES);
  if (!bytes.ok) return bytes;
  const text = textOf(bytes.value);
  const isText = text.ok && text.value !== null;
  const content = isText ? bytes.value.toString() : { base64: bytes.value.toString('base64') };
  const step: DraftStep = {
    title: `copy ${path} to ${target.value}`,
    why: `${target.value} gets the same bytes.`,
    action: {
      kind: 'file.write',
      path: target.value,
      content,
      ...(thing.isExecutable ? { isExecutable: true } : {}),
    },
  };
  return ok({ steps: [step], open: [] });
}
