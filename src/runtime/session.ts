import { fail } from '../core/result.ts';
import { readLine } from '../core/session/read-line.ts';
import { isKept, type Opening, openState, replay } from '../core/session/state.ts';
import { update } from '../core/session/update.ts';
import type { Block, Effect, Event, Outcome, Progress, Result } from '../core/types.ts';
import { recover } from './acting/recover.ts';
import type { Stage } from './acting/stage.ts';
import { createAsker } from './asker.ts';
import { carryOut } from './carry-out.ts';
import { completeLine } from './complete-line.ts';
import type { Deps } from './deps.ts';
import { describeTurn } from './describe-turn.ts';
import { keepRecords } from './keep-records.ts';
import { createTalkKeeper, type TalkKeeper } from './keep-talks.ts';
import { changesForReview, planForReview } from './review-plans.ts';
import {
  capabilitiesOf,
  type Listener,
  type Prepared,
  prepareCommand,
  type TalkEvent,
} from './run-command.ts';
import { createModelSeeker, mayMeanModel } from './seek-model.ts';
import type { Session } from './session-type.ts';
import { waitUntil } from './wait-until.ts';

export type SessionOptions = {
  readonly opening: Opening;
  /** What is kept of the session that goes on; null for a new one. */
  readonly resumed: readonly Event[] | null;
  /** A headless look opens no session: nothing is kept and nothing recorded. */
  readonly isRecorded: boolean;
  readonly listener: Partial<Listener>;
};

