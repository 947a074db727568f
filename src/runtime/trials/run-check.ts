import { fail, ok } from '../../core/result.ts';
import type { EvalTask, Result, ShellRun } from '../../core/types.ts';
import type { ProgramEnd } from '../../ports.ts';
import { failureOfEnd, programOf, runInView } from '../acting/run-in-view.ts';
import type { Stage } from '../acting/stage.ts';
import type { TrialPlace } from '../deps.ts';
import { stageOf } from './trial-stage.ts';

export type Checked = {
  readonly isPassed: boolean;
  /** How it ended, and the end of what it said. */
  readonly why: string;
  /** It did not get so far as to check anything. */
  readonly isCutShort: boolean;
};

/**
 * Runs a task's check on a view of its workspace, without the network and within limits. The files
 * that only the check may see lie there for so long.
 */
export async function runCheck(
  stage: Stage,
  place: TrialPlace,
  { id, folder, check, limits }: EvalTask,
  env: Readonly<Record<string, string>>,
): Promise<Result<Checked>> {
  const hidden = `${folder}/check`;
  const laid = place.lay(hidden);
  if (!laid.ok) return laid;
  const run: ShellRun = { kind: 'shell.run', argv: check, env, limits: { ...USUAL, ...limits } };
  const ended = await runIt(stage, place, id, run);
  const lifted = place.lift(hidden);
  if (!ended.ok) return ended;
  return lifted.ok ? ok(judge(ended.value)) : lifted;
}

/** A check that takes longer than a minute waits for something that will not come. */
const USUAL = { seconds: 60 };

async function runIt(
  outer: Stage,
  place: TrialPlace,
  what: string,
  run: ShellRun,
): Promise<Result<ProgramEnd>> {
  const stage = stageOf(place, outer, outer.signal);
  const decided = stage.readers.policy.decide(run, stage.situation);
  if (!decided.ok) return decided;
  const { verdict, because } = decided.value;
  if (verdict === 'deny') {
    return fail('denied', `The check of ${what} is denied by policy: ${because[0]?.reason ?? ''}`);
  }
  const { rung } = await stage.readers.cages.report(stage.signal);
  const request = await programOf(stage, what, rung, run);
  if (!request.ok) return request;
  const options = { isApart: true, wanted: null, isKept: false } as const;
  const ran = await runInView(stage, request.value, options);
  if (stage.signal.aborted) return fail('cancelled', `The check of ${what} was stopped.`);
  return ran.ok ? ok(ran.value.end) : ran;
}

const SAID_CHARACTERS = 300;
/** A shell and its like say with these that there was nothing to run. */
const NOT_RUN = [126, 127];

function judge(end: ProgramEnd): Checked {
  const failure = failureOfEnd('The check', end);
  const said = end.output.trim().replace(/\s+/g, ' ').slice(-SAID_CHARACTERS);
  const isCutShort = end.exitCode === null || NOT_RUN.includes(end.exitCode);
  if (failure === null) return { isPassed: true, why: '', isCutShort: false };
  const hasHit = end.limits.some((limit) => limit !== 'output');
  return {
    isPassed: false,
    why: said === '' ? failure.message : `${failure.message} It said: … ${said}`,
    isCutShort: isCutShort || hasHit,
  };
}
