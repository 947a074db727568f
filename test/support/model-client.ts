import { createModelClient } from '../../src/adapters/ollama/client.ts';
import type { ClientOptions } from '../../src/adapters/ollama/client-parts.ts';
import { troubleOf } from '../../src/core/models/trouble.ts';
import type {
  ChatEnd,
  ChatPiece,
  ChatRequest,
  ModelTrouble,
  Result,
} from '../../src/core/types.ts';
import type { ModelClient } from '../../src/ports.ts';

export const clock = { monotonicMs: () => performance.now() };
export const never = new AbortController().signal;

export function openClient(hosts: string, more: Partial<ClientOptions> = {}): ModelClient {
  const client = createModelClient({ hosts, mayLeaveMachine: false, clock, ...more });
  if (!client.ok) throw new Error(client.error.message);
  return client.value;
}

/** A request for plain text, without chance and without thinking. */
export const asking = (text: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'tiny',
  messages: [{ role: 'user', text }],
  output: { kind: 'text' },
  thinking: false,
  ...more,
});

export type Heard = {
  readonly pieces: readonly ChatPiece[];
  readonly kinds: readonly ChatPiece['kind'][];
  readonly text: string;
  readonly thinking: string;
  readonly end: Result<ChatEnd>;
  /** Of an end that is a failure. */
  readonly trouble: ModelTrouble | 'cancelled' | undefined;
};

/** All of a chat; that there is one end, and that it is the last, is asked of every chat. */
export async function hear(
  client: ModelClient,
  request: ChatRequest,
  signal: AbortSignal = never,
  onPiece: (piece: ChatPiece) => void = () => {},
): Promise<Heard> {
  const pieces: ChatPiece[] = [];
  for await (const piece of client.chat(request, signal)) {
    pieces.push(piece);
    onPiece(piece);
  }
  const ends = pieces.filter((piece) => piece.kind === 'end');
  const last = pieces.at(-1);
  if (ends.length !== 1 || last?.kind !== 'end') throw new Error('a chat without one end');
  return {
    pieces,
    kinds: pieces.map((piece) => piece.kind).filter((kind, at, all) => kind !== all[at - 1]),
    text: pieces.map((piece) => (piece.kind === 'text' ? piece.text : '')).join(''),
    thinking: pieces.map((piece) => (piece.kind === 'thinking' ? piece.text : '')).join(''),
    end: last.result,
    trouble: troubleIn(last.result),
  };
}

export function troubleIn(result: Result<unknown>): Heard['trouble'] {
  if (result.ok) return undefined;
  return result.error.code === 'cancelled' ? 'cancelled' : troubleOf(result.error);
}
