import { BUILD_CACHES, type BuildCache } from '../../core/eval/build-caches.ts';
import { fail, ok } from '../../core/result.ts';
import type { EvalTask, Result, ShellRun } from '../../core/types.ts';
import { failureOfEnd, programOf, runInView } from '../acting/run-in-view.ts';
import type { Stage } from '../acting/stage.ts';
import type { TrialRoom } from '../deps.ts';
import { stageOf } from './trial-stage.ts';

/**
 * Builds once what compilers would build anew for every check, in a cage like those of the checks.
 * Where that fails nothing is lost but time.
 */
export async function warmCaches(
  stage: Stage,
  room: TrialRoom,
  tasks: readonly Pick<EvalTask, 'needs'>[],
): Promise<void> {
  for (const cache of BUILD_CACHES) {
    if (stage.signal.aborted) return;
    if (!tasks.some(({ needs }) => needs.includes(cache.program))) continue;
    const warmed = await warm(stage, room, cache).catch(tellThrown);
    if (warmed.ok || stage.signal.aborted) continue;
    const text = `${cache.program} builds its library anew for each check: ${warmed.error.message}`;
    stage.show({ kind: 'text', text, tone: 'warn' });
  }
}

const tellThrown = (cause: unknown): Result<void> =>
  fail('failed', cause instanceof Error ? cause.message : String(cause), { cause });

async function warm(stage: Stage, room: TrialRoom, cache: BuildCache): Promise<Result<void>> {
  const { level } = stage.situation;
  const place = room.begin({ from: cache.files, model: '', level, env: {} });
  if (!place.ok) return place;
  try {
    const inner = stageOf(place.value, stage, stage.signal);
    const { rung } = await inner.readers.cages.report(stage.signal);
    const run: ShellRun = {
      kind: 'shell.run',
      argv: cache.run,
      env: cache.env(place.value.folder),
      limits: cache.limits,
    };
    const request = await programOf(inner, `${cache.program} library`, rung, run);
    if (!request.ok) return request;
    const options = { isApart: true, wanted: null, isKept: true } as const;
    const ran = await runInView(inner, request.value, options);
    if (!ran.ok) return ran;
    const failure = failureOfEnd(cache.program, ran.value.end);
    if (failure !== null) return { ok: false, error: failure };
    for (const { after } of ran.value.changes) {
      if (!after.path.startsWith(`${cache.kept}/`)) continue;
      // A compiler makes no folders where it can only read.
      const bytes = after.kind === 'file' ? ran.value.blobs.get(after.hash) : null;
      if (bytes === undefined || (bytes === null && after.kind !== 'folder')) continue;
      const kept = room.keep(`${cache.program}/${after.path}`, bytes);
      if (!kept.ok) return kept;
    }
    return ok(undefined);
  } finally {
    await place.value.close();
  }
}

/** What the caches say to TinyCode and to the compiler, where one is needed. */
export function cachesFor(room: TrialRoom, cache: BuildCache | undefined) {
  if (cache === undefined) return { shows: {}, env: {} };
  const folder = `${room.caches}/${cache.program}`;
  return { shows: cache.shows(folder), env: cache.env(folder) };
}
