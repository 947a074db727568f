import { asGitStep } from '../../core/plan/as-git-step.ts';
import { subjectOf } from '../../core/plan/describe-action.ts';
import { fail, ok } from '../../core/result.ts';
import { changesAsData, kindOfChange } from '../../core/run/kind-of-change.ts';
import { isWeaker } from '../../core/run/resolve-cage.ts';
import type { Decision, Item, Json, Outcome, Result, Rung, ShellRun } from '../../core/types.ts';
import { failureOfEnd, programOf, type Ran, runInView } from './run-in-view.ts';
import { countPaths } from './show-program.ts';
import { draftOf, type Stage } from './stage.ts';

/** Runs one program on a view of the workspace, which stays as it is, and tells what it did. */
export async function rehearseRun(
  stage: Stage,
  run: ShellRun,
  wanted: Rung | undefined,
): Promise<Result<Outcome>> {
  const rung = await chooseRung(stage, wanted);
  if (!rung.ok) return rung;
  const decided = stage.readers.policy.decide(run, { ...stage.situation, mode: 'execute' });
  if (!decided.ok) return decided;
  const denied = deny(stage, run, decided.value, rung.value);
  if (denied !== null) return denied;
  const request = await programOf(stage, 'rehearsal', rung.value, asGitStep(run));
  if (!request.ok) return request;
  const { argv, cwd, env, cage } = request.value;
  const told = { argv, cwd, env, cage: cage.rung, verdict: decided.value.verdict };
  const started = stage.writers.audit.append(
    draftOf(stage, 'rehearsal.started', decided.value.risk, told),
  );
  if (!started.ok) return started;
  const ran = await runInView(stage, request.value, { isApart: true, wanted: null, isKept: false });
  const ended = stage.writers.audit.append(
    draftOf(
      stage,
      'rehearsal.ended',
      decided.value.risk,
      ran.ok ? endOf(ran.value) : { argv, error: ran.error.message },
    ),
  );
  if (!ran.ok) return ran;
  if (!ended.ok) return ended;
  const failure = failureOfEnd(argv[0] ?? 'The program', ran.value.end);
  showRan(stage, ran.value, failure?.message ?? null);
  return ok({ kind: 'looked', data: dataOf(ran.value), exitCode: failure === null ? 0 : 1 });
}

async function chooseRung(stage: Stage, wanted: Rung | undefined): Promise<Result<Rung>> {
  const { cages } = stage.readers;
  if (wanted === undefined) return ok((await cages.report(stage.signal)).rung);
  const has = await cages.has(wanted, stage.signal);
  return has.ok ? ok(wanted) : has;
}

/**
 * What is never allowed may still be tried where nothing can get out of the cage; the rules that
 * people have added hold everywhere.
 */
function deny(
  stage: Stage,
  run: ShellRun,
  { verdict, because }: Decision,
  rung: Rung,
): Result<never> | null {
  if (verdict !== 'deny') return null;
  if (!isWeaker(rung, 'L2') && !isAdded(stage, because)) return null;
  const reasons = because.map(({ rule, reason }) => `${reason} (${rule})`).join('; ');
  return fail('denied', `“${subjectOf(run)}” is denied by policy: ${reasons}`, {
    hint: isWeaker(rung, 'L2')
      ? 'On rung L2 and above it could be tried.'
      : 'policy explain tells more.',
  });
}

function isAdded({ readers, situation }: Stage, because: Decision['because']): boolean {
  const rules = readers.policy.rules(situation.level);
  if (!rules.ok) return true;
  const added = new Set(rules.value.flatMap(({ id, isAdded }) => (isAdded ? [id] : [])));
  return because.some(({ rule }) => added.has(rule));
}

const endOf = ({ end, rung, view, changes }: Ran) => ({
  ...{ exitCode: end.exitCode, signal: end.signal, limits: end.limits },
  ...{ cage: rung, view, changed: changes.length },
  changes: changesAsData(changes).slice(0, RECORDED_CHANGES),
});
const RECORDED_CHANGES = 100;

const dataOf = ({ end, rung, changes }: Ran): Json => ({
  exitCode: end.exitCode,
  ...(end.signal === null ? {} : { signal: end.signal }),
  rung,
  stdout: end.stdout,
  stderr: end.stderr,
  limits: end.limits,
  changes: changesAsData(changes),
});

const MOST_LISTED = 60;

function showRan({ show }: Stage, { end, rung, view, changes }: Ran, problem: string | null): void {
  const output = end.output.trimEnd();
  if (output !== '') show({ kind: 'code', text: output });
  const how = problem ?? 'It ended well.';
  const text = `${how} Rung ${rung}, ${Math.round(end.tookMs)} ms. ${changed(changes.length, view)}`;
  show({ kind: 'text', text, tone: problem === null ? 'good' : 'bad' });
  const listed = changes.slice(0, MOST_LISTED);
  const items = listed.map((change): Item => {
    return { mark: 'none', text: `${kindOfChange(change)}  ${change.after.path}` };
  });
  if (items.length > 0) show({ kind: 'items', items });
  const left = changes.length - listed.length;
  if (left > 0) show({ kind: 'text', text: `… and ${left} more paths`, tone: 'dim' });
}

const changed = (count: number, view: string): string =>
  count === 0
    ? 'It changed nothing.'
    : `It would have changed ${countPaths(count)} (seen on ${view === 'copy' ? 'a copy' : 'a copy-on-write view'}); the workspace is as it was.`;
