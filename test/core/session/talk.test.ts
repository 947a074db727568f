import { describe, expect, it } from 'vitest';
import { isKept, openState, replay } from '../../../src/core/session/state.ts';
import { MAX_TURNS, update } from '../../../src/core/session/update.ts';
import type { Event, ModelActivity, Outcome, Result, State } from '../../../src/core/types.ts';
import { aTurn } from '../../support/turns.ts';

const opening = openState({
  session: 's',
  workspace: '/w',
  door: 'terminal',
  mode: 'chat',
  level: 'standard',
});
const feed = (events: readonly Event[], from: State = opening): State =>
  events.reduce((before, event) => update(before, event)[0], from);
const asked: Event = { kind: 'line.entered', line: 'where?' };
const ended = (result: Result<Outcome>): Event => ({ kind: 'command.ended', id: 0, result });
const looked: Result<Outcome> = { ok: true, value: { kind: 'looked', data: null } };
const cancelled: Result<Outcome> = {
  ok: false,
  error: { code: 'cancelled', message: 'ask was cancelled.' },
};
const went = (more: Partial<ModelActivity> = {}): Event => ({
  kind: 'talk.went',
  talk: {
    model: 'tiny',
    phase: 'writing',
    text: 'It is in',
    promptTokens: 900,
    answerTokens: 100,
    contextTokens: 8_000,
    ...more,
  },
});

describe('a session in which a model talks', () => {
  it('knows what the model does while the command runs, and no longer', () => {
    expect(feed([asked, went()]).talk).toMatchObject({ phase: 'writing', text: 'It is in' });
    expect(feed([asked, went(), ended(looked)]).talk).toBeNull();
    expect(feed([asked, ended(looked), went()]).talk).toBeNull();
  });

  it('knows how full the window is, also afterwards', () => {
    const { context } = feed([asked, went(), ended(looked)]);
    expect(context).toEqual({ usedTokens: 1_000, contextTokens: 8_000 });
    expect(feed([asked, went({ contextTokens: 0 })]).context).toBeNull();
  });

  it('keeps what stood on the screen when the talk was stopped, above the failure', () => {
    const kinds = (events: readonly Event[]) =>
      feed(events).entries.map((entry) => (entry.kind === 'block' ? entry.block.kind : 'input'));
    expect(kinds([asked, went(), ended(cancelled)])).toEqual(['input', 'markdown', 'failure']);
    expect(kinds([asked, went({ text: '' }), ended(cancelled)])).toEqual(['input', 'failure']);
    expect(kinds([asked, went(), ended(looked)])).toEqual(['input']);
  });

  it('keeps the newest exchanges', () => {
    const turns = Array.from({ length: MAX_TURNS + 3 }, (_, at): Event => {
      return { kind: 'turn.made', turn: aTurn({ asked: `question ${at}` }) };
    });
    const { turns: kept } = feed(turns);
    expect(kept).toHaveLength(MAX_TURNS);
    expect(kept.at(-1)?.asked).toBe(`question ${MAX_TURNS + 2}`);
  });

  it('has its exchanges again when it is resumed, and nothing of a moment', () => {
    const turn: Event = { kind: 'turn.made', turn: aTurn() };
    expect([isKept(turn), isKept(went())]).toEqual([true, false]);
    const resumed = replay(opening, [asked, turn, ended(looked)]);
    expect(resumed.turns).toEqual([aTurn()]);
    expect(resumed.talk).toBeNull();
  });
});
