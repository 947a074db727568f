import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '');
const sources = files.filter((file) => /\.(ts|tsx|js)$/.test(file));
const texts = sources.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

describe('the house is kept tidy', () => {
  it('looks at the files that it judges', () => {
    expect(sources.length).toBeGreaterThan(80);
  });

  it('names files in kebab-case', () => {
    const odd = sources.filter((file) => !/^([a-z0-9.-]+\/)*[a-z0-9.-]+$/.test(file));
    expect(odd).toEqual([]);
  });

  it('keeps source files to one idea, at most 300 lines, but for the two pages of types', () => {
    const long = texts
      .filter(({ file }) => file.startsWith('src/') || file.startsWith('rag/'))
      .filter(({ file }) => file !== 'src/core/types.ts' && file !== 'src/ports.ts')
      .map(({ file, text }) => ({ file, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  it('has no drawer for leftovers', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\/|\.)/.test(file))).toEqual(
      [],
    );
  });

  it('leaves nothing for later in a comment', () => {
    const mark = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(texts.filter(({ text }) => mark.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('exports by name', () => {
    const named = texts.filter(({ file }) => !file.endsWith('.config.ts'));
    const odd = named.filter(({ text }) => /^export default\b/m.test(text)).map(({ file }) => file);
    expect(odd).toEqual([]);
  });

  it('tries properties with one seed for all', () => {
    const direct = texts.filter(({ text }) => /^import .*fast-check/m.test(text));
    expect(direct.map(({ file }) => file)).toEqual(['test/support/fc.ts']);
  });

  it('lets only the wiring know the environment and the working folder', () => {
    const odd = texts.filter(
      ({ file, text }) =>
        /^src\//.test(file) &&
        !/^src\/(main\.ts|wire\/)/.test(file) &&
        /\bprocess\.(env|cwd\(|argv|exit\()/.test(text),
    );
    expect(odd.map(({ file }) => file)).toEqual([]);
  });
});
