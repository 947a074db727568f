import { failModel } from '../../core/models/trouble.ts';
import { fail } from '../../core/result.ts';
import type { Failure } from '../../core/types.ts';
import type { OllamaHost } from './host.ts';

type Failed = { readonly ok: false; readonly error: Failure };

/** Nothing came for so long that nothing will come. */
export class SilentError extends Error {
  readonly idleMs: number;
  constructor(idleMs: number) {
    super('nothing came for too long');
    this.idleMs = idleMs;
  }
}

/** Why no reply began. */
export function explainError(host: OllamaHost, error: unknown, signal: AbortSignal): Failed {
  if (signal.aborted) return cancelled(error);
  const code = codeOf(error);
  const why = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return failModel('unreachable', `Ollama does not answer at ${host.name}: ${why}.`, {
    cause: error,
  });
}

/** Why a reply that had begun broke off. */
export function explainBreak(host: OllamaHost, error: unknown, signal: AbortSignal): Failed {
  if (signal.aborted) return cancelled(error);
  if (error instanceof SilentError) {
    const seconds = Math.round(error.idleMs / 100) / 10;
    return failModel('silent', `Nothing came for ${seconds} seconds in the middle of a reply.`, {
      hint: 'Ask again. If it happens often, look at the log of the server, or use a smaller model.',
      cause: error,
    });
  }
  return failModel('cut', `The server at ${host.name} closed the connection in the middle.`, {
    hint: 'Ask again. Its log says why: it may have run out of memory, or been stopped.',
    cause: error,
  });
}

const cancelled = (cause: unknown): Failed => fail('cancelled', 'Cancelled.', { cause });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name cannot be looked up',
  ECONNRESET: 'it closed the connection',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};
