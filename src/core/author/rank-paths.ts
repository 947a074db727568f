/** Files whose names have to do with a request, the nearest first. */
export function rankPaths(request: string, paths: readonly string[]): readonly string[] {
  const wanted = new Set(wordsIn(request).filter((word) => !COMMON.has(word)));
  if (wanted.size === 0) return [];
  return paths
    .map((path) => ({ path, score: score(path, wanted) }))
    .filter((each) => each.score > 0)
    .sort(
      (a, b) => b.score - a.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1),
    )
    .slice(0, MOST)
    .map(({ path }) => path);
}

const MOST = 12;
const COMMON = new Set(
  `add all and any are but can change code each else file files for from has have how into its like
  line make more name new not now old one only other out same should so some src such test tests than
  that the then there these this use used using what when where which with write`.split(/\s+/),
);

function score(path: string, wanted: ReadonlySet<string>): number {
  const names = path.split('/');
  const own = wordsIn((names.at(-1) as string).replace(/\.\w+$/, ''));
  const above = names.slice(0, -1).flatMap(wordsIn);
  const hits = own.filter((word) => wanted.has(word)).length;
  const near = above.filter((word) => wanted.has(word)).length;
  if (hits === 0 && near === 0) return 0;
  // A name that says little else is more likely meant.
  return hits * 4 + near + (hits > 0 ? hits / own.length : 0) - (NO_CODE.test(path) ? 3 : 0);
}

const NO_CODE = /\.(lock|min\.\w+|map|snap|svg|png|jpe?g|gif|ico|pdf|zip|gz|woff2?)$|lock\.\w+$/i;

/** Words of a text or a name, without their plural, in small letters. */
function wordsIn(text: string): readonly string[] {
  const words = text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .match(/[\p{L}\d]{2,}/gu);
  return (words ?? []).map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word));
}

/** Names of things in code that a request speaks of. */
export function namesIn(request: string): readonly string[] {
  const ticked = [...request.matchAll(/`([\p{L}_$][\p{L}\p{N}_$.]*)(?:\(\))?`/gu)].map(
    ([, name]) => (name as string).split('.').at(-1) as string,
  );
  const odd = request.match(
    /(?<![\p{L}\p{N}_$./-])(?:[\p{L}$]+_[\p{L}\p{N}_$]+|\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}_$]*|\p{Lu}\p{Ll}[\p{L}\p{N}]*\p{Lu}[\p{L}\p{N}_$]*|[\p{L}_$][\p{L}\p{N}_$]*(?=\())/gu,
  );
  return [...new Set([...ticked, ...(odd ?? [])])].filter((name) => name.length > 2).slice(0, 8);
}
