import { describe, expect, it } from 'vitest';
import { span } from '../../../src/core/display/line.ts';
import { paintLine } from '../../../src/core/display/paint.ts';

const line = [span('chat ›', 'accent'), span(' hello', 'strong'), span('   ')];

it('paints tones, the accent in the colour of the mode, and no trailing blanks', () => {
  expect(paintLine(line, 'color', 'propose')).toBe('\x1b[33mchat ›\x1b[0m\x1b[1m hello\x1b[0m');
});

it('takes the colours away and keeps the weights', () => {
  expect(paintLine([span('no', 'bad'), span(' x', 'good')], 'mono')).toBe('\x1b[1mno\x1b[0m x');
});

it('writes nothing but text for a pipe', () => {
  expect(paintLine(line, 'none')).toBe('chat › hello');
});

describe('a piece with ink, underlining, or a place of its own', () => {
  const line = [
    { text: 'if', tone: 'good', ink: 'keyword', isUnderlined: true },
    { text: 'x', tone: 'bad', isInverse: true, at: 9 },
  ] as const;

  it('is painted in colour with its ink for a tone', () => {
    expect(paintLine(line, 'color')).toBe('\x1b[35;4mif\x1b[0m\x1b[10G\x1b[31;7mx\x1b[0m');
  });

  it('keeps all but the colour where there is none', () => {
    expect(paintLine(line, 'mono')).toBe('\x1b[4mif\x1b[0m\x1b[10G\x1b[1;7mx\x1b[0m');
    expect(paintLine(line, 'none')).toBe('ifx');
  });
});
