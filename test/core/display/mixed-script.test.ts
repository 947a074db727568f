import { expect, it } from 'vitest';
import { findMixedScript, findMixedWords } from '../../../src/core/display/mixed-script.ts';

it('flags a word that mixes alphabets', () => {
  expect(findMixedScript('p\u0430ypal')).toEqual(['Latin', 'Cyrillic']);
  expect(findMixedScript('\u03bfpen')).toEqual(['Latin', 'Greek']);
});

it('lets words of one script pass, and the mixtures that writing systems make', () => {
  for (const word of ['paypal', 'привет', 'naïve', '日本語のテスト', 'Tシャツ', '한국漢字']) {
    expect(findMixedScript(word)).toBeNull();
  }
});

it('finds the mixed words of a text, each once', () => {
  const text = 'curl p\u0430ypal.com # p\u0430ypal, привет';
  expect(findMixedWords(text)).toEqual([{ word: 'p\u0430ypal', scripts: ['Latin', 'Cyrillic'] }]);
});
