import { describe, expect, it } from 'vitest';
import { USUAL_FORM } from '../../../src/core/author/choose-form.ts';
import { learnForm } from '../../../src/core/trial/learn-form.ts';
import type { Copy } from '../../../src/core/trial/trials.ts';
import { EDIT_FORMS, type EditForm, type Score } from '../../../src/core/types.ts';

const of4 = (right: number): Score => ({ right, of: 4 });
const formsOf = (more: Partial<Record<EditForm, Score>> = {}): Record<EditForm, Score> => ({
  whole: of4(4),
  'search-replace': of4(4),
  udiff: of4(4),
  'apply-patch': of4(4),
  ...more,
});
const copied = (tokens: number): Copy => ({ tokens, problem: null });
const lost = (tokens: number): Copy => ({ tokens, problem: 'a line is gone' });

describe('the form that is learned', () => {
  it('is the usual one where all do equally well, or too little was seen', () => {
    expect(learnForm({ forms: formsOf(), copies: [] })).toEqual(USUAL_FORM);
    const few = { 'search-replace': { right: 0, of: 2 }, udiff: { right: 2, of: 2 } };
    expect(learnForm({ forms: formsOf(few), copies: [] })).toEqual(USUAL_FORM);
    const close = { 'search-replace': of4(3), udiff: of4(4) };
    expect(learnForm({ forms: formsOf(close), copies: [] })).toEqual(USUAL_FORM);
  });

  it('is another one where that is clearly better', () => {
    const { beyond } = learnForm({
      forms: formsOf({ 'search-replace': of4(1), udiff: of4(3), 'apply-patch': of4(4) }),
      copies: [],
    });
    expect(beyond).toBe('apply-patch');
  });

  it('asks for whole files no further than they were copied right', () => {
    const forms = formsOf();
    expect(learnForm({ forms, copies: [copied(450), lost(900)] }).wholeTokens).toBe(700);
    expect(learnForm({ forms, copies: [copied(300), lost(600)] }).wholeTokens).toBe(300);
    expect(learnForm({ forms, copies: [lost(450)] }).wholeTokens).toBe(150);
  });

  it('asks for longer ones only where nothing else will do', () => {
    const copies = [copied(450), copied(900), copied(1800), lost(3600)];
    expect(learnForm({ forms: formsOf(), copies }).wholeTokens).toBe(700);
    const none = { 'search-replace': of4(0), udiff: of4(1), 'apply-patch': of4(0) };
    expect(learnForm({ forms: formsOf(none), copies }).wholeTokens).toBe(1800);
  });

  it('asks for no whole file where these fail and another form does not', () => {
    const forms = formsOf({ whole: of4(1) });
    expect(learnForm({ forms, copies: [] })).toEqual({ wholeTokens: 0, beyond: 'search-replace' });
  });

  it('never leaves the usual form for one that was right less often', () => {
    for (let seed = 0; seed < 5 ** 4; seed += 1) {
      const rights = [0, 1, 2, 3].map((at) => Math.floor(seed / 5 ** at) % 5);
      const forms = formsOf(
        Object.fromEntries(EDIT_FORMS.map((form, at) => [form, of4(rights[at] as number)])),
      );
      const { wholeTokens, beyond } = learnForm({ forms, copies: [] });
      expect(forms[beyond].right).toBeGreaterThanOrEqual(forms['search-replace'].right);
      if (beyond !== 'search-replace') {
        expect(forms[beyond].right - forms['search-replace'].right).toBeGreaterThanOrEqual(2);
      }
      if (wholeTokens === 0) expect(forms.whole.right).toBeLessThan(forms[beyond].right);
    }
  });
});
