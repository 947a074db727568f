import type { Access, AccessFact } from '../facts.ts';
import { baseName, parentOf, resolvePath } from '../paths/normalise.ts';
import { addFact, addTrait, type Context } from '../shell/evaluator.ts';
import { emptied, hasUnknown, isForeign, MARK, shown } from '../shell/marks.ts';

/** Reports an access from each possible working folder; gives the absolute paths. */
export function accessPath(
  context: Context,
  access: Access,
  path: string,
  by: string,
  isTree = false,
): readonly string[] {
  // No file has an empty name.
  if (path === '') return [];
  // `-o=x` is written `x` by most.
  const written = path.replace(/^=/, '').replace(/^file:(\/\/(localhost)?(?=\/)|\/\/(?=\.))?/i, '');
  if (isForeign(written) && access !== 'read' && access !== 'list') {
    addTrait(context, 'foreign-path', `${by} on a path that came from outside`);
  }
  if (namesAddress(written)) addTrait(context, 'names-address', `${by} ${shown(path)}`);
  const paths = [...new Set(context.state.cwds.map((cwd) => resolvePath(cwd, written)))];
  for (const full of paths)
    reportAccess(context, { about: 'access', access, path: full, isTree, by });
  // `html:out` and `lite:out` name a kind and a place.
  const behind = access === 'write' ? /^[\w.,=-]*:(?!\/\/)(.+)$/.exec(written)?.[1] : undefined;
  if (behind !== undefined) accessPath(context, 'write', behind, by, isTree);
  if (hasUnknown(written)) {
    addTrait(context, 'unknown-path', `${by} ${shown(path)}`);
    if (access === 'delete' || access === 'move' || (access === 'write' && isTree))
      judgeEmptied(context, emptied(written), by);
  }
  return paths;
}

/** An address on the network, where others name a file. */
export const namesAddress = (path: string): boolean =>
  /^(jar:)?(?!file:)[a-z][a-z0-9+.-]+:\/\//i.test(path);

/** A path that starts with something unknown could be any: the trait says so. */
function reportAccess(context: Context, fact: AccessFact): void {
  if (!fact.path.startsWith('/')) {
    addTrait(context, 'unknown-path', `${fact.by} ${shown(fact.path)}`);
    return;
  }
  addFact(context, fact);
  // Deleting all that lies in a folder is deleting the folder.
  const isAll =
    (fact.access === 'delete' || fact.access === 'move') &&
    fact.isTree &&
    ALL.has(baseName(fact.path));
  if (isAll) addFact(context, { ...fact, path: parentOf(fact.path) });
}

/** `*`, `?*` and `[!a]*`. */
const ALL = new Set<string>([MARK.star, MARK.one + MARK.star]);

/** `rm -rf "$dir"/*` with the variable not set: what then would be hit must not be the system. */
function judgeEmptied(context: Context, path: string, by: string): void {
  const isRoot = path.startsWith('/') && /^\/[\uE004-\uE006]*$/.test(resolvePath('/', path));
  if (isRoot) addTrait(context, 'maybe-root', `${by} ${shown(path)}`);
}
