import type { WireReply } from '../../../src/core/models/exchange.ts';
import type { Json, JsonObject } from '../../../src/core/types.ts';

/** What a scripted model says to one request, in the words of a person; or as it was recorded. */
export type Spoken = {
  readonly thinks?: string;
  readonly says?: string;
  /** Said as JSON. */
  readonly json?: Json;
  readonly calls?: readonly { readonly tool: string; readonly values: JsonObject }[];
  /** Silence before the first piece, while the prompt is read. */
  readonly firstMs?: number;
  readonly pieceMs?: number;
  /** How the text is divided; by words where nothing is said. */
  readonly pieces?: readonly string[];
  readonly reason?: 'stop' | 'length';
  /** Counted where nothing is said. */
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  readonly fault?: Fault;
};

/** Everything that goes wrong. The number says after how many pieces. */
export type Fault =
  /** A status and an error before anything was said. */
  | { readonly kind: 'status'; readonly status: number; readonly error: string }
  /** An error in the stream, where the status was that of success. */
  | { readonly kind: 'error'; readonly after: number; readonly error: string }
  /** The connection is torn. */
  | { readonly kind: 'cut'; readonly after: number }
  /** The stream ends as if all were well, without `done`. */
  | { readonly kind: 'end'; readonly after: number }
  /** Nothing more comes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly after: number }
  | { readonly kind: 'garbage'; readonly after: number; readonly line: string }
  /** The pieces begin anew for ever. */
  | { readonly kind: 'repeat' }
  /** The bytes come in chunks of this size, torn anywhere. */
  | { readonly kind: 'tear'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly to: string };

export type Reply = Spoken | WireReply;

export const isRecorded = (reply: Reply): reply is WireReply => 'lines' in reply;

/** What is streamed, piece by piece. */
export type Piece = {
  readonly thinking?: string;
  readonly content?: string;
  readonly calls?: Json;
};

export function piecesOf(reply: Spoken): readonly Piece[] {
  const text = reply.json === undefined ? (reply.says ?? '') : JSON.stringify(reply.json, null, 1);
  const calls = (reply.calls ?? []).map(({ tool, values }, index) => ({
    id: `call_${index}`,
    function: { index, name: tool, arguments: values },
  }));
  return [
    ...split(reply.thinks ?? '').map((thinking) => ({ content: '', thinking })),
    ...(reply.pieces ?? split(text)).map((content) => ({ content })),
    ...calls.map((call) => ({ content: '', calls: [call] })),
  ];
}

/** Tokens of a kind: words with the blank before them, in parts of six letters. */
export const split = (text: string): readonly string[] =>
  text.match(/ ?[A-Za-z]{1,6}|[0-9]{1,3}|\s+|[^A-Za-z0-9\s]/g) ?? [];
