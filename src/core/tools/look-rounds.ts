import { DATA_NOTE } from '../prompt/render-part.ts';
import type { ChatMessage, ContextEntry, Source, ToolCall } from '../types.ts';
import { cutLook, type Look, shortenLook } from './look.ts';

/** One answer in which a model wanted to look; each look belongs to the call at its place. */
export type Round = {
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolCall[];
  readonly looks: readonly Look[];
};

/** Stands behind the looks when there will be no more of them. */
export const ANSWER_NOW =
  'There are no more looks. Answer the request now, in words, with what you have seen.';

/** Less of the newest look would say no more than its short form. */
const LEAST_TOKENS = 80;

/** What a template writes around a message. */
const MESSAGE_TOKENS = 8;

/**
 * The rounds as messages behind the request: in the server's own form, or as text for a model whose
 * template knows no tools. What was seen never stands in the system text.
 */
export function messagesOfRounds(
  rounds: readonly Round[],
  form: 'native' | 'text',
  isLast: boolean,
): readonly ChatMessage[] {
  const messages = rounds.flatMap((round) =>
    form === 'native' ? nativeMessages(round) : textMessages(round),
  );
  if (!isLast) return messages;
  const before = messages.at(-1);
  if (before?.role !== 'user') return [...messages, { role: 'user', text: ANSWER_NOW }];
  return [...messages.slice(0, -1), { role: 'user', text: `${before.text}\n\n${ANSWER_NOW}` }];
}

const nativeMessages = ({ text, thinking, calls, looks }: Round): readonly ChatMessage[] => [
  { role: 'assistant', text, thinking, calls },
  ...looks.map(({ tool, text: seen }, at): ChatMessage => {
    const id = calls[at]?.id;
    return { role: 'tool', tool, text: seen, ...(id === undefined ? {} : { call: id }) };
  }),
];

function textMessages({ text, calls, looks }: Round): readonly ChatMessage[] {
  const written = calls.map(({ tool, values }) =>
    JSON.stringify({ name: tool, arguments: values }),
  );
  const said = [text.trim(), ...written].filter((line) => line !== '').join('\n');
  return [
    { role: 'assistant', text: said },
    { role: 'user', text: [DATA_NOTE, ...looks.map((look) => look.text)].join('\n\n') },
  ];
}

export type FittedRounds = {
  readonly rounds: readonly Round[];
  /** How many looks are shorter now than they were. */
  readonly shortened: number;
};

/**
 * The rounds in at most so many tokens: where they are more, the oldest looks are shortened first.
 * It goes down to half of the room at once, as whatever changes has to be read anew.
 */
export function fitRounds(
  rounds: readonly Round[],
  room: number,
  estimate: (text: string) => number,
): FittedRounds {
  let total = costOfRounds(rounds, estimate);
  if (total <= room) return { rounds, shortened: 0 };
  const all = rounds.flatMap(({ looks }) => looks);
  const shorter = new Map<Look, Look>();
  for (const [at, look] of all.entries()) {
    const isNewest = at === all.length - 1;
    if (total <= (isNewest ? room : room / 2)) break;
    const left = room - (total - estimate(look.text));
    const short =
      isNewest && left > LEAST_TOKENS ? cutLook(look, left, estimate) : shortenLook(look);
    if (short === look) continue;
    shorter.set(look, short);
    total -= estimate(look.text) - estimate(short.text);
  }
  const fitted = rounds.map((round) => ({
    ...round,
    looks: round.looks.map((look) => shorter.get(look) ?? look),
  }));
  return { rounds: fitted, shortened: shorter.size };
}

export const costOfRounds = (
  rounds: readonly Round[],
  estimate: (text: string) => number,
): number =>
  rounds.reduce((sum, { text, thinking, calls, looks }) => {
    const own = estimate(`${thinking}\n${text}\n${JSON.stringify(calls)}`) + MESSAGE_TOKENS;
    return looks.reduce((all, look) => all + estimate(look.text) + MESSAGE_TOKENS, sum + own);
  }, 0);

/** The looks as parts of what the model was given. */
export const entriesOfRounds = (
  rounds: readonly Round[],
  estimate: (text: string) => number,
): readonly ContextEntry[] =>
  rounds
    .flatMap(({ looks }) => looks)
    .map(({ label, note, text, fate, source }) => ({
      kind: 'look',
      label: note === '' ? label : `${label} · ${note}`,
      fate: fate === 'whole' ? 'whole' : 'cut',
      tokens: estimate(text),
      ...(source === undefined ? {} : { source }),
    }));

/** Single lines that were shown to the model. */
export const placesOfRounds = (rounds: readonly Round[]): readonly Source[] =>
  rounds.flatMap(({ looks }) => looks.flatMap(({ places }) => places));
