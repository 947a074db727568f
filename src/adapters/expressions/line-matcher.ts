import { createContext, Script } from 'node:vm';
import { fail, ok } from '../../core/result.ts';
import type { LineMatcher } from '../../ports.ts';

const MOST_MS = 250;
const MOST_EXPRESSION = 400;

/** Matches in a context that can be stopped: an expression may take for ever over a few letters. */
export function createLineMatcher(mostMs = MOST_MS): LineMatcher {
  return {
    match(expression, isExact, lines, most) {
      if (expression.length > MOST_EXPRESSION) {
        return fail('usage', `The expression has more than ${MOST_EXPRESSION} characters.`);
      }
      const context = createContext(
        { expression, flags: isExact ? 'u' : 'iu', text: lines.join('\n'), most },
        { codeGeneration: { strings: false, wasm: false } },
      );
      try {
        const found: unknown = MATCH.runInContext(context, { timeout: mostMs });
        return ok(String(found).split(',').filter(Boolean).map(Number));
      } catch (cause) {
        if (codeOf(cause) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') {
          return fail('limit', 'The expression takes too long.', {
            hint: 'Search for a plain text, or for less at once.',
          });
        }
        const message = cause instanceof Error || isErrorLike(cause) ? cause.message : '';
        return fail('usage', `That is no regular expression: ${message}`, { cause });
      }
    },
  };
}

/** Nothing but a text comes out of it, and nothing but texts and a number went in. */
const MATCH = new Script(`
  const wanted = new RegExp(expression, flags);
  const found = [];
  let at = 0;
  for (const line of text.split('\\n')) {
    at += 1;
    if (wanted.test(line)) found.push(at);
    if (found.length >= most) break;
  }
  found.join();
`);

const isErrorLike = (cause: unknown): cause is { readonly message: string } =>
  typeof cause === 'object' &&
  cause !== null &&
  'message' in cause &&
  typeof cause.message === 'string';

const codeOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
