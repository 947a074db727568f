import { cacheFor } from '../../core/eval/build-caches.ts';
import { judgeFailedCheck, judgeFailure } from '../../core/eval/judge-trial.ts';
import { orderLine } from '../../core/eval/order-line.ts';
import { NO_WORK, type TrialEnd } from '../../core/eval/trial.ts';
import { isSame } from '../../core/plan/file-changes.ts';
import { fail, ok } from '../../core/result.ts';
import type { EvalTask, Evaluation, Image, ModelWork, Plan, Result } from '../../core/types.ts';
import type { Stage } from '../acting/stage.ts';
import type { TrialPlace, TrialRoom } from '../deps.ts';
import { applyPlan } from './apply-plan.ts';
import { runCheck } from './run-check.ts';
import { cachesFor } from './warm-caches.ts';

export type Tried = TrialEnd & {
  readonly work: ModelWork;
  readonly planMs: number;
  readonly leftOut: number;
};

/** Tries one task from its untouched workspace on: check, plan, do, check. */
export async function tryTask(
  stage: Stage,
  room: TrialRoom,
  task: EvalTask,
  wish: Pick<Evaluation, 'model' | 'planMs'>,
): Promise<Tried> {
  const caches = cachesFor(room, cacheFor(task.needs));
  const { level } = stage.situation;
  const from = `${task.folder}/workspace`;
  const opened = room.begin({ from, model: wish.model, level, env: caches.shows });
  if (!opened.ok) return nothing('crashed', opened.error.message);
  const place = opened.value;
  try {
    return await tryIn(stage, place, { ...task, env: caches.env }, wish.planMs);
  } finally {
    const closed = await place.close();
    if (!closed.ok) stage.show({ kind: 'failure', failure: closed.error });
  }
}

type Prepared = EvalTask & { readonly env: Readonly<Record<string, string>> };

async function tryIn(
  stage: Stage,
  place: TrialPlace,
  task: Prepared,
  planMs: number,
): Promise<Tried> {
  const check = () => runCheck(stage, place, task, task.env);
  const before = await check();
  if (!before.ok) return nothing(stoppedOr('broken-task', before), before.error.message);
  if (before.value.isPassed) {
    return nothing('broken-task', 'Its check succeeds before anything was done.');
  }
  if (before.value.isCutShort) return nothing('broken-task', before.value.why);
  const kept = look(place, task.keep);
  if (!kept.ok) return nothing('broken-task', kept.error.message);
  const started = stage.clock.monotonicMs();
  const planned = await askForPlan(stage, place, task, planMs);
  const told = {
    work: place.session.state().turns.at(-1)?.work ?? NO_WORK,
    planMs: stage.clock.monotonicMs() - started,
    leftOut: 0,
  };
  if (!planned.ok) return { ...told, ...judgeFailure(planned.error, told.work) };
  const applied = await applyPlan(place, planned.value);
  if (!applied.ok) {
    return { ...told, outcome: stoppedOr('not-applied', applied), why: applied.error.message };
  }
  const done = { ...told, leftOut: applied.value.leftOut };
  const changed = findChanged(place, kept.value);
  const after = await check();
  if (!after.ok) {
    return { ...done, outcome: stoppedOr('crashed', after), why: after.error.message };
  }
  if (changed !== null) {
    return {
      ...done,
      outcome: 'failed',
      why: `It changed ${changed}, which was to stay as it is.`,
    };
  }
  if (after.value.isPassed) return { ...done, outcome: 'passed', why: '' };
  // Such a check may never have come so far as to look at what is wrong.
  const saysTheSame = after.value.why === before.value.why;
  const why = `${after.value.why}${saysTheSame ? ' It said the very same before.' : ''}`;
  return { ...done, ...judgeFailedCheck(why, done.work, planned.value.open) };
}

const nothing = (outcome: TrialEnd['outcome'], why: string): Tried => ({
  ...{ outcome, why, work: NO_WORK },
  ...{ planMs: 0, leftOut: 0 },
});

const stoppedOr = (
  outcome: TrialEnd['outcome'],
  { error }: Result<never> & { readonly ok: false },
): TrialEnd['outcome'] => (error.code === 'cancelled' ? 'stopped' : outcome);

/** By the very command that a person would enter; time and a cancel end it as they would. */
async function askForPlan(
  { signal, talk }: Stage,
  { session }: TrialPlace,
  task: EvalTask,
  planMs: number,
): Promise<Result<Plan>> {
  const stop = () => session.send({ kind: 'cancel.asked' });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, planMs);
  signal.addEventListener('abort', stop, { once: true });
  const leave = session.subscribe(() => talk(session.state().talk));
  try {
    if (signal.aborted) return fail('cancelled', 'It was stopped.');
    const entered = await session.enter(orderLine(task));
    if (isLate) return fail('timeout', `There was no plan after ${planMs / 1000} s.`);
    if (!entered.ok) return entered;
    if (entered.value.kind === 'proposed') return ok(entered.value.plan);
    return fail('failed', 'No plan came of it.');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    leave();
    talk(null);
  }
}

function look({ deps }: TrialPlace, paths: readonly string[]): Result<readonly Image[]> {
  const images: Image[] = [];
  for (const path of paths) {
    const image = deps.readers.images.look(path);
    if (!image.ok) return image;
    if (image.value.kind !== 'file') return fail('invalid', `There is no file ${path} to keep.`);
    images.push(image.value);
  }
  return ok(images);
}

function findChanged({ deps }: TrialPlace, before: readonly Image[]): string | null {
  const changed = before.find((image) => {
    const now = deps.readers.images.look(image.path);
    return !now.ok || !isSame(now.value, image);
  });
  return changed?.path ?? null;
}
