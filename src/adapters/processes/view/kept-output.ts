/** The beginning and the end of a text that may go on for ever. */
export type KeptOutput = {
  add(text: string): void;
  output(): string;
  droppedBytes(): number;
};

/** Keeps up to `maxBytes` as UTF-8, half of them from the beginning; no character is torn. */
export function createKeptOutput(maxBytes: number): KeptOutput {
  const headBytes = Math.floor(maxBytes / 2);
  const tailBytes = maxBytes - headBytes;
  const head: Buffer[] = [];
  const tail: Buffer[] = [];
  let [inHead, inTail, cut] = [0, 0, 0];
  let isHeadFull = false;

  return {
    add(text) {
      let rest = Buffer.from(text, 'utf8');
      if (!isHeadFull) {
        const end = borderBefore(rest, headBytes - inHead);
        head.push(rest.subarray(0, end));
        inHead += end;
        isHeadFull = end < rest.length;
        rest = rest.subarray(end);
      }
      if (rest.length === 0) return;
      tail.push(rest);
      inTail += rest.length;
      // Whole pieces go as soon as the rest is enough; the last cut is made when it is asked for.
      while (tail.length > 1 && inTail - (tail[0] as Buffer).length >= tailBytes) drop();
      if (tail.length > MAX_PIECES) tail.splice(0, tail.length, Buffer.concat(tail));
    },
    output() {
      const { bytes, missing } = end();
      const before = Buffer.concat(head).toString('utf8');
      const after = bytes.toString('utf8');
      return missing === 0 ? before + after : `${before}\n[${missing} bytes left out]\n${after}`;
    },
    droppedBytes: () => end().missing,
  };

  function drop(): void {
    const gone = (tail.shift() as Buffer).length;
    inTail -= gone;
    cut += gone;
  }

  function end(): { readonly bytes: Buffer; readonly missing: number } {
    const all = Buffer.concat(tail);
    const start = borderAfter(all, Math.max(0, all.length - tailBytes));
    return { bytes: all.subarray(start), missing: cut + start };
  }
}

/** So that a program that writes byte by byte costs no object for each. */
const MAX_PIECES = 1000;

const isInside = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;

function borderBefore(bytes: Buffer, at: number): number {
  if (at >= bytes.length) return bytes.length;
  let border = Math.max(0, at);
  while (border > 0 && isInside(bytes[border])) border--;
  return border;
}

function borderAfter(bytes: Buffer, at: number): number {
  let border = at;
  while (isInside(bytes[border])) border++;
  return border;
}
