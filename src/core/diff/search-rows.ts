/** Where a searched text stands: in which row, and from where to where in it. */
export type Match = { readonly row: number; readonly from: number; readonly to: number };

const MAX_MATCHES = 10_000;

/** Letter case counts only where the searched text has a capital. */
export function searchRows(rows: Iterable<string>, query: string): readonly Match[] {
  if (query === '') return [];
  const isExact = query !== query.toLowerCase();
  const found: Match[] = [];
  let row = 0;
  for (const text of rows) {
    const lower = isExact ? text : text.toLowerCase();
    // A few letters change their length with their case; places would be wrong.
    const searched = lower.length === text.length ? lower : text;
    for (
      let at = searched.indexOf(query);
      at >= 0;
      at = searched.indexOf(query, at + query.length)
    ) {
      if (found.length >= MAX_MATCHES) return found;
      found.push({ row, from: at, to: at + query.length });
    }
    row++;
  }
  return found;
}
