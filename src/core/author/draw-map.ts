/**
 * The files of a project in so many tokens: whole folders where they fit, those that matter first.
 * What is left out is counted.
 */
export function drawMap(
  paths: readonly string[],
  near: readonly string[],
  budgetTokens: number,
  estimate: (text: string) => number,
): string {
  const first = new Set(near);
  const folders = new Set(near.map(folderOf));
  const rank = (path: string): number => {
    if (first.has(path)) return 0;
    if (folders.has(folderOf(path))) return 1;
    return HIDDEN.test(path) ? 100 : 2 + path.split('/').length;
  };
  const ordered = paths
    .slice(0, MOST_PATHS)
    .map((path) => ({ path, rank: rank(path) }))
    .sort((a, b) => a.rank - b.rank);
  const kept: string[] = [];
  let left = budgetTokens;
  for (const { path } of ordered) {
    left -= estimate(path) + 1;
    if (left < 0) break;
    kept.push(path);
  }
  const more = paths.length - kept.length;
  return [...kept.sort(), ...(more > 0 ? [`(and ${more} more files)`] : [])].join('\n');
}

const MOST_PATHS = 5000;
const HIDDEN =
  /(^|\/)\.|(^|\/)(dist|build|target|vendor|coverage|out)\/|\.(lock|snap|map)$|lock\.\w+$/;
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
