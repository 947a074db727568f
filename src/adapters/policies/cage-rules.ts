import { STEP_LIMITS, toRunLimits } from '../../core/run/limits.ts';
import {
  type CageRules,
  RUNGS,
  type RunLimits,
  type StepLimits,
  TAKES,
  VERDICTS,
} from '../../core/types.ts';
import { isRecord, listOf, type Problems, pick, textOf } from './check-shape.ts';

const KEYS = ['needs', 'network', 'limits', 'most', 'takes', 'letThrough'];

/** What a level says of programs. */
export function readCageRules(value: unknown, at: string, problems: Problems): CageRules | null {
  if (!isRecord(value)) {
    problems.push(`${at}: is missing, or is no map`);
    return null;
  }
  pick(value, KEYS, at, problems);
  const needs = RUNGS.find((rung) => rung === value.needs);
  const network = VERDICTS.find((verdict) => verdict === value.network);
  const limits = readLimits(value.limits, `${at}: limits`, problems);
  const most = readLimits(value.most, `${at}: most`, problems);
  const letThrough = listOf(value.letThrough, `${at}: letThrough`, problems).map((text) =>
    textOf(text, `${at}: letThrough`, problems),
  );
  const takes = TAKES.find((each) => each === value.takes);
  if (needs === undefined) problems.push(`${at}: needs: is not one of ${RUNGS.join(', ')}`);
  if (network === undefined) problems.push(`${at}: network: is not one of ${VERDICTS.join(', ')}`);
  if (takes === undefined) problems.push(`${at}: takes: is not one of ${TAKES.join(', ')}`);
  if (needs === undefined || network === undefined || limits === null || most === null) return null;
  return takes === undefined ? null : { needs, network, limits, most, letThrough, takes };
}

/** All of them: a level leaves none open. */
function readLimits(value: unknown, at: string, problems: Problems): RunLimits | null {
  if (!isRecord(value)) {
    problems.push(`${at}: is missing, or is no map`);
    return null;
  }
  pick(value, STEP_LIMITS, at, problems);
  const wrong = STEP_LIMITS.filter(
    (key) => !(Number.isSafeInteger(value[key]) && Number(value[key]) > 0),
  );
  for (const key of wrong) problems.push(`${at}: ${key}: is not a whole number above 0`);
  return wrong.length > 0 ? null : (toRunLimits(value as StepLimits) as RunLimits);
}
