import { RISKS, type Risk, VERDICTS, type Verdict } from '../../types.ts';

const stricter = (a: Verdict, b: Verdict): Verdict =>
  VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b;

export const strictest = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.reduce(stricter, 'allow');

export const riskier = (a: Risk, b: Risk): Risk => (RISKS.indexOf(a) >= RISKS.indexOf(b) ? a : b);

/** What a rule that names no risk stands for. */
export const RISK_OF: Readonly<Record<Verdict, Risk>> = {
  allow: 'low',
  ask: 'medium',
  deny: 'high',
};
