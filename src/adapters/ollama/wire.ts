import type { WireRequest } from '../../core/models/exchange.ts';
import type { Result } from '../../core/types.ts';
import type { OllamaHost } from './host.ts';

/**
 * The way to a server. One goes over HTTP, one writes down what passes, one plays back what was
 * written down; who asks cannot tell them apart.
 */
export type Wire = {
  /**
   * Sends a request and returns when the reply begins, however long that takes: a model may have
   * to be loaded and a prompt to be read first, for minutes, without a sign of life.
   */
  send(host: OllamaHost, request: WireRequest, signal: AbortSignal): Promise<Result<WireAnswer>>;
};

export type WireAnswer = {
  readonly status: number;
  /**
   * The lines of the body, without their ends. A failure is the last of them. Time without a byte
   * is limited only from the first line on. Leaving the loop closes the connection.
   */
  lines(idleMs: number): AsyncIterable<Result<string>>;
  /** Closes the connection. */
  close(): void;
};
