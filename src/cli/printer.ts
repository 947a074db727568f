import { layoutBlock } from '../core/display/layout.ts';
import type { Surface } from '../core/display/line.ts';
import { type Coloring, paintLines } from '../core/display/paint.ts';
import { standsApart } from '../core/display/stands-apart.ts';
import type { Block, Failure, Json, Outcome, Progress, Result } from '../core/types.ts';

export type Streams = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
};

export type Printer = {
  readonly show: (block: Block) => void;
  readonly line: ((value: Json) => void) | null;
  readonly progress: (progress: Progress) => void;
  end(result: Result<Outcome>): void;
};

/** Readable text as it comes; failures go to standard error. */
export function createTextPrinter(streams: Streams, surface: Surface, coloring: Coloring): Printer {
  const text = (block: Block) => paintLines(layoutBlock(block, surface), coloring);
  let before: Block | null = null;
  return {
    show: (block) => {
      if (before !== null && standsApart(block, before)) streams.out('\n');
      before = block;
      (block.kind === 'failure' ? streams.err : streams.out)(text(block));
    },
    line: null,
    progress: progressOn(streams),
    end: (result) => {
      if (!result.ok) streams.err(text({ kind: 'failure', failure: result.error }));
    },
  };
}

/** One document when the command has ended, or one a line as they come. */
export function createJsonPrinter(streams: Streams, prints: 'document' | 'lines'): Printer {
  const print = (value: Json) => streams.out(`${JSON.stringify(value)}\n`);
  let lines = 0;
  return {
    show: () => {},
    line:
      prints === 'lines'
        ? (value) => {
            lines += 1;
            print(value);
          }
        : null,
    progress: progressOn(streams),
    end: (result) => {
      if (!result.ok) print({ error: describe(result.error) });
      else if (prints === 'document' || (lines === 0 && result.value.data !== null)) {
        print(result.value.data);
      }
    },
  };
}

const STEPS = 10;

/** A line for each tenth, beside what programs read. */
function progressOn({ err }: Streams): Printer['progress'] {
  let said = -1;
  return ({ what, done, total }) => {
    const step = total === 0 ? -1 : Math.floor((done * STEPS) / total);
    if (step > said) err(`${done} of ${total} ${what}\n`);
    said = Math.max(said, step);
  };
}

const describe = ({ code, message, hint }: Failure): Json => ({
  code,
  message,
  ...(hint === undefined ? {} : { hint }),
});
