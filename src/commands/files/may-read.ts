import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

/** How a refusal and a question are put. */
export type ReadingWords = {
  readonly refused: string;
  readonly leftOut: string;
  readonly asks: string;
  readonly yes: string;
};

const WORDS: ReadingWords = {
  refused: 'was not read',
  leftOut: 'was not read',
  asks: 'This would show',
  yes: 'show it',
};

/**
 * Whether the policy lets a file be read. What was only found must be allowed; for what a person
 * named they are asked where the policy asks.
 */
export async function mayRead(
  path: string,
  { readers, situation, ask }: CommandContext,
  how: 'named' | 'found',
  words: ReadingWords = WORDS,
): Promise<Result<void>> {
  const decided = readers.policy.decide({ kind: 'file.read', path }, situation);
  if (!decided.ok) return decided;
  const { verdict, because } = decided.value;
  if (verdict === 'allow') return ok(undefined);
  const [why] = because;
  const reason = why === undefined ? '' : `: ${why.reason} (${why.rule})`;
  if (verdict === 'deny' || how === 'found') {
    return fail('denied', `${path} ${words.refused}${reason}.`);
  }
  const answer = await ask({
    kind: 'choice',
    text: `${words.asks} ${path}${reason}.`,
    choices: [
      { key: 'y', label: words.yes },
      { key: 'n', label: 'leave it out' },
    ],
  });
  if (answer === 'y') return ok(undefined);
  return fail('needs-approval', `${path} ${words.leftOut}${reason}.`);
}
