import { describe, expect, it } from 'vitest';
import { isKept, openState, replay } from '../../../src/core/session/state.ts';
import { MAX_ENTRIES, MAX_QUEUED, update } from '../../../src/core/session/update.ts';
import type { Effect, Event, Outcome, Result, State } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';
import { PROGRAM } from '../../support/program-sample.ts';

const opening = openState({
  session: 's',
  workspace: '/w',
  door: 'terminal',
  mode: 'chat',
  level: 'standard',
});
const looked: Result<Outcome> = { ok: true, value: { kind: 'looked', data: null } };
const ended = (id: number): Event => ({ kind: 'command.ended', id, result: looked });
const entered = (line: string): Event => ({ kind: 'line.entered', line });

function feed(events: readonly Event[], from: State = opening) {
  const effects: Effect[] = [];
  const state = events.reduce((before, event) => {
    const [next, more] = update(before, event);
    effects.push(...more);
    return next;
  }, from);
  return { state, effects };
}

describe('a session', () => {
  it('runs an entered line and shows it', () => {
    const { state, effects } = feed([entered('/help')]);
    expect(effects).toEqual([{ kind: 'run', id: 0, line: '/help' }]);
    expect(state.running).toMatchObject({ id: 0, name: '/help' });
    expect(state.entries).toEqual([{ kind: 'input', mode: 'chat', line: '/help' }]);
  });

  it('lets further lines wait their turn', () => {
    const { state, effects } = feed([entered('a'), entered('b'), entered('c'), ended(0), ended(1)]);
    expect(effects.map((effect) => 'line' in effect && effect.line)).toEqual(['a', 'b', 'c']);
    expect(state.running?.line).toBe('c');
  });

  it('refuses more waiting lines than it can hold and says so', () => {
    const lines = Array.from({ length: MAX_QUEUED + 2 }, (_, at) => entered(`line ${at}`));
    const { state } = feed(lines);
    expect(state.queued).toHaveLength(MAX_QUEUED);
    expect(JSON.stringify(state.entries.at(-1))).toContain(`line ${MAX_QUEUED + 1}`);
  });

  it('cancels what runs and forgets what waits', () => {
    const { state, effects } = feed([entered('a'), entered('b'), { kind: 'cancel.asked' }]);
    expect(effects.at(-1)).toEqual({ kind: 'cancel', id: 0 });
    expect(state.queued).toEqual([]);
  });

  it('holds what a program uses for as long as the command runs, and keeps none of it', () => {
    const use = PROGRAM;
    const seen: Event = { kind: 'use.seen', use };
    expect(feed([seen]).state.use).toBeNull();
    const { state } = feed([entered('a'), seen]);
    expect(state.use).toBe(use);
    expect(feed([{ kind: 'use.seen', use: null }], state).state.use).toBeNull();
    expect(feed([ended(0)], state).state.use).toBeNull();
    expect(isKept(seen)).toBe(false);
    expect(replay(opening, [entered('a'), seen]).use).toBeNull();
  });

  it('ignores what a command says after it has ended', () => {
    const late: Event = { kind: 'command.showed', id: 0, block: { kind: 'heading', text: 'x' } };
    const { state } = feed([entered('a'), ended(0), late, ended(0)]);
    expect(state.entries).toHaveLength(1);
  });

  it('leaves once, cancelling what runs', () => {
    const { effects } = feed([entered('a'), { kind: 'leave.asked' }, { kind: 'leave.asked' }]);
    expect(effects.slice(1)).toEqual([{ kind: 'cancel', id: 0 }, { kind: 'close' }]);
  });

  it('holds a bounded number of entries and counts the rest', () => {
    const events = Array.from({ length: MAX_ENTRIES }, (_, at) => [entered(`${at}`), ended(at)]);
    const { state } = feed([...events.flat(), entered('last')]);
    expect(state.entries).toHaveLength(MAX_ENTRIES);
    expect(state.dropped).toBe(1);
  });

  it('comes back from its kept events as it was, whatever happened', () => {
    const event = fc.oneof(
      fc.constantFrom<Event>(
        entered('/mode propose'),
        { kind: 'change.made', change: { kind: 'mode.set', mode: 'propose' } },
        { kind: 'change.made', change: { kind: 'level.set', level: 'strict' } },
        { kind: 'change.made', change: { kind: 'session.rename', title: 't' } },
        { kind: 'model.seen', model: { kind: 'ready', name: 'm' } },
      ),
      fc.nat(5).map(ended),
    );
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { state } = feed(events);
        const { mode, level } = state;
        const back = replay({ ...opening, mode, level }, events.filter(isKept));
        expect(back).toMatchObject({
          mode,
          level,
          title: state.title,
          started: state.started,
          running: null,
        });
      }),
    );
  });

  it('comes back in the mode that it is opened with, whatever it was in before', () => {
    const change = { kind: 'mode.set', mode: 'execute' } as const;
    expect(replay(opening, [{ kind: 'change.made', change }]).mode).toBe('chat');
  });

  it('says of a resumed session which command was cut off', () => {
    const back = replay(opening, [entered('/slow')]);
    expect(JSON.stringify(back.entries.at(-1))).toContain('“/slow” was cut off');
  });
});
