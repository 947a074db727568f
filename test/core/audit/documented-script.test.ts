import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { draftOf, must, newAuditLab } from '../../support/audit-lab.ts';
import { temporaryFolder } from '../../support/files.ts';

const DOC = readFileSync(join(import.meta.dirname, '../../../docs/audit-log.md'), 'utf8');
const LANGUAGES = [
  { language: 'js', program: process.execPath, file: 'verify.mjs' },
  { language: 'python', program: 'python3', file: 'verify.py' },
] as const;

describe.each(LANGUAGES)('the script in $language that docs/audit-log.md gives', (script) => {
  const isThere = spawnSync(script.program, ['--version']).status === 0;
  if (!isThere) console.log(`skipped: there is no ${script.program}`);

  it.skipIf(!isThere)('finds an export intact, and names the first bad record of another', () => {
    const folder = temporaryFolder();
    const program = join(folder, script.file);
    writeFileSync(program, scriptOf(script.language));
    const verify = (lines: readonly string[]) => {
      const path = join(folder, 'audit.jsonl');
      writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
      const { status, stdout, stderr } = spawnSync(script.program, [program, path], {
        encoding: 'utf8',
      });
      return { status, text: stdout + stderr };
    };

    const lines = exportOf();
    const last = JSON.parse(lines.at(-1) ?? '') as { hash: string };
    expect(verify(lines)).toEqual({ status: 0, text: `intact, up to ${last.hash}\n` });
    expect(verify(lines.slice(3)).status).toBe(0);
    for (let bad = 1; bad <= lines.length; bad++) {
      const changed = lines.map((line, index) =>
        index === bad - 1 ? line.replace('s-1', 's-2') : line,
      );
      expect(verify(changed)).toEqual({ status: 1, text: `record ${bad} is bad\n` });
    }
    expect(verify([...lines.slice(0, 2), ...lines.slice(3)]).text).toBe('record 4 is bad\n');
  });
});

function exportOf(): readonly string[] {
  const lab = newAuditLab();
  const log = lab.open();
  const numbers = [0.1, 1e21, 1e-7, 123456789.5, -0, 1e300, 5e-324, 0.000001, 1.5e-9, 3];
  for (const [index, number] of numbers.entries()) {
    const details = {
      number,
      ключ: '€\u2028"\\\n\u0001\u007f',
      '\u{1F600}': [null, true, {}],
      '\ufb33': 'x',
    };
    must(log.append({ ...draftOf(index), details }));
  }
  const entries = [...must(log.entries())];
  log.close();
  return entries.map((entry) => JSON.stringify(entry));
}

function scriptOf(language: string): string {
  const found = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(DOC);
  if (found?.[1] === undefined) throw new Error(`docs/audit-log.md has no script in ${language}`);
  return found[1];
}
