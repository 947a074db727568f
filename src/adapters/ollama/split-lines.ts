import { failModel } from '../../core/models/trouble.ts';
import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';

/** A server's own bound for a line is 8 MB. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * The lines of a stream of bytes, blank ones left out. A line is decoded as a whole, so that no
 * character is torn where two chunks meet. `onMore` is told of bytes that ended no line.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer>,
  onMore: () => void = () => {},
): AsyncIterable<Result<string>> {
  let held: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      const text = decode([...held, chunk.subarray(from, end)]);
      held = [];
      length = 0;
      from = end + 1;
      if (text !== '') yield ok(text);
    }
    if (from === chunk.length) continue;
    held.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > MAX_LINE_BYTES) {
      yield failModel('malformed', 'The server sends a line that is too long.');
      return;
    }
    if (from > 0 || held.length > 1) onMore();
  }
  const text = decode(held);
  if (text !== '') yield ok(text);
}

const NEWLINE = 0x0a;

const decode = (parts: readonly Buffer[]): string =>
  (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)).toString('utf8').trim();
