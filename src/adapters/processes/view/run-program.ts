import { join } from 'node:path';
import { fail, ok } from '../../../core/result.ts';
import type { LimitName, Result } from '../../../core/types.ts';
import type { ProgramEnd, ProgramListener, ProgramRequest } from '../../../ports.ts';
import { type Group, openGroup } from '../limits/groups.ts';
import { nameLimits } from '../limits/name-limits.ts';
import { type Attended, attend } from './attend.ts';
import { findBiggest } from './biggest-file.ts';
import { describeRequest } from './describe-request.ts';
import type { Ground } from './ground.ts';
import { commandFor, isByBwrap, type PreparedCommand } from './program-command.ts';
import { readOutcome } from './read-outcome.ts';
import type { Runner } from './runner.ts';
import { describeGone, describeNoCage, describeStart } from './start-failure.ts';
import { type Started, startProgram } from './start-program.ts';
import { watchUse } from './watch-use.ts';

/** Runs one program in its cage, without a shell of ours around its words. */
export async function runProgram(
  runner: Runner,
  ground: Ground,
  request: ProgramRequest,
  listener: ProgramListener,
  signal: AbortSignal,
): Promise<Result<ProgramEnd>> {
  if (signal.aborted) return fail('cancelled', 'The program was not started.');
  const wrong = describeRequest(request);
  if (wrong !== null) return fail('invalid', wrong);
  if (ground.holder?.isOver()) return describeGone();
  const once = () => runOnce(runner, ground, request, listener, signal);
  const ran = await once();
  // What a cage was to hide may be gone when it is made. Nothing has run, and nobody has waited.
  return !ran.ok && ran.error.code === 'unavailable' && !signal.aborted ? once() : ran;
}

async function runOnce(
  runner: Runner,
  ground: Ground,
  request: ProgramRequest,
  listener: ProgramListener,
  signal: AbortSignal,
): Promise<Result<ProgramEnd>> {
  const id = runner.newId();
  const group = openGroup(id, request.cage.limits, runner.own);
  try {
    return await runInGroup({ ...runner, id, group }, ground, request, listener, signal);
  } finally {
    runner.running.end(id);
    await group?.close();
  }
}

type Run = Runner & { readonly id: string; readonly group: Group | null };

async function runInGroup(
  run: Run,
  ground: Ground,
  request: ProgramRequest,
  listener: ProgramListener,
  signal: AbortSignal,
): Promise<Result<ProgramEnd>> {
  const { clock, group, id } = run;
  const { limits } = request.cage;
  const program = request.argv[0] ?? '';
  const token = `tinycode-${id}`;
  const startedAt = clock.monotonicMs();
  const startedOn = clock.now();
  const begun = await begin(run, ground, request, token, signal);
  if (!begun.ok) return begun;
  const { started, command } = begun.value;
  const use = watchUse({ ...run, startedOn }, ground, request, { ...command, pid: started.pid });
  const attended = await attend(
    {
      ...{ started, token, place: command.place },
      ...{ wallMs: limits.wallMs, outputBytes: limits.outputBytes },
      onOutput: listener.onOutput,
      watch: (stop) => use.begin(listener, stop),
    },
    signal,
  );
  const tookMs = clock.monotonicMs() - startedAt;
  const { heard, stop } = attended;
  if (stop?.kind === 'thrown') throw stop.error;
  const ended = endOf(attended, token, program);
  if (!ended.ok) return ended;
  const output = heard.output();
  const { written } = ground;
  const end: ProgramEnd = {
    ...ended.value,
    stdout: heard.stdout(),
    stderr: heard.stderr(),
    output,
    droppedBytes: heard.droppedBytes(),
    tookMs,
    limits: nameLimits({
      ...{ ...ended.value, limits, output, droppedBytes: heard.droppedBytes() },
      ended: new Set<LimitName>(stop?.kind === 'limit' ? [stop.name] : []),
      refused: group?.hits() ?? [],
      peak: use.peak(),
      biggestFile: written?.bytes === 0 ? await findBiggest(written.folder, startedOn) : 0,
    }),
  };
  if (stop?.kind !== 'cancelled') return ok(end);
  return fail('cancelled', 'The program was stopped.', { data: end });
}

/** In a folder that stays the one that was walked to until the program has it. */
async function begin(
  run: Run,
  ground: Ground,
  request: ProgramRequest,
  token: string,
  signal: AbortSignal,
): Promise<Result<{ readonly started: Started; readonly command: PreparedCommand }>> {
  const walked = ground.openFolder(request.cwd);
  if (!walked.ok) return walked;
  try {
    const isInPlace = isWhereItIs(run, ground, request);
    const command = await commandFor(
      {
        ...run,
        ground: isInPlace ? { ...ground, workspace: ground.folder } : ground,
        group: run.group,
        token,
        cwd: isInPlace ? '.' : join(ground.workspace, request.cwd),
      },
      request,
      signal,
    );
    if (!command.ok) return command;
    const cwd = isInPlace ? walked.value.path : '/';
    const { input } = request;
    const whole = { ...command.value, cwd, input, strays: run.strays() };
    const started = await startProgram(whole, request.argv[0] ?? '');
    return started.ok ? ok({ started: started.value, command: command.value }) : started;
  } finally {
    walked.value.close();
  }
}

/** Whether the cage changes nothing of what lies where. */
const isWhereItIs = ({ cages }: Run, { holder }: Ground, { cage }: ProgramRequest): boolean =>
  holder === null && !isByBwrap(cage.rung, cages);

type Ended = Pick<ProgramEnd, 'exitCode' | 'signal'>;

function endOf({ heard, stop }: Attended, token: string, program: string): Result<Ended> {
  const outcome = readOutcome(heard.channel(), token);
  const refusal = heard.refusal();
  if (outcome.kind === 'ended') {
    const { exitCode, signal } = outcome;
    if (refusal === '' || !NOT_STARTED.includes(exitCode)) return ok({ exitCode, signal });
    return describeStart(program, { code: codeOf(exitCode, refusal), originalMessage: refusal });
  }
  if (stop !== null || outcome.kind === 'killed') return ok({ exitCode: null, signal: 'SIGKILL' });
  if (outcome.kind === 'no-start') return describeStart(program, { code: 'EAGAIN' });
  return describeNoCage(outcome.why);
}

/** A shell has one exit code for what is not there, and one for all that cannot be run. */
const NOT_STARTED: readonly (number | null)[] = [127, 126];

function codeOf(exitCode: number | null, refusal: string): string {
  if (exitCode === 127) return 'ENOENT';
  return /exec format|binary file/i.test(refusal) ? 'ENOEXEC' : 'EACCES';
}
