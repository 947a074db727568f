import { decodeStream } from './decode-stream.ts';
import { createKeptOutput } from './kept-output.ts';
import type { Started } from './start-program.ts';

/** All that a program says, and what its cage says. */
export type Heard = {
  /** When all of it was read. */
  readonly drained: Promise<unknown>;
  /** How much came so far, in pieces. */
  pieces(): number;
  stdout(): string;
  stderr(): string;
  output(): string;
  droppedBytes(): number;
  channel(): string;
  /** What the shell that should have started the program says instead of it. */
  refusal(): string;
  hasBegun(): boolean;
};

export function hearProgram(
  { stdout, stderr, channel }: Pick<Started, 'stdout' | 'stderr' | 'channel'>,
  { outputBytes, token }: { readonly outputBytes: number; readonly token: string },
  onText: (text: string) => void,
): Heard {
  const [fromOut, fromErr] = [createKeptOutput(outputBytes), createKeptOutput(outputBytes)];
  const both = createKeptOutput(2 * outputBytes);
  let [pieces, said, refused] = [0, '', ''];
  const hear = (text: string, kept: typeof both) => {
    const isRefusal = refused !== '' || (pieces === 0 && text.startsWith(`${token}: `));
    if (isRefusal) {
      refused = (refused + text).slice(0, MAX_TEXT);
      return;
    }
    pieces++;
    kept.add(text);
    both.add(text);
    onText(text);
  };
  const drained = Promise.all([
    decodeStream(stdout, (text) => hear(text, fromOut)),
    decodeStream(stderr, (text) => hear(text, fromErr)),
    decodeStream(channel, (text) => {
      said = (said + text).slice(0, MAX_TEXT);
    }),
  ]);
  return {
    drained,
    pieces: () => pieces,
    stdout: fromOut.output,
    stderr: fromErr.output,
    output: both.output,
    droppedBytes: () => fromOut.droppedBytes() + fromErr.droppedBytes(),
    channel: () => said,
    refusal: () => refused,
    // What it says itself may be read before what its cage said earlier, on another line.
    hasBegun: () => pieces > 0 || said.includes(`${token} began\n`),
  };
}

const MAX_TEXT = 16_384;
