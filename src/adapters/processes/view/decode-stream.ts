import type { Readable } from 'node:stream';

/**
 * Passes on what comes as text until the stream is closed. A character whose bytes come in two
 * pieces is put together, and what is no UTF-8 is replaced.
 */
export function decodeStream(stream: Readable, onText: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pass = (text: string) => {
    if (text !== '') onText(text);
  };
  return new Promise((resolve) => {
    stream.on('data', (bytes: Buffer) => pass(decoder.decode(bytes, { stream: true })));
    stream.on('error', () => {});
    stream.once('close', () => {
      pass(decoder.decode());
      resolve();
    });
  });
}
