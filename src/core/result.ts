import type { Failure, FailureCode, Json, Result } from './types.ts';

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const fail = (
  code: FailureCode,
  message: string,
  more: { readonly hint?: string; readonly data?: Json; readonly cause?: unknown } = {},
): { readonly ok: false; readonly error: Failure } => ({
  ok: false,
  error: { code, message, ...more },
});
