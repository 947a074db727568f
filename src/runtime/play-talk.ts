import type { TalkHead } from '../core/models/talk.ts';
import { readLine } from '../core/session/read-line.ts';
import { openState } from '../core/session/state.ts';
import { MAX_TURNS } from '../core/session/update.ts';
import type { Block, ModelActivity, Outcome, Result, Turn } from '../core/types.ts';
import type { LookingDeps } from './deps.ts';
import { prepareCommand } from './run-command.ts';

/** A line as it was entered, and what the session was like then. */
export type PlayedLine = {
  readonly session: string;
  readonly workspace: string;
  readonly line: string;
  readonly head: TalkHead;
  /** What the session had said with models before. */
  readonly turns: readonly Turn[];
  /** What a person answered to its questions then. */
  readonly answers: readonly (string | null)[];
};

export type Played = { readonly result: Result<Outcome>; readonly turns: readonly Turn[] };

/** Runs a line by the very code that ran it then. What it asks for is not brought about. */
export async function playTalk(
  deps: LookingDeps,
  { session, workspace, line, head, turns, answers }: PlayedLine,
  listener: { show(block: Block): void; talking(activity: ModelActivity | null): void },
  signal: AbortSignal,
): Promise<Played> {
  const { door, mode, level, model } = head;
  const made: Turn[] = [];
  const read = readLine(line, door, mode, deps.commands);
  if (!read.ok) return { result: read, turns: made };
  const state = {
    ...openState({ session, workspace, door, mode, level }),
    model,
    log: { kind: 'ok' },
    turns: turns.slice(-MAX_TURNS),
  } as const;
  const left = [...answers];
  const told = { show: listener.show, line: null };
  const doors = {
    ask: async () => left.shift() ?? null,
    talk: (event: Parameters<Parameters<typeof prepareCommand>[5]['talk']>[0]) => {
      if (event.kind === 'turn.made') made.push(event.turn);
      else listener.talking(event.talk);
    },
  };
  const prepared = prepareCommand(deps, state, read.value, told, signal, doors);
  const result = prepared.ok ? await prepared.value.run() : prepared;
  return { result, turns: made };
}
