import { readSentence } from './read-sentence.ts';

/** What the rules read in a request, such as `rename-name`; null where they do not understand it. */
export function requestKind(text: string): string | null {
  const read = readSentence(text);
  if (!read.ok) return null;
  return [...new Set(read.value.map(({ request }) => request.kind))].sort().join('+');
}
