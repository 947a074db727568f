import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';

describe('exit codes', () => {
  it('stand in the documentation as they are', () => {
    const text = readFileSync('docs/headless.md', 'utf8');
    const rows = [...text.matchAll(/^\| (\d+) \| [^|]+ \| ([^|]*)\|$/gm)];
    const documented = rows.flatMap(([, code, names]) =>
      [...(names as string).matchAll(/`([a-z-]+)`/g)].map(([, name]) => [name, Number(code)]),
    );
    expect(Object.fromEntries(documented)).toEqual(EXIT_CODES);
  });
});
