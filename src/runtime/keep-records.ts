import { keptForm, type Opening } from '../core/session/state.ts';
import type { Event, JsonObject, Risk, State } from '../core/types.ts';
import type { Deps } from './deps.ts';

/** What stays of a session: its events, so that it can go on, and its records in the audit log. */
export type SessionRecords = {
  start(): void;
  isKeeping(): boolean;
  keep(event: Event): void;
  record(action: string, details: JsonObject, risk: Risk): void;
  /** Ends the session for others too, and all that it has written to. */
  close(): void;
};

type About = { readonly opening: Opening; readonly resumed: readonly Event[] | null };
type Session = {
  readonly state: () => State;
  readonly send: (event: Event) => void;
  readonly notify: (message: string, hint?: string) => void;
};

export function keepRecords(
  { writers, version }: Pick<Deps, 'writers' | 'version'>,
  { opening, resumed }: About,
  { state, send, notify }: Session,
): SessionRecords {
  const { audit, sessions } = writers;
  let isKeeping = true;
  return { start, isKeeping: () => isKeeping, keep, record, close };

  function start(): void {
    const isNew = resumed === null;
    const held = isNew
      ? sessions.create({ ...opening, id: opening.session })
      : sessions.hold(opening.session);
    if (!held.ok) stopKeeping(held.error.message, held.error.hint);
    const { door, workspace, mode, level } = opening;
    // Lines that a later resume shows keep the mode that they were entered in.
    keep({ kind: 'change.made', change: { kind: 'mode.set', mode } });
    record('session.started', { door, workspace, mode, level, version, resumed: !isNew }, 'none');
    if (state().log.kind === 'unknown') send({ kind: 'log.seen', log: { kind: 'ok' } });
  }

  function keep(event: Event): void {
    if (!isKeeping) return;
    const kept = sessions.append(opening.session, keptForm(event));
    if (!kept.ok) stopKeeping(kept.error.message, kept.error.hint);
  }

  function stopKeeping(why: string, hint?: string): void {
    isKeeping = false;
    notify(`This session is not kept: ${why}`, hint);
  }

  /** A look that cannot be recorded has happened all the same; from then on nothing can act. */
  function record(action: string, details: JsonObject, risk: Risk): void {
    const { mode, log } = state();
    const draft = { session: opening.session, action, mode, details, risk_level: risk };
    const appended = audit.append(draft);
    if (appended.ok || log.kind === 'broken') return;
    const { message, hint } = appended.error;
    send({ kind: 'log.seen', log: { kind: 'broken', failure: appended.error } });
    notify(`Nothing can be recorded, so nothing can act: ${message}`, hint);
  }

  function close(): void {
    const { started, log } = state();
    record('session.ended', { lines: started }, 'none');
    const sealed = log.kind === 'broken' ? null : audit.seal();
    if (sealed?.ok === false) notify(`The log is not sealed: ${sealed.error.message}`);
    if (isKeeping) sessions.release(opening.session);
    sessions.close();
    writers.talks.close();
    writers.plans.close();
    writers.checkpoints.close();
    audit.close();
  }
}
