import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { settingsTable } from '../../support/settings-table.ts';

describe('docs/configuration.md', () => {
  it('has the table of settings as the program has it', () => {
    const file = new URL('../../../docs/configuration.md', import.meta.url);
    const [, table] = /<!-- settings -->\n(.*?)\n<!-- \/settings -->/s.exec(
      readFileSync(file, 'utf8'),
    ) ?? [null, ''];
    expect(table).toBe(settingsTable());
  });
});
