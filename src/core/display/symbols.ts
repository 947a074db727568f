import type { Mark, Tone } from '../types.ts';
import type { Surface } from './line.ts';

const UNICODE = { ok: '✓', fail: '✗', warn: '!', none: '·', prompt: '›', dot: '·' } as const;
const ASCII = { ok: '+', fail: 'x', warn: '!', none: '-', prompt: '>', dot: '-' } as const;

export type Symbols = { readonly [K in keyof typeof UNICODE]: string };

export const symbolsOf = (surface: Pick<Surface, 'isAscii'>): Symbols =>
  surface.isAscii ? ASCII : UNICODE;

/** What is said where a symbol cannot be shown. */
export const MARK_WORDS: Readonly<Record<Mark, string>> = {
  ok: 'ok: ',
  warn: 'warning: ',
  fail: 'failed: ',
  none: '',
};

export const MARK_TONES: Readonly<Record<Mark, Tone>> = {
  ok: 'good',
  warn: 'warn',
  fail: 'bad',
  none: 'dim',
};
