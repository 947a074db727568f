import type { Request } from '../../core/planner/request.ts';
import { namesOf, TEMPLATES, type Template } from '../../core/planner/templates.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import type { Outcome, Sight } from './outcome.ts';
import { findPath } from './workspace-path.ts';

const outcome = (...steps: readonly DraftStep[]): Result<Outcome> => ok({ steps, open: [] });

export function createFile(
  { workspace, view }: Sight,
  { path: named, content }: Request & { readonly kind: 'create-file' },
): Result<Outcome> {
  if (named.endsWith('/')) {
    return fail('usage', `${named} names a folder.`, { hint: `Say create folder ${named}` });
  }
  const path = freePath(workspace, view, named);
  if (!path.ok) return path;
  return outcome({
    title: `create ${path.value}`,
    why: content === '' ? 'An empty file was asked for.' : 'Its content was given.',
    action: { kind: 'file.write', path: path.value, content },
  });
}

export function createFromTemplate(
  { workspace, view }: Sight,
  request: Request & { readonly kind: 'create-from-template' },
): Result<Outcome> {
  const template = TEMPLATES.find(({ id }) => id === request.template) as Template;
  const extension = extensionOf(template, request.path);
  if (!extension.ok) return extension;
  const hasOne = request.path.endsWith(extension.value);
  const path = freePath(workspace, view, hasOne ? request.path : request.path + extension.value);
  if (!path.ok) return path;
  const content = template.fill(namesOf(path.value, extension.value));
  return outcome({
    title: `create ${path.value}`,
    why: `It comes of the template for a ${template.names[0]}.`,
    action: {
      kind: 'file.write',
      path: path.value,
      content,
      ...(template.isExecutable ? { isExecutable: true } : {}),
    },
  });
}

/** That of the path, or the template's first one for a path without any. */
function extensionOf({ extensions, names }: Template, path: string): Result<string> {
  const own = extensions.find((extension) => path.endsWith(extension));
  if (own !== undefined) return ok(own);
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!name.includes('.') && name !== '') return ok(extensions[0] as string);
  return fail('usage', `${path} is no name for a ${names[0]}.`, {
    hint: `Such a file ends with ${extensions.join(' or ')}.`,
  });
}

export function createFolder(
  { workspace, view }: Sight,
  { path: named }: Request & { readonly kind: 'create-folder' },
): Result<Outcome> {
  const path = freePath(workspace, view, named);
  if (!path.ok) return path;
  return outcome({
    title: `create the folder ${path.value}`,
    why: 'A folder was asked for.',
    action: { kind: 'folder.create', path: path.value },
  });
}

/** A path at which nothing lies, below folders only. */
export function freePath(workspace: string, view: Sight['view'], named: string): Result<string> {
  const found = findPath(workspace, view, named);
  if (!found.ok) return found;
  const { path, thing } = found.value;
  if (path === '') return fail('denied', `${named} is the workspace itself.`);
  if (thing.kind !== 'absent') {
    return fail('invalid', `${path} is there already.`, { hint: 'Choose another name.' });
  }
  const above = path.split('/').slice(0, -1);
  for (let length = 1; length <= above.length; length += 1) {
    const folder = above.slice(0, length).join('/');
    const { kind } = view.look(folder);
    if (kind !== 'folder' && kind !== 'absent') {
      return fail('invalid', `${folder} is no folder, so nothing can lie below it.`);
    }
  }
  return ok(path);
}
