import type { Sight } from './outcome.ts';
import { nothingSkipped, readCandidates } from './read-candidates.ts';
import { nameSome } from './remarks.ts';

/** Looking through every file for every one of them would take too long. */
const MAX_SOUGHT = 20;
const MAX_FILES = 20_000;

/** Which files import a file that moves or goes, and that nothing is done about it. */
export async function importPoints(
  sight: Sight,
  path: string,
  to: string | null,
  among: number,
): Promise<readonly string[]> {
  if (among > MAX_SOUGHT || sight.view.look(path).kind !== 'file') return [];
  const importers = await findImporters(sight, path);
  const open =
    importers.length === 0
      ? []
      : [`${path} is imported by ${nameSome(importers)}; that is not changed.`];
  const isElsewhere = to !== null && folderOf(to) !== folderOf(path);
  const own = isElsewhere ? await ownImports(sight, path) : 0;
  return own === 0
    ? open
    : [...open, `${path} imports by relative paths (${own}); they are not changed.`];
}

/** By a plain search for what would lead there from each file. */
async function findImporters(sight: Sight, path: string): Promise<readonly string[]> {
  const files = await sight.view.files(sight.signal);
  if (!files.ok) return [];
  const others = files.value
    .filter((each) => each !== path && !IS_PROSE.test(each))
    .slice(0, MAX_FILES)
    .map((each) => ({ path: each, isNamed: false }));
  const wanted = withoutEnding(path);
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  const needle = name === 'index' || name === '__init__' ? null : Buffer.from(name);
  const found: string[] = [];
  for await (const { path: importer, text } of readCandidates(
    sight,
    others,
    needle,
    nothingSkipped(),
  )) {
    if (specifiersIn(importer, text).some((specifier) => leadsTo(importer, specifier, path))) {
      found.push(importer);
    }
  }
  return found;
}

const IS_PROSE = /\.(?:md|txt|json|lock|log|csv|svg)$/i;

async function ownImports(sight: Sight, path: string): Promise<number> {
  const files = [{ path, isNamed: true }];
  for await (const { text } of readCandidates(sight, files, null, nothingSkipped())) {
    return specifiersIn(path, text).filter((specifier) => /^\.{1,2}\//.test(specifier)).length;
  }
  return 0;
}

/** Whatever stands in quotes and looks like a path; modules of Python without quotes. */
function specifiersIn(path: string, text: string): readonly string[] {
  const quoted = [...text.matchAll(/["'(`<]([\w./@~-]{1,300})["')`>]/g)].map((match) => match[1]);
  const modules = path.endsWith('.py')
    ? [...text.matchAll(/^\s*(?:from|import)\s+([\w.]{1,300})/gm)].map((match) => asPath(match[1]))
    : [];
  return [...quoted, ...modules].filter((each) => each !== undefined);
}

/** `..pkg.words` is `../pkg/words`; without a dot in front it begins anywhere. */
function asPath(module: string | undefined): string | undefined {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(module ?? '') ?? [];
  const names = rest.replaceAll('.', '/');
  return dots === '' ? `/${names}` : `./${'../'.repeat(dots.length - 1)}${names}`;
}

function leadsTo(importer: string, specifier: string, path: string): boolean {
  const targets = [
    path,
    withoutEnding(path),
    withoutEnding(path).replace(/\/(?:index|__init__)$/, ''),
  ];
  if (specifier.startsWith('/')) {
    return targets.some((target) => `/${target}`.endsWith(specifier));
  }
  const from = resolve(folderOf(importer), specifier);
  return targets.includes(from) || targets.includes(withoutEnding(from));
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const withoutEnding = (path: string): string => path.replace(/(?<=[^/])\.[^./]+$/, '');

function resolve(folder: string, specifier: string): string {
  const kept = folder === '' ? [] : folder.split('/');
  for (const name of specifier.split('/')) {
    if (name === '..') kept.pop();
    else if (name !== '.' && name !== '') kept.push(name);
  }
  return kept.join('/');
}
