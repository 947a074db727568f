import { cutLook, keyOf, type Look, labelLook, missLook, seeLook } from '../../core/tools/look.ts';
import type { Round } from '../../core/tools/look-rounds.ts';
import { readValues } from '../../core/tools/read-values.ts';
import type { ToolCall } from '../../core/types.ts';
import type { CommandContext } from '../command.ts';
import type { Looking } from './open-looking.ts';

/** What is left of all that may be looked at. */
export type LookRoom = {
  readonly calls: number;
  /** Of one look. */
  readonly bytes: number;
  readonly tokens: number;
};

/** Runs the calls of one answer one after the other; each gets an answer, whatever it is. */
export async function runCalls(
  context: CommandContext,
  looking: Looking,
  before: readonly Round[],
  calls: readonly ToolCall[],
  room: LookRoom,
  estimate: (text: string) => number,
  onLook: (label: string) => void,
): Promise<readonly Look[]> {
  const looks: Look[] = [];
  const seen = new Set(before.flatMap((round) => round.looks.map(({ key }) => key)));
  for (const [at, call] of calls.entries()) {
    if (context.signal.aborted) break;
    const look = at < room.calls ? await run(call) : refuse(call, NO_MORE);
    if (look.key !== '') seen.add(look.key);
    looks.push(look);
    const said = look.note === '' ? look.label : `${look.label} · ${look.note}`;
    context.show({ kind: 'text', text: `looked: ${said}`, tone: 'dim' });
  }
  return looks;

  async function run(call: ToolCall): Promise<Look> {
    const card = looking.cards.find(({ name }) => name === call.tool);
    if (card === undefined) {
      const names = looking.cards.map(({ name }) => name).join(', ');
      return refuse(
        call,
        `There is no tool of this name, and none that changes anything. There are: ${names}.`,
      );
    }
    const values = readValues(card, call.values);
    if (!values.ok) return refuse(call, values.error.message);
    const named = {
      tool: call.tool,
      key: keyOf(call.tool, values.value),
      label: labelLook(card, values.value),
    };
    if (seen.has(named.key))
      return { ...missLook(named, REPEATED, 'asked before'), isRepeated: true };
    onLook(named.label);
    const { bytes } = room;
    const sight = await context.look(call.tool, { ...values.value, bytes }, context.signal);
    if (!sight.ok) {
      const { message, hint } = sight.error;
      return missLook(named, hint === undefined ? message : `${message} ${hint}`, message);
    }
    return cutLook(seeLook(named, sight.value), room.tokens, estimate);
  }

  function refuse(call: ToolCall, why: string): Look {
    const key = keyOf(call.tool, call.values);
    const named = { tool: call.tool, key, label: call.tool.slice(0, MOST_NAME) };
    if (!seen.has(key)) return missLook(named, why);
    return { ...missLook(named, REPEATED, 'asked before'), isRepeated: true };
  }
}

const MOST_NAME = 60;
const NO_MORE = 'No more looks: answer with what you have seen.';
const REPEATED = 'You asked this already, and the answer stands above. Do not ask it again.';
