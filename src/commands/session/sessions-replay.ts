import type { ReplayedTalk } from '../../core/models/talk.ts';
import { ok } from '../../core/result.ts';
import type { Block, Json } from '../../core/types.ts';
import { AUTHOR_LIMITS } from '../author/author-limits.ts';
import { defineCommand } from '../command.ts';
import { ID_ARG } from './id-arg.ts';

export const sessionsReplay = defineCommand({
  name: 'sessions replay',
  family: 'session',
  summary: 'Plays what a session said with a model again, without one, and says what differs',
  examples: [
    'sessions replay 3f2a',
    'sessions replay 3f2a --turn 2 --speed 1',
    'sessions replay 3f2a --json',
  ],
  kind: 'look',
  limits: AUTHOR_LIMITS,
  args: {
    id: ID_ARG,
    turn: {
      kind: 'option',
      type: 'integer',
      min: 1,
      valueName: 'N',
      summary: 'Only the Nth time that it asked a model',
    },
    speed: {
      kind: 'option',
      type: 'integer',
      min: 1,
      valueName: 'N',
      summary: 'N times as fast as it was; without it, at once',
    },
  },
  async run({ id, turn, speed }, { readers, show, talking, signal }) {
    const found = readers.sessions.find(id);
    if (!found.ok) return found;
    const played = await readers.replayer.play(
      found.value.id,
      { ...(turn === undefined ? {} : { turn }), ...(speed === undefined ? {} : { speed }) },
      {
        begin: (at, line) => show({ kind: 'heading', text: `Turn ${at}  ${line}` }),
        show,
        // The window of this session is as full as it was.
        talking: (activity) => talking(activity && { ...activity, contextTokens: 0 }),
        end: (talk) => show(verdictOf(talk)),
      },
      signal,
    );
    if (!played.ok) return played;
    const { talks, givenUp } = played.value;
    const others = talks.filter(({ isSame }) => !isSame).length;
    if (givenUp > 0) show({ kind: 'text', text: sayGivenUp(givenUp), tone: 'warn' });
    show({ kind: 'text', text: sumUp(talks.length, others), tone: 'strong' });
    const turns = talks.map(dataOf);
    return ok({
      kind: 'looked',
      data: { session: found.value.id, same: others === 0, givenUp, turns },
      exitCode: others === 0 ? 0 : 1,
    });
  },
});

function verdictOf({ isSame, differences, now }: ReplayedTalk): Block {
  const plan = now.planHash === null ? '' : ` The plan ${now.planHash.slice(0, 12)} is not kept.`;
  const items = isSame
    ? [{ mark: 'ok', text: `The same as then.${plan}` } as const]
    : differences.map((text) => ({ mark: 'fail', text }) as const);
  return { kind: 'items', items };
}

const sayGivenUp = (talks: number): string =>
  `Older talks of this session had to go to make room for newer ones: ${talks}.`;

function sumUp(all: number, others: number): string {
  if (others === 0) return all === 1 ? 'It came out the same.' : `All ${all} came out the same.`;
  return `${others} of ${all} did not come out the same.`;
}

const dataOf = ({
  turn,
  line,
  isSame,
  differences,
  requests,
  before,
  now,
}: ReplayedTalk): Json => ({
  turn,
  line,
  same: isSame,
  differences,
  requests,
  before,
  now,
});
