import type { Door, Event, Level, Mode, State } from '../types.ts';
import { update } from './update.ts';

export type Opening = {
  readonly session: string;
  readonly workspace: string;
  readonly door: Door;
  readonly mode: Mode;
  readonly level: Level;
};

export const openState = (opening: Opening): State => ({
  ...opening,
  title: '',
  model: { kind: 'unknown' },
  branch: '',
  log: { kind: 'unknown' },
  running: null,
  question: null,
  progress: null,
  use: null,
  talk: null,
  context: null,
  turns: [],
  review: null,
  plan: null,
  queued: [],
  started: 0,
  entries: [],
  dropped: 0,
  isLeaving: false,
});

/** The events that a session is resumed from; the others only tell of a moment. */
export function isKept(event: Event): boolean {
  switch (event.kind) {
    case 'line.entered':
    case 'command.showed':
    case 'command.ended':
    case 'plan.kept':
    case 'turn.made':
      return true;
    case 'change.made':
      return ['mode.set', 'level.set', 'session.rename'].includes(event.change.kind);
    default:
      return false;
  }
}

/** The event without what no resumed session shows: the data of an outcome may be a whole plan. */
export function keptForm(event: Event): Event {
  if (event.kind !== 'command.ended' || !event.result.ok) return event;
  return { ...event, result: { ok: true, value: { kind: 'looked', data: null } } };
}

/**
 * What kept events make of a fresh state. Mode and level are those that it is opened with, which a
 * flag may have set. A command that never ended was cut off.
 */
export function replay(opened: State, events: readonly Event[]): State {
  const { mode, level } = opened;
  const past = events.reduce((before, event) => update(before, event)[0], opened);
  const state = {
    ...past,
    mode,
    level,
    queued: [],
    question: null,
    progress: null,
    use: null,
    talk: null,
    review: null,
    isLeaving: false,
  };
  if (state.running === null) return state;
  const text = `“${state.running.line}” was cut off: TinyCode ended while it ran.`;
  const cut: Event = { kind: 'notice', block: { kind: 'text', text, tone: 'warn' } };
  return update({ ...state, running: null }, cut)[0];
}
