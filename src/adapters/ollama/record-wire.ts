import type { Exchange, WireLine, WireReply, WireRequest } from '../../core/models/exchange.ts';
import type { Result } from '../../core/types.ts';
import type { Clock } from '../../ports.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** What is held of one reply while it comes; one that is longer is not worth that. */
const MAX_LINES = 100_000;
const MAX_CHARS = 8 * 1024 * 1024;

/**
 * Hands on what passes, and writes it down: each request with the lines of its reply and when they
 * came. `onExchange` is told once, when the reply is over, however it ended; `isWhole` is false
 * where there was more than is held.
 */
export function recordWire(
  wire: Wire,
  clock: Pick<Clock, 'monotonicMs'>,
  onExchange: (exchange: Exchange, isWhole: boolean) => void,
): Wire {
  return {
    async send(host, request, signal) {
      const started = clock.monotonicMs();
      const sent = await wire.send(host, request, signal);
      if (!sent.ok) {
        const end = sent.error.code === 'cancelled' ? 'aborted' : 'cut';
        onExchange({ request, reply: { status: 0, lines: [], end }, host: host.name }, true);
        return sent;
      }
      const note = { request, host: host.name, started, clock, onExchange };
      return { ok: true, value: recorded(sent.value, note) };
    },
  };
}

type Note = {
  readonly request: WireRequest;
  readonly host: string;
  readonly started: number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  onExchange(exchange: Exchange, isWhole: boolean): void;
};

function recorded(answer: WireAnswer, note: Note): WireAnswer {
  return {
    status: answer.status,
    lines: (idleMs) => pass(answer, answer.lines(idleMs), note),
    close: answer.close,
  };
}

async function* pass(
  answer: WireAnswer,
  lines: AsyncIterable<Result<string>>,
  { request, host, started, clock, onExchange }: Note,
): AsyncIterable<Result<string>> {
  const kept: WireLine[] = [];
  let chars = 0;
  let isWhole = true;
  // Whoever leaves the loop has heard enough.
  let end: WireReply['end'] = 'aborted';
  try {
    for await (const line of lines) {
      if (line.ok) {
        chars += line.value.length;
        isWhole &&= kept.length < MAX_LINES && chars <= MAX_CHARS;
        if (isWhole) {
          kept.push({ afterMs: Math.round(clock.monotonicMs() - started), text: line.value });
        }
      }
      if (!line.ok) end = line.error.code === 'cancelled' ? 'aborted' : 'cut';
      yield line;
      if (!line.ok) return;
    }
    end = 'complete';
  } finally {
    const reply = { status: answer.status, lines: kept, end: endOf(end, kept) };
    onExchange({ request, reply, host }, isWhole);
  }
}

/** The last line of an answer is its end: whoever reads it waits for nothing more. */
const endOf = (end: WireReply['end'], lines: readonly WireLine[]): WireReply['end'] =>
  end === 'aborted' && /"done":\s*true/.test(lines.at(-1)?.text ?? '') ? 'complete' : end;
