import type { Turn } from '../types.ts';
import type { ContextPart } from './context-part.ts';

export type Transcript = {
  readonly parts: readonly ContextPart[];
  /** How many earlier exchanges are given in short form, and how many not at all. */
  readonly shortened: number;
  readonly dropped: number;
};

const SHORT_ANSWER_CHARS = 280;
/** Shortening that saves less is refused: it would lose words for nothing. */
const LEAST_GAIN = 0.25;
const PRIORITY = 70;

/**
 * What was asked and answered before, in at most so many tokens: whole where it fits, else the
 * oldest in short form, else without the oldest. It goes down to half of the room at once, so that
 * the beginning of a prompt stays the same for some requests and the server need not read it anew.
 */
export function compactTranscript(
  turns: readonly Turn[],
  roomTokens: number,
  estimate: (text: string) => number,
): Transcript {
  const answered = turns.filter(
    ({ outcome, answer }) => (outcome === 'done' || outcome === 'broken-off') && answer !== '',
  );
  let forms: Form[] = [];
  let dropped = 0;
  for (const turn of answered) {
    const whole = { turn, answer: turn.answer, isShort: false };
    forms.push({ ...whole, tokens: costOf(whole, estimate) });
    if (sum(forms) <= roomTokens) continue;
    forms = forms.map((form, at) => (at === forms.length - 1 ? form : shorten(form, estimate)));
    while (sum(forms) > roomTokens / 2 && forms.length > 1) {
      forms = forms.slice(1);
      dropped += 1;
    }
    if (sum(forms) > roomTokens) forms = forms.map((form) => shorten(form, estimate));
    if (sum(forms) > roomTokens) {
      dropped += forms.length;
      forms = [];
    }
  }
  return {
    parts: forms.map(partOf),
    shortened: forms.filter(({ isShort }) => isShort).length,
    dropped,
  };
}

type Form = {
  readonly turn: Turn;
  readonly answer: string;
  readonly isShort: boolean;
  readonly tokens: number;
};

function shorten(form: Form, estimate: (text: string) => number): Form {
  if (form.isShort) return form;
  const short = { ...form, answer: firstWords(form.answer), isShort: true };
  const tokens = costOf(short, estimate);
  return tokens > form.tokens * (1 - LEAST_GAIN) ? form : { ...short, tokens };
}

/** Its first paragraph that is no code, down to a bound. */
function firstWords(answer: string): string {
  const prose = answer.replace(/^```[^\n]*\n[\s\S]*?(?:^```\s*$|$(?![\s\S]))/gm, '').trim();
  const [first = ''] = prose.split(/\n\s*\n/);
  const cut = first.length <= SHORT_ANSWER_CHARS ? first : cutAtWord(first);
  return `${cut} […]`;
}

const cutAtWord = (text: string): string =>
  text.slice(0, SHORT_ANSWER_CHARS).replace(/\s+\S*$/, '');

const costOf = (
  { turn, answer }: Pick<Form, 'turn' | 'answer'>,
  estimate: (text: string) => number,
): number => estimate(turn.asked) + estimate(answer) + MESSAGES;

/** What a template writes around a question and an answer. */
const MESSAGES = 16;

const sum = (forms: readonly Form[]): number => forms.reduce((all, { tokens }) => all + tokens, 0);

/** The newer, the more it matters. */
const partOf = ({ turn, answer, isShort }: Form, at: number): ContextPart => ({
  kind: 'transcript',
  label: `${isShort ? 'in short: ' : ''}${turn.asked.replace(/\s+/g, ' ').slice(0, LABEL_CHARS)}`,
  text: turn.asked,
  answer,
  priority: PRIORITY + at / 1_000,
  cut: 'whole',
});

const LABEL_CHARS = 60;
