import type { Difference } from '../core/models/find-difference.ts';
import type { PlacedScene } from '../core/models/pick-scene.ts';
import { isReplyRedacted } from '../core/models/redact-exchange.ts';
import {
  compareTalks,
  type ReplayedTalk,
  type RequestTally,
  type Saying,
  type TalkHead,
} from '../core/models/talk.ts';
import { fail, ok } from '../core/result.ts';
import type { Event, Result, Turn } from '../core/types.ts';
import type { Replayer } from '../ports.ts';
import type { LookingDeps } from './deps.ts';
import { lineOf, type PlacedTalk, placeTalks, recordOf } from './place-talks.ts';
import { playTalk } from './play-talk.ts';

/** What one process of a session is played with: its record in place of the models' servers. */
export type ReplayStage = {
  readonly deps: LookingDeps;
  /** Sets the world to what it was when this talk began. */
  enter(talk: number, head: TalkHead, planId: string | null, speed: number): void;
  tally(): { readonly requests: RequestTally; readonly difference: Difference | null };
};

type Played = {
  readonly session: string;
  readonly events: readonly Event[];
  readonly turns: readonly Turn[];
  readonly speed: number;
  readonly listener: Listener;
  readonly signal: AbortSignal;
};
type Listener = Parameters<Replayer['play']>[2];

/** Plays the talks of a session, process by process, and compares what comes of them. */
export function createReplayer(given: {
  readonly deps: () => LookingDeps;
  readonly workspace: string;
  readonly open: (record: readonly PlacedScene[], hosts: string) => Promise<Result<ReplayStage>>;
}): Replayer {
  return {
    async play(session, { turn, speed = AT_ONCE }, listener, signal) {
      const { commands, readers } = given.deps();
      const kept = readers.talks.list(session);
      if (!kept.ok) return kept;
      const events = readers.sessions.events(session);
      if (!events.ok) return events;
      const runs = placeTalks(commands, kept.value.talks);
      const isWanted = (placed: PlacedTalk): boolean =>
        placed.turn !== null && (turn === undefined || placed.turn === turn);
      const wanted = runs.filter((run) => run.some(isWanted));
      if (wanted.length === 0) {
        return nothingKept(session, runs.flat(), kept.value.givenUp);
      }
      const turns = events.value.flatMap((event) =>
        event.kind === 'turn.made' ? [event.turn] : [],
      );
      const about = { session, events: events.value, turns, speed, listener, signal };
      const all: ReplayedTalk[] = [];
      for (const run of wanted) {
        const played = await playRun(run, isWanted, about);
        if (!played.ok) return played;
        all.push(...played.value);
      }
      return ok({ talks: all, givenUp: kept.value.givenUp });
    },
  };

  /** Those before the one that is wanted are played too: the client learns from them. */
  async function playRun(
    run: readonly PlacedTalk[],
    isWanted: (placed: PlacedTalk) => boolean,
    about: Played,
  ): Promise<Result<readonly ReplayedTalk[]>> {
    const hosts = run[0]?.talk.head.hosts ?? '';
    const opened = await given.open(recordOf(run), hosts);
    if (!opened.ok) return opened;
    const all: ReplayedTalk[] = [];
    for (const placed of run.slice(0, run.findLastIndex(isWanted) + 1)) {
      if (placed.turn === null) continue;
      const quiet = { ...about, listener: SILENT, speed: AT_ONCE };
      const played = await playOne(opened.value, placed, isWanted(placed) ? about : quiet);
      if (about.signal.aborted) return fail('cancelled', 'The replay was stopped.');
      if (isWanted(placed)) all.push(played);
    }
    return ok(all);
  }

  async function playOne(
    stage: ReplayStage,
    { number, turn, talk }: PlacedTalk,
    { session, events, turns, speed, listener, signal }: Played,
  ): Promise<ReplayedTalk> {
    const { head, end } = talk;
    listener.begin(turn ?? 0, head.line);
    stage.enter(number, head, end?.plan?.id ?? null, speed);
    const { result, turns: made } = await playTalk(
      stage.deps,
      {
        session,
        workspace: given.workspace,
        line: lineOf(head, events),
        head,
        turns: turns.slice(0, head.turns),
        answers: end?.answers ?? [],
      },
      listener,
      signal,
    );
    listener.talking(null);
    const plan = result.ok && result.value.kind === 'proposed' ? result.value : null;
    for (const block of plan?.shown ?? []) listener.show(block);
    if (!result.ok) listener.show({ kind: 'failure', failure: result.error });
    const now = sayingOf(result.ok ? 'done' : result.error.code, made, plan?.plan.hash ?? null);
    const then = turns.slice(head.turns, head.turns + (end?.turns ?? 0));
    const before = end === null ? null : sayingOf(end.outcome, then, end.plan?.hash ?? null);
    const { requests, difference } = stage.tally();
    const isRedacted = talk.exchanges.some(isReplyRedacted);
    const { leftOut } = talk;
    const differences = compareTalks(before, now, { requests, difference, leftOut, isRedacted });
    const isSame = differences.length === 0;
    const played = { turn: turn ?? 0, line: head.line, isSame, differences, requests, before, now };
    listener.end(played);
    return played;
  }
}

const AT_ONCE = Number.POSITIVE_INFINITY;
const SILENT: Listener = { begin() {}, show() {}, talking() {}, end() {} };

const sayingOf = (
  outcome: Saying['outcome'],
  turns: readonly Turn[],
  planHash: string | null,
): Saying => ({
  outcome,
  answers: turns.map(({ answer }) => answer),
  turns: turns.map((turn) => turn.outcome),
  planHash,
});

function nothingKept(session: string, placed: readonly PlacedTalk[], givenUp: number) {
  const most = placed.filter(({ turn }) => turn !== null).length;
  if (most > 0) {
    return fail('not-found', `The last turn of session ${session} is ${most}.`);
  }
  if (givenUp > 0) {
    return fail(
      'not-found',
      `What session ${session} said with models had to go to make room for newer sessions.`,
    );
  }
  return fail('not-found', `Nothing is kept that session ${session} said with a model.`, {
    hint: 'Only recorded sessions keep it, and only what asks a model or makes a plan with one.',
  });
}
