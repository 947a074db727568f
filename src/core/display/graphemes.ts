/** What a person takes for one character each. */
export function segment(text: string): readonly string[] {
  const all: string[] = [];
  for (let at = 0; at < text.length; ) {
    const chunk = segmentChunk(text.slice(at, at + CHUNK));
    // The last one may go on in the next chunk.
    const isCut = at + CHUNK < text.length && chunk.length > 1;
    const whole = isCut ? chunk.slice(0, -1) : chunk;
    for (const part of whole) at += part.length;
    all.push(...whole);
  }
  return all;
}

/**
 * As `width` says, but in a moment also for a very long text, for which it takes a time that
 * grows with the square of the length: by its characters, each measured once.
 */
export function measureQuickly(width: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  const remember = (part: string): number => {
    const cells = known.get(part) ?? width(part);
    known.set(part, cells);
    return cells;
  };
  return (text) => {
    if (text.length <= SHORT) return remember(text);
    if (text.length <= CHUNK || /^[\x20-\x7e]*$/.test(text)) return width(text);
    return segment(text).reduce((sum, part) => sum + remember(part), 0);
  };
}

/** No longer than a character may well be. */
const SHORT = 4;
const CHUNK = 512;

let segmenter: Intl.Segmenter | null = null;

// Made at its first use: it costs time that the first prompt has not got.
function segmentChunk(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
