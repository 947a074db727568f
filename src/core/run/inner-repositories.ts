import { fail, ok } from '../result.ts';
import type { GitSetting } from './git-settings.ts';
import { LOOK, listSettings, readOnly, type Search, tooLong } from './list-settings.ts';

/**
 * The settings of all repositories inside of one: of those whose files are here, and of those that
 * only lie ready in its store. git runs itself in them, and what is set on its command line holds
 * there as well, so the names of their programs are all that has to be known.
 */
export function* listInside(located: readonly string[]): Search<readonly GitSetting[]> {
  const settings: GitSetting[] = [];
  const visited = new Set<string>();
  const listed = new Set<string>();
  const pending: (readonly string[])[] = [located];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = yield* locate(next);
    if (!found.ok) return found;
    if (found.value === null || visited.has(found.value.store)) continue;
    const { store, common, top } = found.value;
    visited.add(store);
    const isNew = !listed.has(store);
    listed.add(store);
    if (next !== located && isNew) {
      const own = yield* listSettings(next);
      if (!own.ok) return own;
      settings.push(...(own.value ?? []));
    }
    // A store that lies in another one was found along with it.
    const stores = isNew ? yield* findStores(common) : ok([]);
    if (!stores.ok) return stores;
    for (const each of stores.value) {
      if (listed.has(each)) continue;
      listed.add(each);
      if (listed.size > MOST_REPOSITORIES) return tooMany();
      const own = yield* listSettings(['--git-dir', each]);
      if (!own.ok) return own;
      settings.push(...(own.value ?? []));
    }
    const inner = yield* findGitlinks(next);
    if (!inner.ok) return inner;
    pending.push(...inner.value.map((path) => ['-C', `${top}/${path}`]));
    if (visited.size + pending.length > MOST_REPOSITORIES) return tooMany();
  }
  return ok(settings);
}

const MOST_REPOSITORIES = 200;

const tooMany = () =>
  fail('limit', `More than ${MOST_REPOSITORIES} repositories lie inside of this one.`, {
    hint: LOOK,
  });

const unnamable = () =>
  fail('denied', 'A repository has a path that git’s answers cannot be split at.', {
    hint: 'Rename folders whose names have a line break, or are no UTF-8.',
  });

type Located = { readonly store: string; readonly common: string; readonly top: string };

/** Null where there is none, or none with files. */
function* locate(located: readonly string[]): Search<Located | null> {
  const which = ['--absolute-git-dir', '--git-common-dir', '--show-toplevel'];
  const said = yield readOnly(located, ['rev-parse', '--path-format=absolute', ...which]);
  if (said.exitCode !== 0) return ok(null);
  const lines = (said.stdout ?? '').split('\n');
  const [store = '', common = '', top = ''] = lines;
  if (lines.length !== 4 || !isWhole(lines.join(''))) return unnamable();
  return ok({ store, common, top });
}

/** The stores inside a store, also those of repositories whose files are not here. */
function* findStores(common: string): Search<readonly string[]> {
  const globs = [':(glob)modules/**/config', ':(glob)worktrees/*/modules/**/config'];
  const words = ['grep', '--no-index', '-l', '-z', '-e', '', '--', ...globs];
  const said = yield readOnly(['-C', common, '--git-dir=.'], words);
  if (said.stdout === null) return tooLong();
  if (said.exitCode !== 0 && said.exitCode !== NONE_FOUND) return fail('failed', UNREADABLE);
  if (!isWhole(said.stdout)) return unnamable();
  const files = said.stdout.split('\0').filter((file) => file !== '');
  return ok(files.map((file) => `${common}/${file.slice(0, -'/config'.length)}`));
}

const NONE_FOUND = 1;
const UNREADABLE = 'git cannot tell which repositories lie inside of this one.';

/** The folders that the index knows as repositories. */
function* findGitlinks(located: readonly string[]): Search<readonly string[]> {
  const said = yield readOnly(located, ['ls-files', '-s', '-z', '--full-name', '--', ':/']);
  if (said.stdout === null) return tooLong();
  if (said.exitCode !== 0) return fail('failed', UNREADABLE);
  const links = said.stdout.split('\0').filter((entry) => entry.startsWith(GITLINK));
  const paths = links.map((entry) => entry.slice(entry.indexOf('\t') + 1));
  return paths.every(isWhole) ? ok([...new Set(paths)]) : unnamable();
}

const GITLINK = '160000 ';

/** Whether no byte was replaced when it became a text. */
const isWhole = (text: string): boolean => !text.includes('\ufffd');
