import { fail, ok } from '../core/result.ts';
import { readLine } from '../core/session/read-line.ts';
import { isKept, type Opening, openState, replay } from '../core/session/state.ts';
import { update } from '../core/session/update.ts';
import type { Block, Effect, Event, JsonObject, Outcome, Result, Risk } from '../core/types.ts';
import { completeLine } from './complete-line.ts';
import type { Deps } from './deps.ts';
import { makeChange } from './make-change.ts';
import { capabilitiesOf, type Listener, type Prepared, prepareCommand } from './run-command.ts';
import type { Session } from './session-type.ts';

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
  const { audit, sessions } = deps.writers;
  const listeners = new Set<() => void>();
  const waiting = new Map<number, (result: Result<Outcome>) => void>();
  const running = new Map<number, AbortController>();
  const background = new AbortController();
  let state = replay(openState(opening), options.resumed ?? []);
  let isKeeping = isRecorded;
  let closing: Promise<void> | null = null;

  const session: Session = {
    state: () => state,
    subscribe(heard) {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    send,
    enter(line) {
      if (line.trim() === '') return Promise.resolve(fail('usage', 'There is nothing to run.'));
      const id = state.started + state.queued.length;
      const result = new Promise<Result<Outcome>>((resolve) => waiting.set(id, resolve));
      send({ kind: 'line.entered', line });
      return result;
    },
    complete: (line, signal) => completeLine(deps, line, signal).catch(() => []),
    history(limit) {
      const lines = deps.readers.sessions.history(limit);
      return lines.ok ? lines.value : [];
    },
    capabilities: () => capabilitiesOf(deps, state),
    close: () => (closing ??= close()),
  };

  if (isRecorded) start();
  if (opening.door === 'terminal') void seekModel();
  return session;

  function send(event: Event): void {
    const [next, effects] = update(state, event);
    state = next;
    if (isKept(event)) keep(event);
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
    const prepared = prepare(id, line, controller.signal);
    const result = prepared.ok ? await carryOut(id, prepared.value) : prepared;
    running.delete(id);
    recordCommand(line, prepared, result);
    send({ kind: 'command.ended', id, result });
    waiting.get(id)?.(result);
    waiting.delete(id);
  }

  function prepare(id: number, line: string, signal: AbortSignal): Result<Prepared> {
    const read = readLine(line, opening.door, state.mode, deps.commands);
    if (!read.ok) return read;
    const show = (block: Block) => {
      send({ kind: 'command.showed', id, block });
      listener.show?.(block);
    };
    return prepareCommand(deps, state, read.value, { show, line: listener.line ?? null }, signal);
  }

  async function carryOut(id: number, prepared: Prepared): Promise<Result<Outcome>> {
    const result = await prepared.run();
    if (!result.ok || result.value.kind === 'looked') return result;
    for (const change of result.value.changes) {
      const made =
        change.kind === 'session.leave' ? ok(undefined) : makeChange(deps.writers, state, change);
      if (!made.ok) return made;
      send({ kind: 'change.made', change });
    }
    const block = result.value.done;
    send({ kind: 'command.showed', id, block });
    listener.show?.(block);
    return result;
  }

  function start(): void {
    const isNew = options.resumed === null;
    const held = isNew
      ? sessions.create({ ...opening, id: opening.session })
      : sessions.hold(opening.session);
    if (!held.ok) stopKeeping(held.error.message, held.error.hint);
    const { door, workspace, mode, level } = opening;
    // Lines that a later resume shows keep the mode that they were entered in.
    keep({ kind: 'change.made', change: { kind: 'mode.set', mode } });
    const details = { door, workspace, mode, level, version: deps.version, resumed: !isNew };
    record('session.started', details, 'none');
    if (state.log.kind === 'unknown') send({ kind: 'log.seen', log: { kind: 'ok' } });
  }

  function keep(event: Event): void {
    if (!isKeeping) return;
    const kept = sessions.append(opening.session, event);
    if (!kept.ok) stopKeeping(kept.error.message, kept.error.hint);
  }

  function stopKeeping(why: string, hint?: string): void {
    isKeeping = false;
    notify(`This session is not kept: ${why}`, hint);
  }

  function notify(message: string, hint?: string): void {
    const failure = fail('unreadable', message, hint === undefined ? {} : { hint }).error;
    const block: Block = { kind: 'failure', failure };
    send({ kind: 'notice', block });
    listener.show?.(block);
  }

  /** A look that cannot be recorded has happened all the same; from then on nothing can act. */
  function record(action: string, details: JsonObject, risk: Risk): void {
    const { session: id, mode } = { session: opening.session, mode: state.mode };
    const appended = audit.append({ session: id, action, mode, details, risk_level: risk });
    if (appended.ok || state.log.kind === 'broken') return;
    send({ kind: 'log.seen', log: { kind: 'broken', failure: appended.error } });
    notify(
      `Nothing can be recorded, so nothing can act: ${appended.error.message}`,
      appended.error.hint,
    );
  }

  function recordCommand(line: string, prepared: Result<Prepared>, result: Result<Outcome>): void {
    if (!isRecorded) return;
    const risk = prepared.ok ? prepared.value.command.risk : 'none';
    const outcome = result.ok ? 'done' : result.error.code;
    record('command', { line, outcome }, risk);
  }

  async function seekModel(): Promise<void> {
    const model = await deps.probe.look(background.signal);
    if (background.signal.aborted) return;
    send({ kind: 'model.seen', model });
    if (model.kind !== 'missing') return;
    const text = `${model.why} ${model.remedy}\nCommands work without a model; /doctor tells more.`;
    send({ kind: 'notice', block: { kind: 'text', text, tone: 'dim' } });
  }

  async function close(): Promise<void> {
    background.abort();
    for (const controller of running.values()) controller.abort();
    await new Promise<void>(whenIdle);
    if (!isRecorded) return;
    record('session.ended', { lines: state.started }, 'none');
    const sealed = state.log.kind === 'broken' ? null : audit.seal();
    if (sealed?.ok === false) notify(`The log is not sealed: ${sealed.error.message}`);
    if (isKeeping) sessions.release(opening.session);
    sessions.close();
    audit.close();
  }

  function whenIdle(done: () => void): void {
    const look = () => {
      if (running.size > 0) return;
      listeners.delete(look);
      done();
    };
    listeners.add(look);
    look();
  }
}
