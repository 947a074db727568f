import { resolveCommand } from '../core/commands/resolve.ts';
import { splitWords } from '../core/commands/words.ts';
import { readLine } from '../core/session/read-line.ts';
import type { Change, Event, ModelStatus, State } from '../core/types.ts';
import type { Stage } from './acting/stage.ts';
import type { Deps } from './deps.ts';
import { offerServer } from './offer-server.ts';

/** Knows which model would answer, and looks again when that may have changed. */
export type ModelSeeker = {
  /** Looks for the first time, and says what is missing. */
  begin(): Promise<void>;
  /** A model that failed may be gone, and another one may have been chosen, or have come. */
  lookAgain(): void;
  /**
   * Before a line runs: waits for what its command needs to know. Where it needs a model whose
   * server only does not run, that is offered, until a person says no.
   */
  lookFor(line: string, stage: Stage): Promise<void>;
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
  let isDeclined = false;

  const look = (): Promise<ModelStatus> => {
    looking ??= deps.probe.look(ended).then((model) => {
      looking = null;
      if (!ended.aborted) send({ kind: 'model.seen', model });
      return model;
    });
    return looking;
  };

  /** What was looked for before this moment may have come since. */
  const lookNow = async (): Promise<ModelStatus> => {
    const model = looking === null ? null : await looking;
    return model?.kind === 'ready' ? model : look();
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

  const offer = async (stage: Stage): Promise<void> => {
    const { model } = state();
    if (model.kind !== 'missing' || !model.isStartable || !stage.hasPerson || isDeclined) return;
    const made = (change: Change): void => send({ kind: 'change.made', change });
    isDeclined = !(await offerServer(stage, state(), made));
    if (!isDeclined) await Promise.race([look(), aborted(stage.signal)]);
  };

  return {
    async begin() {
      const model = await look();
      if (ended.aborted || model.kind !== 'missing') return;
      const remedy = model.isStartable
        ? '\nIt is installed; start it with: /models serve'
        : ` ${model.remedy}`;
      const text = `${model.why}${remedy}\nCommands work without a model; /doctor tells more.`;
      send({ kind: 'notice', block: { kind: 'text', text, tone: 'dim' } });
    },
    lookAgain() {
      if (state().door === 'terminal' && !ended.aborted) void look();
    },
    async lookFor(line, stage) {
      const { signal } = stage;
      const { kind } = state().model;
      if (kind === 'ready' && looking === null) return;
      const interest = interestOf(line);
      if (interest === 'none' || (interest === 'report' && kind !== 'unknown')) return;
      const waits = [interest === 'need' ? lookNow() : look(), aborted(signal)];
      if (interest === 'report') waits.push(pass(REPORT_MS));
      await Promise.race(waits);
      if (interest === 'need' && !signal.aborted) await offer(stage);
    },
  };
}

export const mayMeanModel = (change: Change): boolean =>
  change.kind === 'model.pull' ||
  change.kind === 'server.start' ||
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
