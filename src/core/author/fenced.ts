/** A text between fences that are longer than any that stands in it: it cannot leave them. */
export function fenced(text: string, info = ''): string {
  const marks = '`'.repeat(Math.max(3, longestFence(text) + 1));
  const end = text === '' || text.endsWith('\n') ? '' : '\n';
  return `${marks}${info}\n${text}${end}${marks}`;
}

export const longestFence = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`{3,}/g)].map(([marks]) => marks.length));

/** What stands behind a fence for a file of this name. */
export const languageOf = (path: string): string => /\.(\w{1,12})$/.exec(path)?.[1] ?? '';
