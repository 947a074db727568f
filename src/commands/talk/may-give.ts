import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';

/**
 * Whether the policy lets a file go to a model. What was only found must be allowed; for what a
 * person named they are asked where the policy asks.
 */
export async function mayGive(
  path: string,
  { readers, situation, ask }: CommandContext,
  how: 'named' | 'found',
): Promise<Result<void>> {
  const decided = readers.policy.decide({ kind: 'file.read', path }, situation);
  if (!decided.ok) return decided;
  const { verdict, because } = decided.value;
  if (verdict === 'allow') return ok(undefined);
  const [why] = because;
  const reason = why === undefined ? '' : `: ${why.reason} (${why.rule})`;
  if (verdict === 'deny' || how === 'found') {
    return fail('denied', `${path} was not given to the model${reason}.`);
  }
  const answer = await ask({
    kind: 'choice',
    text: `The model would read ${path}${reason}.`,
    choices: [
      { key: 'y', label: 'let it' },
      { key: 'n', label: 'leave it out' },
    ],
  });
  if (answer === 'y') return ok(undefined);
  return fail('needs-approval', `${path} was left out${reason}.`);
}
