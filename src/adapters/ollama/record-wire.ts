import type { Exchange, WireLine, WireReply, WireRequest } from '../../core/models/exchange.ts';
import type { Result } from '../../core/types.ts';
import type { Clock } from '../../ports.ts';
import type { Wire, WireAnswer } from './wire.ts';

/** What is written down of one reply; a talk that is longer was not worth that. */
const MAX_LINES = 100_000;

/**
 * Hands on what passes, and writes it down: each request with the lines of its reply and when they
 * came. `onExchange` is told once, when the reply is over, however it ended.
 */
export function recordWire(
  wire: Wire,
  clock: Pick<Clock, 'monotonicMs'>,
  onExchange: (exchange: Exchange) => void,
): Wire {
  return {
    async send(host, request, signal) {
      const started = clock.monotonicMs();
      const sent = await wire.send(host, request, signal);
      if (!sent.ok) {
        const end = sent.error.code === 'cancelled' ? 'aborted' : 'cut';
        onExchange({ request, reply: { status: 0, lines: [], end } });
        return sent;
      }
      const note = { request, started, clock, onExchange };
      return { ok: true, value: recorded(sent.value, note) };
    },
  };
}

type Note = {
  readonly request: WireRequest;
  readonly started: number;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  onExchange(exchange: Exchange): void;
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
  { request, started, clock, onExchange }: Note,
): AsyncIterable<Result<string>> {
  const kept: WireLine[] = [];
  // Whoever leaves the loop has heard enough.
  let end: WireReply['end'] = 'aborted';
  try {
    for await (const line of lines) {
      if (line.ok && kept.length < MAX_LINES) {
        kept.push({ afterMs: Math.round(clock.monotonicMs() - started), text: line.value });
      }
      if (!line.ok) end = line.error.code === 'cancelled' ? 'aborted' : 'cut';
      yield line;
      if (!line.ok) return;
    }
    end = 'complete';
  } finally {
    onExchange({ request, reply: { status: answer.status, lines: kept, end: endOf(end, kept) } });
  }
}

/** The last line of an answer is its end: whoever reads it waits for nothing more. */
const endOf = (end: WireReply['end'], lines: readonly WireLine[]): WireReply['end'] =>
  end === 'aborted' && /"done":\s*true/.test(lines.at(-1)?.text ?? '') ? 'complete' : end;
