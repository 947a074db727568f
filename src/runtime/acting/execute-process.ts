import { fail, ok } from '../../core/result.ts';
import type {
  Action,
  Failure,
  JsonObject,
  Plan,
  Result,
  Step,
  StepState,
} from '../../core/types.ts';
import type { ProcessEnd, ProcessRequest } from '../../ports.ts';
import type { BatchEnd } from './execute-batch.ts';
import { draftOf, type Stage } from './stage.ts';

/** Runs the program of a step: decided again and recorded before, its end recorded afterwards. */
export async function executeProcess(stage: Stage, plan: Plan, step: Step): Promise<BatchEnd> {
  const { audit } = stage.writers;
  const allowed = isAllowed(stage, step);
  if (!allowed.ok) return failed(step, allowed.error);
  const request = requestOf(step.action);
  if (!request.ok) return failed(step, request.error);
  const told = { plan: plan.id, step: step.id, title: step.title };
  const { argv, cwd, env } = request.value;
  const started = audit.append(
    draftOf(stage, 'step.started', step.risk, {
      ...told,
      hash: plan.hash,
      argv,
      cwd,
      env,
      cage: 'L0',
    }),
  );
  if (!started.ok) return failed(step, started.error);
  const ran = await stage.hands.processes.run(request.value, () => {}, stage.signal);
  const end = judge(step, ran);
  const details: JsonObject = {
    ...told,
    ...(ran.ok ? describe(ran.value) : {}),
    ...(end.failure === null
      ? {}
      : { error: { code: end.failure.code, message: end.failure.message } }),
  };
  const status = end.failure === null ? 'done' : 'failed';
  const recorded = audit.append(draftOf(stage, `step.${status}`, step.risk, details));
  if (ran.ok) showOutput(stage, ran.value, end.failure !== null);
  return recorded.ok ? end : { ...end, failure: end.failure ?? recorded.error };
}

/** Bounds of a program that say nothing of their own. */
const WALL_MS = 300_000;
const OUTPUT_BYTES = 1_000_000;

function requestOf(action: Action): Result<ProcessRequest> {
  const limits = { wallMs: WALL_MS, outputBytes: OUTPUT_BYTES };
  switch (action.kind) {
    case 'shell.run': {
      const argv = 'command' in action ? ['sh', '-c', action.command] : action.argv;
      return ok({ argv, cwd: action.cwd ?? '.', env: action.env ?? {}, limits });
    }
    case 'git.run':
      return ok({ argv: ['git', ...HARDENING, ...action.argv], cwd: '.', env: GIT_ENV, limits });
    default:
      return fail('unavailable', `Nothing here can do ${action.kind}.`);
  }
}

/** A repository's own configuration makes git run programs; none of them was in the plan. */
const HARDENING = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['diff.external', ''],
  ['log.showSignature', 'false'],
  ['commit.gpgSign', 'false'],
  ['safe.bareRepository', 'explicit'],
].flatMap(([name, value]) => ['-c', `${name}=${value}`]);
const GIT_ENV = { GIT_TERMINAL_PROMPT: '0', GIT_EDITOR: 'false', GIT_PAGER: 'cat' };

function isAllowed({ readers, situation }: Stage, step: Step): Result<void> {
  const decided = readers.policy.decide(step.action, situation);
  if (!decided.ok) return decided;
  if (decided.value.verdict !== 'deny') return ok(undefined);
  const [first] = decided.value.because;
  return fail('denied', `Step ${step.id} is denied by policy: ${first?.reason ?? step.title}`, {
    hint: 'policy explain tells by which rule.',
  });
}

const failed = (step: Step, failure: Failure): BatchEnd => {
  const error = { code: failure.code, message: failure.message };
  return { states: [{ id: step.id, status: 'failed', error }], failure };
};

function judge(step: Step, ran: Result<ProcessEnd>): BatchEnd {
  if (!ran.ok) return failed(step, ran.error);
  const { exitCode, signal, limits } = ran.value;
  if (exitCode === 0 && limits.length === 0) {
    return { states: [{ id: step.id, status: 'done', exitCode }], failure: null };
  }
  const how =
    limits.length > 0
      ? `was stopped: ${limits.join(', ')}`
      : `ended with ${signal ?? `exit ${exitCode}`}`;
  const { error } = fail('failed', `Step ${step.id} ${how}.`);
  const state: StepState = {
    id: step.id,
    status: 'failed',
    ...(exitCode === null ? {} : { exitCode }),
    error: { code: error.code, message: error.message },
  };
  return { states: [state], failure: error };
}

const describe = ({
  exitCode,
  signal,
  tookMs,
  limits,
  output,
  droppedBytes,
}: ProcessEnd): JsonObject => ({
  exitCode,
  signal,
  tookMs: Math.round(tookMs),
  limits,
  droppedBytes,
  output: output.slice(-RECORDED_CHARACTERS),
});
const RECORDED_CHARACTERS = 2_000;

function showOutput({ show }: Stage, { output }: ProcessEnd, hasFailed: boolean): void {
  const lines = output.trimEnd().split('\n');
  const shown = lines.slice(-(hasFailed ? LINES_OF_FAILURE : LINES_OF_SUCCESS));
  if (output.trim() === '') return;
  const left = lines.length - shown.length;
  const text = [...(left > 0 ? [`… ${left} lines before`] : []), ...shown].join('\n');
  show({ kind: 'code', text });
}
const LINES_OF_FAILURE = 30;
const LINES_OF_SUCCESS = 5;
