import { cacheFor } from '../../core/eval/build-caches.ts';
import { judgePass, reportOf } from '../../core/eval/report.ts';
import { NO_WORK, type Trial } from '../../core/eval/trial.ts';
import { sumBlocks, trialBlock, trialHeading } from '../../core/eval/trial-rows.ts';
import { fail, ok } from '../../core/result.ts';
import { isWeaker } from '../../core/run/resolve-cage.ts';
import type { Evaluation, JsonObject, Outcome, Result, Rung } from '../../core/types.ts';
import { draftOf, type Stage } from '../acting/stage.ts';
import type { TrialRoom } from '../deps.ts';
import { type Tried, tryTask } from './try-task.ts';
import { warmCaches } from './warm-caches.ts';

/**
 * Tries the tasks, each on a copy of its own, and tells what came of them. Recorded before and
 * after; of what is made for it nothing is left, also where it is stopped.
 */
export async function runEvaluation(stage: Stage, wish: Evaluation): Promise<Result<Outcome>> {
  const { rung } = await stage.readers.cages.report(stage.signal);
  if (isWeaker(rung, NEEDED_RUNG)) return noCage(rung);
  const { audit } = stage.writers;
  const { folder, model, runs, tasks } = wish;
  const about = { folder, model, runs, cage: rung };
  const programs = [...new Set(tasks.map(({ check }) => check.join(' ')))];
  const started = audit.append(
    draftOf(stage, 'eval.started', 'medium', {
      ...about,
      tasks: tasks.map(({ id }) => id),
      programs: programs.slice(0, RECORDED_PROGRAMS),
    }),
  );
  if (!started.ok) return started;
  const opened = await stage.trials.open(stage.signal);
  if (!opened.ok) return opened;
  const room = opened.value;
  const able = tasks.filter(({ lacks }) => lacks.length === 0);
  const warmed = warmCaches(stage, room, able);
  let trials: readonly Trial[] = [];
  try {
    trials = await tryAll(stage, room, wish, warmed);
  } finally {
    await warmed;
    const closed = await room.close();
    if (!closed.ok) stage.show({ kind: 'failure', failure: closed.error });
  }
  const isStopped = stage.signal.aborted;
  for (const block of sumBlocks(trials)) stage.show(block);
  const report = reportOf({ ...about, isStopped }, trials);
  const ended = audit.append(draftOf(stage, 'eval.ended', 'none', report.summary as JsonObject));
  if (!ended.ok) return ended;
  const judged = judgePass(trials, wish.minPass);
  stage.show({ kind: 'text', text: sayEnd(wish, judged.text, isStopped), tone: judged.tone });
  return ok({ kind: 'looked', data: report, exitCode: isStopped ? 130 : judged.exitCode });
}

/** What a model has written is run without that anybody has read it. */
const NEEDED_RUNG: Rung = 'L2';
const RECORDED_PROGRAMS = 100;

const noCage = (rung: Rung) =>
  fail(
    'unavailable',
    `An evaluation wants a cage of ${NEEDED_RUNG} or more, and here is ${rung}.`,
    {
      hint: 'It runs what a model has written, and nobody reads that before. doctor says what is missing.',
    },
  );

const sayEnd = ({ model }: Evaluation, text: string, isStopped: boolean): string =>
  `${model}: ${text}${isStopped ? ' It was stopped before its end.' : ''}`;

type Job = { readonly task: Evaluation['tasks'][number]; readonly run: number };

/**
 * So many side by side; a stop lets those that are begun end, and begins no others. What waits for
 * a compiler's library comes last.
 */
async function tryAll(
  stage: Stage,
  room: TrialRoom,
  wish: Evaluation,
  warmed: Promise<void>,
): Promise<readonly Trial[]> {
  const waits = ({ needs, lacks }: Job['task']) =>
    lacks.length === 0 && cacheFor(needs) !== undefined;
  const ordered = wish.tasks.toSorted((a, b) => Number(waits(a)) - Number(waits(b)));
  const all: readonly Job[] = ordered.flatMap((task) =>
    Array.from({ length: wish.runs }, (_, at) => ({ task, run: at + 1 })),
  );
  const jobs = [...all];
  const total = jobs.length;
  const trials = new Map<Job, Trial>();
  stage.show(trialHeading());
  const work = async () => {
    for (let job = jobs.shift(); job && !stage.signal.aborted; job = jobs.shift()) {
      if (waits(job.task)) await warmed;
      const trial = await tryJob(stage, room, wish, job);
      trials.set(job, trial);
      stage.show(trialBlock(trial, wish.runs));
      stage.progress({ what: 'tasks', done: trials.size, total });
    }
  };
  await Promise.all(Array.from({ length: wish.atOnce }, work));
  return all.flatMap((job) => trials.get(job) ?? []);
}

async function tryJob(
  stage: Stage,
  room: TrialRoom,
  wish: Evaluation,
  { task, run }: Job,
): Promise<Trial> {
  const started = stage.clock.monotonicMs();
  const tried = await tryGuarded(stage, room, wish, task);
  const { id, language, command } = task;
  const tookMs = Math.round(stage.clock.monotonicMs() - started);
  const trial: Trial = { task: id, language, command, run, tookMs, ...tried };
  const { outcome, why, work } = trial;
  const details = {
    ...{ task: id, run, outcome, why, tookMs, requests: work.requests },
    ...{ prompt: work.promptTokens, answered: work.answerTokens },
  };
  const recorded = stage.writers.audit.append(draftOf(stage, 'eval.tried', 'none', details));
  if (!recorded.ok) stage.show({ kind: 'failure', failure: recorded.error });
  return trial;
}

/** A trial that breaks is one result among others. */
async function tryGuarded(
  stage: Stage,
  room: TrialRoom,
  wish: Evaluation,
  { lacks, ...task }: Job['task'],
): Promise<Tried> {
  const none = { work: NO_WORK, planMs: 0, leftOut: 0 };
  if (lacks.length > 0) {
    return { ...none, outcome: 'skipped', why: `${lacks.join(', ')} is not installed here.` };
  }
  try {
    return await tryTask(stage, room, task, wish);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return { ...none, outcome: 'crashed', why: `TinyCode itself failed: ${why}` };
  }
}
