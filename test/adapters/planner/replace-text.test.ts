import { describe, expect, it } from 'vitest';
import { plannerLab } from '../../support/planner-lab.ts';

describe('a plan that replaces a text', () => {
  it('takes what is quoted as it stands', async () => {
    const lab = plannerLab({ 'a.md': 'cost: $1 (a+)\n', 'b.md': 'none\n' });
    expect(await lab.contents('replace "$1 (a+)" with "$& $1 $$" in **/*.md')).toEqual({
      'a.md': 'cost: $& $1 $$\n',
    });
  });

  it('says how often and what', async () => {
    const lab = plannerLab({ 'a.md': 'x x\r\nx' });
    expect((await lab.planned('replace "x" with "y" everywhere')).steps).toEqual([
      {
        id: '1',
        title: 'replace "x", 3 places',
        why: '"x" stands in a.md; in its place comes "y".',
        action: { kind: 'file.edit', path: 'a.md', content: 'y y\r\ny' },
      },
    ]);
  });

  it('replaces whole words when it is asked for words', async () => {
    const lab = plannerLab({ 'a.md': 'cat concat cat_ “cat”\n' });
    expect(await lab.contents('replace the word cat with dog in a.md')).toEqual({
      'a.md': 'dog concat cat_ “dog”\n',
    });
  });

  it('fills in what a pattern matched', async () => {
    const lab = plannerLab({ 'docs/a.md': 'v1 and v22\nV3\n' });
    expect(await lab.contents('replace /v(\\d+)/ with "version $1" in docs')).toEqual({
      'docs/a.md': 'version 1 and version 22\nV3\n',
    });
    expect(await lab.contents('replace /^v(?<n>\\d)/gim with "<$<n>|$&>" in docs')).toEqual({
      'docs/a.md': '<1|v1> and v22\n<3|V3>\n',
    });
  });

  it('changes tabs to spaces', async () => {
    const lab = plannerLab({ Makefile: 'all:\n\techo\n' });
    expect(await lab.contents('replace all tabs with two spaces in Makefile')).toEqual({
      Makefile: 'all:\n  echo\n',
    });
  });

  it('keeps the byte order mark out of what a pattern sees', async () => {
    const lab = plannerLab({ 'a.md': '\ufeffx' });
    expect(await lab.contents('replace /^x/ with "y" in a.md')).toEqual({ 'a.md': '\ufeffy' });
  });

  it.each(['(a|a)*$', '(.*)*x'])('does not hang on the pattern %s', async (pattern) => {
    const lab = plannerLab({ 'a.txt': `${'a'.repeat(64)}!\n` });
    const start = performance.now();
    const failure = await lab.refused(`replace /${pattern}/ with "x" in a.txt`);
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(?:timeout|not-found)$/) });
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  it('says what to do about a pattern that takes too long', async () => {
    const lab = plannerLab({ 'a.txt': `${'a'.repeat(64)}!\n` });
    expect(await lab.refused('replace /(a+)+$/ with "x" in a.txt')).toEqual({
      code: 'timeout',
      message: 'a.txt: The pattern takes more than 2 seconds.',
      hint: 'Make it simpler: a repetition inside of a repetition, as in (a+)+, is the usual cause.',
    });
  });

  it('can be stopped while a pattern runs', async () => {
    const lab = plannerLab({ 'a.txt': `${'a'.repeat(64)}!\n` });
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const start = performance.now();
    const draft = await lab.plan('replace /(a+)+$/ with "x" in a.txt', stop.signal);
    expect(draft).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(performance.now() - start).toBeLessThan(1_500);
  });

  it.each(['replace /(?:)/ with', 'replace /x|(?:)/ with'])(
    'lets no text grow beyond all bounds: %s',
    async (start) => {
      const lab = plannerLab({ 'a.txt': 'x'.repeat(1_000_000) });
      const failure = await lab.refused(`${start} "${'$`'.repeat(50)}" in a.txt`);
      expect(failure).toMatchObject({ code: 'limit' });
    },
  );

  it('says what is wrong with a pattern', async () => {
    const lab = plannerLab({ 'a.txt': 'x' });
    expect(await lab.refused('replace /a(/ with "x" in a.txt')).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('/a(/ is no pattern'),
    });
  });

  it('says that nothing changes', async () => {
    const lab = plannerLab({ 'a.txt': 'x\n' });
    expect(await lab.refused('replace "z" with "y" in a.txt')).toEqual({
      code: 'not-found',
      message: '"z" changes nothing in a.txt (1 file looked at).',
    });
  });
});
