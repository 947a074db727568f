import { ok } from '../../../core/result.ts';
import { SCHEMA_CASES, TRIAL_SCHEMA } from '../../../core/trial/schema-cases.ts';
import {
  judgeCalls,
  TOOL_CASES,
  TRIAL_TOOLS,
  toolMessages,
} from '../../../core/trial/tool-cases.ts';
import { count, NOTHING_TRIED, type Tally } from '../../../core/trial/trials.ts';
import type { Result } from '../../../core/types.ts';
import type { Answer, Bench, Talker, Wish } from './open-bench.ts';

export type Counted = { readonly tally: Tally; readonly isWhole: boolean };
type Answered = Answer & { readonly kind: 'answered' };

/** Asks all of it, as far as there is time, and counts what comes out right. */
async function countAnswers(
  bench: Bench,
  talker: Talker,
  wishes: readonly Wish[],
  problemOf: (answer: Answered, at: number) => string | null,
): Promise<Result<Counted>> {
  let tally = NOTHING_TRIED;
  for (const [at, wish] of wishes.entries()) {
    const answer = await bench.ask(talker, wish);
    if (answer.kind === 'failed') return { ok: false, error: answer.error };
    if (answer.kind === 'no-time') return ok({ tally, isWhole: false });
    tally = count(tally, answer.kind === 'wrong' ? answer.why : problemOf(answer, at));
  }
  return ok({ tally, isWhole: true });
}

const SHORT = { maxTokens: 200, expectedTokens: 40 } as const;

/** Whether an answer fits its schema was looked at when it came. */
export const trySchema = (bench: Bench, talker: Talker, until: number): Promise<Result<Counted>> =>
  countAnswers(
    bench,
    talker,
    SCHEMA_CASES.map((messages) => ({
      messages,
      output: { kind: 'schema', schema: TRIAL_SCHEMA },
      ...SHORT,
      until,
    })),
    ({ end }) => (end.why === 'stop' ? null : 'The answer broke off.'),
  );

/** `native` counts only what the server itself has noticed: its own form is what it goes on with. */
export const tryTools = (
  bench: Bench,
  talker: Talker,
  form: 'native' | 'text',
  until: number,
): Promise<Result<Counted>> =>
  countAnswers(
    bench,
    talker,
    TOOL_CASES.map((tool) => ({
      messages: toolMessages(tool, form),
      output: { kind: 'tools', tools: TRIAL_TOOLS, form },
      ...SHORT,
      until,
    })),
    ({ calls }, at) => {
      if (form === 'native' && calls.some(({ isFromText }) => isFromText)) {
        return 'It wrote the call out as text.';
      }
      const made = calls.map(({ call }) => call);
      return judgeCalls(made, TOOL_CASES[at] as (typeof TOOL_CASES)[number]);
    },
  );
