import type { Tone } from '../../core/types.ts';

/** One line of text about a step; whoever draws it wraps it. `indent` is for what continues it. */
export type Note = { readonly text: string; readonly tone: Tone; readonly indent: number };

export const note = (text: string, tone: Tone = 'plain', indent = 0): Note => ({
  text,
  tone,
  indent,
});

/** Lines from elsewhere, none of which can be taken for one of ours. */
export const quoteLines = (lines: readonly string[], tone: Tone = 'plain'): readonly Note[] =>
  lines.map((line) => note(`| ${line}`, tone, 2));

export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
