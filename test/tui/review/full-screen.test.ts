import { expect, it } from 'vitest';
import { span } from '../../../src/core/display/line.ts';
import { createFullScreen } from '../../../src/tui/review/full-screen.ts';

it('writes only the rows that are new, and gives the screen back once', () => {
  let written = '';
  const screen = createFullScreen(
    (data, onWritten) => {
      written += data;
      onWritten();
    },
    'none',
    'chat',
  );
  const draw = (...rows: readonly string[]) => {
    written = '';
    screen.draw({ lines: rows.map((row) => [span(row)]), caret: null }, () => {});
    return written;
  };
  expect(draw('before it is entered')).toBe('');
  screen.enter();
  expect(draw('a', 'b')).toContain('\x1b[1;1H\x1b[2Ka\x1b[2;1H\x1b[2Kb');
  expect(draw('a', 'c')).not.toContain('a');
  expect(draw('a')).toContain('\x1b[2;1H\x1b[J');
  screen.forget();
  expect(draw('a')).toContain('\x1b[2Ka');
  expect(screen.leave()).toContain('\x1b[?1049l');
  expect(screen.leave()).toBe('');
});