/** Runs the pure session: feeds it events, performs its effects, keeps and records them. */
export function openSession(deps: Deps, options: SessionOptions): Session {
  const { opening, isRecorded, listener } = options;
  const listeners = new Set<() => void>();
  const waiting = new Map<number, (result: Result<Outcome>) => void>();
  const running = new Map<number, AbortController>();
  const texts = new Map<number, string>();
  const background = new AbortController();
  let state = replay(openState(opening), options.resumed ?? []);
  let closing: Promise<void> | null = null;
  const seeker = createModelSeeker(deps, () => state, send, background.signal);
  const showFor = (id: number) => (block: Block) => {
    send({ kind: 'command.showed', id, block });
    listener.show?.(block);
  };
  const { ask, answer } = createAsker(opening.door, send, (given) => talks?.answered(given));
  const records = isRecorded
    ? keepRecords(deps, options, { state: () => state, send, notify })
    : null;
  let talks: TalkKeeper | null = null;

  const session: Session = {
    state: () => state,
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    send,
    enter(line, text) {
      if (line.trim() === '') return Promise.resolve(fail('usage', 'There is nothing to run.'));
      const id = state.started + state.queued.length;
      const result = new Promise<Result<Outcome>>((resolve) => waiting.set(id, resolve));
      if (text !== undefined) texts.set(id, text);
      send({ kind: 'line.entered', line });
      return result;
    },
    plan: (id) => planForReview(deps.readers, id),
    changes: (plan, step) => changesForReview(deps.readers, plan, step),
    cage: () => deps.readers.cages.report(background.signal),
    complete: (line, signal) => completeLine(deps, line, signal).catch(() => []),
    history(limit) {
      const lines = deps.readers.sessions.history(limit);
      return lines.ok ? lines.value : [];
    },
    hunks: deps.readers.differ.hunks,
    capabilities: () => capabilitiesOf(deps, state),
    close: () => (closing ??= close()),
  };

  records?.start();
  if (records?.isKeeping()) talks = keepTalks();
  recoverWhatIsLeft();
  if (opening.door === 'terminal') {
    void seeker.begin();
    void deps.hands.views.sweep();
  }
  return session;

  function send(event: Event): void {
    const [next, effects] = update(state, event);
    state = next;
    if (isKept(event)) records?.keep(event);
    for (const effect of effects) perform(effect);
    for (const heard of listeners) heard();
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'run':
        void run(effect.id, effect.line);
        return;
      case 'cancel':
        running.get(effect.id)?.abort();
        answer(null);
        return;
      case 'answer':
        answer(effect.answer);
        return;
      case 'close':
        void session.close();
        return;
      default:
        effect satisfies never;
    }
  }

  async function run(id: number, line: string): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    await seeker.lookFor(line, stageFor(id, controller.signal));
    talks?.begin(id, line);
    const prepared = controller.signal.aborted
      ? fail('cancelled', 'It was cancelled before it began.')
      : prepare(id, line, controller.signal);
    const ran = prepared.ok ? await prepared.value.run() : prepared;
    const result = ran.ok ? await bringAbout(id, ran.value, controller.signal) : ran;
    running.delete(id);
    texts.delete(id);
    talks?.end(result);
    recordCommand(line, prepared, result);
    send({ kind: 'command.ended', id, result });
    if (!result.ok && result.error.code === 'model') seeker.lookAgain();
    waiting.get(id)?.(result);
    waiting.delete(id);
  }

  function prepare(id: number, line: string, signal: AbortSignal): Result<Prepared> {
    const read = readLine(line, opening.door, state.mode, deps.commands);
    if (!read.ok) return read;
    const told = { show: showFor(id), line: listener.line ?? null, progress };
    const doors = { ask, talk, text: texts.get(id) };
    return prepareCommand(deps, state, read.value, told, signal, doors);
  }

  function talk(event: TalkEvent): void {
    if (closing !== null) return;
    send(event);
    if (event.kind !== 'turn.made') return;
    talks?.turned();
    records?.record('model.asked', describeTurn(event.turn), 'none');
  }

  /** What the command's outcome asks for; only here does anything change. */
  async function bringAbout(
    id: number,
    outcome: Outcome,
    signal: AbortSignal,
  ): Promise<Result<Outcome>> {
    try {
      return await carryOut(stageFor(id, signal), outcome, () => state, hear);
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      return fail('failed', `TinyCode itself failed: ${message}`, { cause });
    }
  }

  function hear(event: Event): void {
    send(event);
    if (event.kind === 'change.made' && mayMeanModel(event.change)) seeker.lookAgain();
  }

  function stageFor(id: number, signal: AbortSignal): Stage {
    const { workspace, mode, level } = state;
    return {
      ...deps,
      situation: { workspace, home: deps.home, mode, level },
      session: opening.session,
      show: showFor(id),
      progress,
      use: (use) => send({ kind: 'use.seen', use }),
      talk: (activity) => talk({ kind: 'talk.went', talk: activity }),
      hasPerson: opening.door === 'terminal',
      mayHaveModel: () => state.model.kind !== 'missing',
      enterNext: (line) => send({ kind: 'line.entered', line }),
      ask,
      signal,
    };
  }

  function progress(far: Progress): void {
    send({ kind: 'progress.made', progress: far });
    listener.progress?.(far);
  }

  function keepTalks(): TalkKeeper {
    const turnsBefore = options.resumed?.filter(({ kind }) => kind === 'turn.made').length ?? 0;
    const about = { session: opening.session, turnsBefore };
    return createTalkKeeper(
      deps,
      about,
      () => state,
      (why, hint) => notify(`What is said with models is not kept from now on: ${why}`, hint),
    );
  }

  /** Before anything else is looked at: a TinyCode that died may have left something half done. */
  function recoverWhatIsLeft(): void {
    const { workspace, mode, level } = state;
    recover({
      ...deps,
      situation: { workspace, home: deps.home, mode, level },
      session: opening.session,
      show(block) {
        send({ kind: 'notice', block });
        listener.show?.(block);
      },
    });
  }

  function notify(message: string, hint?: string): void {
    const failure = fail('unreadable', message, hint === undefined ? {} : { hint }).error;
    const block: Block = { kind: 'failure', failure };
    send({ kind: 'notice', block });
    listener.show?.(block);
  }

  function recordCommand(line: string, prepared: Result<Prepared>, result: Result<Outcome>): void {
    const risk = prepared.ok ? prepared.value.command.risk : 'none';
    const outcome = result.ok ? 'done' : result.error.code;
    records?.record('command', { line, outcome }, risk);
  }

  async function close(): Promise<void> {
    background.abort();
    for (const controller of running.values()) controller.abort();
    await waitUntil(() => running.size === 0, listeners);
    talks?.close();
    records?.close();
  }
}
