import { describe, expect, it } from 'vitest';
import { hasInlineElision, isElision } from '../../../src/core/edit/elision.ts';

describe('a line that stands for others', () => {
  it.each([
    '...',
    '  …',
    '// ...',
    '# ... existing code ...',
    '// ...existing code...',
    '/* ... */',
    '{/* ... other props ... */}',
    '<!-- rest of the page -->',
    '# rest of the method unchanged',
    '// The rest of the file stays the same',
    '-- remaining columns unchanged',
    '// existing code',
    '// (existing imports)',
    '... rest of the function ...',
    '[... existing code ...]',
    '// no changes here',
    '# [rest of code]',
    '// ... (same as before)',
    '// other methods remain unchanged',
    '// Keep the rest as is',
  ])('%j is one', (line) => expect(isElision(line)).toBe(true));

  it.each([
    '...args,',
    '  ...rest',
    'f(...xs);',
    'x[..., 0]',
    '// Loading...',
    '# Keep the existing connection open',
    '// Restore the remaining items',
    '# the rest of the file is padding',
    'return "...";',
    'print("...")',
    '# Other settings',
    '// unchanged_total counts them',
    'func f(xs ...int) {',
    '- Other options',
    '# Existing users',
  ])('%j is code', (line) => expect(isElision(line)).toBe(false));

  it('may stand inside of a line with code', () => {
    expect(hasInlineElision('function f() { /* ... */ }')).toBe(true);
    expect(hasInlineElision('function f() { /* existing code */ }')).toBe(true);
    expect(hasInlineElision('const x = { /* none yet */ };')).toBe(false);
  });
});
