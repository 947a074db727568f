import { resolveCommand } from '../core/commands/resolve.ts';
import { splitWords } from '../core/commands/words.ts';
import { readLine } from '../core/session/read-line.ts';
import type { Change, Event, ModelStatus, State } from '../core/types.ts';
import type { Deps } from './deps.ts';

/** Knows which model would answer, and looks again when that may have changed. */
export type ModelSeeker = {
  /** Looks for the first time, and says what is missing. */
  begin(): Promise<void>;
  /** A model that failed may be gone, and another one may have been chosen, or have come. */
  lookAgain(): void;
  /** Before a line runs: waits for what its command needs to know. */
  lookFor(line: string, signal: AbortSignal): Promise<void>;
};

/** A report of what can be done does not wait longer for a host that says nothing. */
const REPORT_MS = 700;

export function createModelSeeker(
  deps: Pick<Deps, 'probe' | 'commands'>,
  state: () => State,
  send: (event: Event) => void,
  ended: AbortSignal,
): ModelSeeker {
  let looking: Promise<ModelStatus> | null = null;

  const look = (): Promise<ModelStatus> => {
    looking ??= deps.probe.look(ended).then((model) => {
      looking = null;
      if (!ended.aborted) send({ kind: 'model.seen', model });
      return model;
    });
    return looking;
  };

  /** How much the command of a line wants to know of a model. */
  const interestOf = (line: string): 'none' | 'report' | 'need' => {
    const read = readLine(line, state().door, state().mode, deps.commands);
    const words = read.ok ? splitWords(read.value) : read;
    const found = words.ok ? resolveCommand(deps.commands, words.value) : words;
    if (!found.ok) return 'none';
    const { needs, wants } = found.value.command;
    if (needs.includes('model')) return 'need';
    return wants.includes('model') ? 'report' : 'none';
  };

  return {
    async begin() {
      const model = await look();
      if (ended.aborted || model.kind !== 'missing') return;
      const text = `${model.why} ${model.remedy}\nCommands work without a model; /doctor tells more.`;
      send({ kind: 'notice', block: { kind: 'text', text, tone: 'dim' } });
    },
    lookAgain() {
      if (state().door === 'terminal' && !ended.aborted) void look();
    },
    async lookFor(line, signal) {
      const { kind } = state().model;
      if (kind === 'ready' && looking === null) return;
      const interest = interestOf(line);
      if (interest === 'none' || (interest === 'report' && kind !== 'unknown')) return;
      const waits = [look(), aborted(signal)];
      if (interest === 'report') waits.push(pass(REPORT_MS));
      await Promise.race(waits);
    },
  };
}

export const mayMeanModel = (change: Change): boolean =>
  change.kind === 'model.pull' ||
  ((change.kind === 'config.set' || change.kind === 'config.unset') && change.key === 'model');

const UNKNOWN: ModelStatus = { kind: 'unknown' };

const aborted = (signal: AbortSignal): Promise<ModelStatus> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(UNKNOWN);
    signal.addEventListener('abort', () => resolve(UNKNOWN), { once: true });
  });

const pass = (ms: number): Promise<ModelStatus> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(UNKNOWN), ms).unref?.();
  });
