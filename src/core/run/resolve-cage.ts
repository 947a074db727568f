import { fail, ok } from '../result.ts';
import { type Action, type Cage, type CageRules, type Result, RUNGS, type Rung } from '../types.ts';
import { resolveLimits } from './limits.ts';

type ProgramAction = Action & { readonly kind: 'shell.run' | 'git.run' };

export const isProgram = (action: Action): action is ProgramAction =>
  action.kind === 'shell.run' || action.kind === 'git.run';

/** The cage that a program gets on this rung at this level, or why it gets none. */
export function resolveCage(rules: CageRules, rung: Rung, action: Action): Result<Cage> {
  if (isWeaker(rung, rules.needs)) {
    return fail(
      'denied',
      `This level runs programs from rung ${rules.needs} on; here is ${rung}.`,
      {
        hint: 'doctor tells what is missing for a stronger cage.',
      },
    );
  }
  const network = isProgram(action) && action.network === true;
  if (network && rules.network === 'deny') {
    return fail('denied', 'This level lets no program use the network.', {
      hint: 'Fetch what is needed by hand, or work at the level standard.',
    });
  }
  const limits = resolveLimits((action.kind === 'shell.run' && action.limits) || {}, rules);
  return limits.ok ? ok({ rung, network, limits: limits.value }) : limits;
}

export const isWeaker = (rung: Rung, than: Rung): boolean =>
  RUNGS.indexOf(rung) < RUNGS.indexOf(than);
