export type Fitted = { readonly lines: readonly string[]; readonly more: number };

const MOST_CHARS = 400;

/** The first lines that are no more than so many bytes, each of a bounded length; at least one. */
export function fitLines(lines: readonly string[], mostBytes: number): Fitted {
  const kept: string[] = [];
  let left = mostBytes;
  for (const line of lines) {
    const cut = line.length > MOST_CHARS ? `${line.slice(0, MOST_CHARS)}…` : line;
    left -= bytesOf(cut) + 1;
    if (left < 0 && kept.length > 0) break;
    kept.push(cut);
  }
  return { lines: kept, more: lines.length - kept.length };
}

/** As UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
