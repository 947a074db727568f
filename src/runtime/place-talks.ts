import { redactText } from '../core/audit/redact-text.ts';
import { resolveCommand } from '../core/commands/resolve.ts';
import { splitWords } from '../core/commands/words.ts';
import type { PlacedScene } from '../core/models/pick-scene.ts';
import type { TalkHead } from '../core/models/talk.ts';
import { readLine } from '../core/session/read-line.ts';
import type { CommandCard, Event } from '../core/types.ts';
import type { KeptTalk } from '../ports.ts';

/** A talk at its place in its session; `turn` is null where it is not played. */
export type PlacedTalk = {
  readonly number: number;
  readonly turn: number | null;
  readonly talk: KeptTalk;
};

/** Talks process by process, in their order; turns are counted from 1 over all of them. */
export function placeTalks(
  commands: readonly CommandCard[],
  talks: readonly KeptTalk[],
): readonly (readonly PlacedTalk[])[] {
  const runs = new Map<string, PlacedTalk[]>();
  let turn = 0;
  for (const [number, talk] of talks.entries()) {
    const isPlayed = asks(commands, talk.head);
    if (isPlayed) turn += 1;
    const run = runs.get(talk.head.run) ?? [];
    run.push({ number, turn: isPlayed ? turn : null, talk });
    runs.set(talk.head.run, run);
  }
  return [...runs.values()];
}

/** Questions and plans; what only looks at the models or loads one says nothing. */
function asks(commands: readonly CommandCard[], { line, door, mode }: TalkHead): boolean {
  const read = readLine(line, door, mode, commands);
  const words = read.ok ? splitWords(read.value) : read;
  const found = words.ok ? resolveCommand(commands, words.value) : words;
  if (!found.ok) return false;
  const { kind, family } = found.value.command;
  return kind !== 'steer' && family !== 'models';
}

export const recordOf = (run: readonly PlacedTalk[]): readonly PlacedScene[] =>
  run.flatMap(({ number, talk }) => talk.exchanges.map((each) => ({ ...each, talk: number })));

/** As it was entered: what stands in the record has lost its secrets, and would find other files. */
export function lineOf({ line }: TalkHead, events: readonly Event[]): string {
  for (const event of events) {
    if (event.kind === 'line.entered' && redactText(event.line) === line) return event.line;
  }
  return line;
}
