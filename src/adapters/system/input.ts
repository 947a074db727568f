import type { Readable } from 'node:stream';
import type { Input } from '../../ports.ts';

/** A text that comes through a stream, in whole or line by line. */
export function createInput(stream: Readable): Input {
  return {
    async text() {
      let text = '';
      for await (const piece of pieces(stream)) {
        text += piece;
        if (text.length > MAX_TEXT)
          throw new Error(`The input is longer than ${MAX_TEXT} characters.`);
      }
      return text;
    },
    async *lines() {
      let rest = '';
      for await (const piece of pieces(stream)) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > MAX_TEXT)
          throw new Error(`A line is longer than ${MAX_TEXT} characters.`);
        for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
      }
      if (rest !== '') yield rest;
    },
  };
}

const MAX_TEXT = 64_000_000;

/** Decoded so that no character is torn where one piece ends. */
function pieces(stream: Readable): AsyncIterable<string> {
  stream.setEncoding('utf8');
  return stream;
}
