import stringWidth from 'string-width';
import { expect, it } from 'vitest';
import { quickWidth } from '../../../src/core/display/quick-width.ts';

it('agrees with the full tables on what people type', () => {
  for (const text of [
    'plain',
    'naïve › “quoted” – …',
    '漢字かな한글',
    'e\u0301',
    '👍',
    'Привет',
    'ｆｕｌｌ',
  ]) {
    expect([text, quickWidth(text)]).toEqual([text, stringWidth(text)]);
  }
});

it('agrees with them on every narrow character', () => {
  for (let code = 0x20; code < 0x2100; code++) {
    const text = String.fromCharCode(code);
    if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(text) && /[\x20-\u02ff\u2010-\u203a]/.test(text)) {
      expect([code.toString(16), quickWidth(text)]).toEqual([code.toString(16), stringWidth(text)]);
    }
  }
});
