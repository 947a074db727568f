import { describe, expect, it } from 'vitest';
import { redactText } from '../../../src/core/audit/redact-text.ts';
import type { Exchange } from '../../../src/core/models/exchange.ts';
import { isReplyRedacted, redactExchange } from '../../../src/core/models/redact-exchange.ts';
import type { JsonObject } from '../../../src/core/types.ts';
import { fc } from '../../support/fc.ts';

const TOKEN = ['gh', 'p_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('');

const said = (...pieces: readonly string[]): Exchange => ({
  request: { method: 'POST', path: '/api/chat', body: { model: 'm', messages: [] } },
  reply: {
    status: 200,
    lines: [
      ...pieces.map((content) => ({ message: { role: 'assistant', content }, done: false })),
      { done: true },
    ].map((line, afterMs) => ({ afterMs, text: JSON.stringify(line) })),
    end: 'complete',
  },
  host: 'h:1',
});
const contentsOf = ({ reply }: Exchange): readonly string[] =>
  reply.lines.map(({ text }) => JSON.parse(text).message?.content ?? '');

describe('an exchange without its secrets', () => {
  it('is the very same where there are none', () => {
    const exchange = said('Hello', ' there', '\n', 'and "more".');
    expect(redactExchange(exchange)).toEqual(exchange);
    expect(isReplyRedacted(exchange)).toBe(false);
  });

  it('loses one that came in pieces, and keeps the other pieces and their times', () => {
    const exchange = said(
      'It is ',
      TOKEN.slice(0, 9),
      TOKEN.slice(9, 21),
      TOKEN.slice(21),
      ' ok',
      '.',
    );
    const redacted = redactExchange(exchange);
    expect(JSON.stringify(redacted)).not.toContain(TOKEN.slice(9, 21));
    expect(contentsOf(redacted)).toEqual([
      'It is ',
      '[redacted:github-token]',
      '',
      '',
      ' ok',
      '.',
      '',
    ]);
    expect(redacted.reply.lines.map(({ afterMs }) => afterMs)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(isReplyRedacted(redacted)).toBe(true);
  });

  it('says as a whole what the redacted whole says, wherever it is torn', () => {
    const words = fc.constantFrom('a', ' ', 'password: hunter22 ', `${TOKEN} `, 'é', '[', '\n');
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        (all, size) => {
          const whole = all.join('');
          const pieces = whole.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
          const joined = contentsOf(redactExchange(said(...pieces))).join('');
          expect(joined).toBe(redactText(whole));
        },
      ),
    );
  });

  it('stays JSON where the answer is JSON', () => {
    const form = JSON.stringify({ goal: 'x', note: `with ${TOKEN}`, password: 'hunter22' });
    const joined = contentsOf(redactExchange(said(form.slice(0, 20), form.slice(20)))).join('');
    expect(JSON.parse(joined)).toMatchObject({ goal: 'x', password: '[redacted:password]' });
  });

  it('loses what stands in the request, in a line that is no JSON, and behind an escape', () => {
    const body: JsonObject = { messages: [{ role: 'user', content: `key\n${TOKEN}` }] };
    const exchange: Exchange = {
      request: { method: 'POST', path: '/api/chat', body },
      reply: {
        status: 500,
        lines: [
          { afterMs: 0, text: `<html>${TOKEN}` },
          { afterMs: 0, text: JSON.stringify({ error: `bad:\n${TOKEN}` }) },
        ],
        end: 'cut',
      },
    };
    expect(JSON.stringify(redactExchange(exchange))).not.toContain(TOKEN);
  });
});
