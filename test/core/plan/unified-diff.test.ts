import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDiffer } from '../../../src/adapters/diff/line-differ.ts';
import { unifiedDiff } from '../../../src/core/plan/unified-diff.ts';
import { fc } from '../../support/fc.ts';
import { temporaryFolder } from '../../support/files.ts';

const { hunks } = createDiffer();
const diffOf = (before: string | null, after: string | null) =>
  unifiedDiff({ path: 'a.txt', before, after, hunks: hunks(before ?? '', after ?? '') });

const hasPatch = spawnSync('patch', ['--version']).status === 0;

describe('a unified diff', () => {
  it('shows three lines around each hunk, and numbers the hunks', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `line ${at + 1}\n`);
    const changed = lines.map((line, at) => (at === 4 || at === 24 ? `new ${line}` : line));
    const diff = diffOf(lines.join(''), changed.join(''));
    expect(diff).toContain('--- a/a.txt\n+++ b/a.txt\n@@ -2,7 +2,7 @@ hunk 1\n line 2\n');
    expect(diff).toContain('@@ -22,7 +22,7 @@ hunk 2\n');
  });

  it('draws neighbours together, and says what is made, what goes, and where no line ends', () => {
    expect(diffOf('a\nb\nc\nd\n', 'A\nb\nc\nD\n')).toContain('@@ -1,4 +1,4 @@ hunks 1 to 2\n');
    expect(diffOf(null, 'x\n')).toBe('--- /dev/null\n+++ b/a.txt\n@@ -0,0 +1,1 @@ hunk 1\n+x\n');
    expect(diffOf('x\n', null)).toBe('--- a/a.txt\n+++ /dev/null\n@@ -1,1 +0,0 @@ hunk 1\n-x\n');
    expect(diffOf('x', 'x\n')).toContain('-x\n\\ No newline at end of file\n+x\n');
  });

  it.skipIf(!hasPatch)('is what patch makes the new text of (needs patch)', () => {
    const folder = temporaryFolder();
    const texts = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 25 });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const [old, now] = [before.join(''), after.join('')];
        if (old === now || old === '' || now === '') return;
        writeFileSync(join(folder, 'a.txt'), old);
        const patch = ['-s', '-p1', '-d', folder];
        execFileSync('patch', patch, {
          input: diffOf(old, now),
          stdio: ['pipe', 'ignore', 'pipe'],
        });
        expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe(now);
      }),
      { numRuns: 60 },
    );
  });
});
