import * as crypto from 'node:crypto';

/** The SHA-256 of every line. Bytes are hashed where they lie, as a text of each costs as much. */
export function hashLines(texts: Uint8Array): readonly string[] {
  const bytes = Buffer.from(texts.buffer, texts.byteOffset, texts.length);
  const hashes: string[] = [];
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(LINE_BREAK, start);
    const end = found < 0 ? bytes.length : found;
    hashes.push(sha256(bytes.subarray(start, end)));
    start = end + 1;
  }
  return hashes;
}

const LINE_BREAK = 0x0a;

const sha256: (bytes: Uint8Array) => string =
  typeof crypto.hash === 'function'
    ? (bytes) => crypto.hash('sha256', bytes)
    : (bytes) => crypto.createHash('sha256').update(bytes).digest('hex');
