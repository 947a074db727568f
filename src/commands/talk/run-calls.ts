import { cutLook, keyOf, type Look, labelLook, missLook, seeLook } from '../../core/tools/look.ts';
import type { Round } from '../../core/tools/look-rounds.ts';
import { readValues } from '../../core/tools/read-values.ts';
import type { FailureCode, ToolCall } from '../../core/types.ts';
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
    const look = at < room.calls ? await run(call) : refuse(call, NO_MORE, 'one too many');
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
      const why = `There is no tool of this name, and none that changes anything. There are: ${names}.`;
      return refuse(call, why, 'there is no such look');
    }
    const values = readValues(card, call.values);
    if (!values.ok) return refuse(call, values.error.message, 'not understood');
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
      const { code, message, hint } = sight.error;
      const why = hint === undefined ? message : `${message} ${hint}`;
      return missLook(named, why, IN_SHORT[code] ?? 'failed');
    }
    return cutLook(seeLook(named, sight.value), room.tokens, estimate);
  }

  function refuse(call: ToolCall, why: string, note: string): Look {
    const key = keyOf(call.tool, call.values);
    const named = {
      tool: call.tool,
      key,
      label: call.tool.replace(/\s+/g, ' ').slice(0, MOST_NAME),
    };
    if (!seen.has(key)) return missLook(named, why, note);
    return { ...missLook(named, REPEATED, 'asked before'), isRepeated: true };
  }
}

/** What the line on the screen says of a failure; the model reads all of it. */
const IN_SHORT: Partial<Readonly<Record<FailureCode, string>>> = {
  denied: 'not allowed',
  'needs-approval': 'not allowed',
  untrusted: 'not allowed',
  'not-found': 'not found',
  usage: 'not understood',
  timeout: 'took too long',
  limit: 'too much',
};

const MOST_NAME = 60;
const NO_MORE = 'No more looks: answer with what you have seen.';
const REPEATED = 'You asked this already, and the answer stands above. Do not ask it again.';
