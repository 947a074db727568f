import type { Result } from '../../../core/types.ts';
import type { View } from '../../../ports.ts';
import { loadChanged } from '../changes/load-changed.ts';
import type { OpenedView } from './opened-view.ts';
import { runProgram } from './run-program.ts';
import type { Runner } from './runner.ts';

/** A view in which programs run until it is closed; `remove` takes away what it kept. */
export function liveView(
  { ground, ...view }: OpenedView,
  runner: () => Runner,
  remove: () => Promise<Result<void>>,
): View {
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();
  let closed: Promise<Result<void>> | null = null;
  return {
    ...view,
    load: (image) => loadChanged(view.folder, image),
    async run(request, listener, signal) {
      const either = new AbortController();
      const abort = () => either.abort();
      const signals = [signal, closing.signal];
      for (const each of signals) each.addEventListener('abort', abort);
      if (signals.some(({ aborted }) => aborted)) abort();
      const run = runProgram(runner(), ground, request, listener, either.signal);
      const settled = run.catch(() => {});
      running.add(settled);
      try {
        return await run;
      } finally {
        running.delete(settled);
        for (const each of signals) each.removeEventListener('abort', abort);
      }
    },
    close() {
      closed ??= end();
      return closed;
    },
  };

  async function end(): Promise<Result<void>> {
    closing.abort();
    await ground.holder?.close();
    await Promise.all(running);
    return remove();
  }
}
