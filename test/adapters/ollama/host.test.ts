import { describe, expect, it } from 'vitest';
import { parseOllamaHost } from '../../../src/adapters/ollama/host.ts';
import { fc } from '../../support/fc.ts';

const parse = (text: string) => {
  const parsed = parseOllamaHost(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { protocol, hostname, port, prefix } = parsed.value;
  return `${protocol}//${hostname} ${port}${prefix && ` ${prefix}`}`;
};

describe('parseOllamaHost', () => {
  it.each([
    ['', 'http://127.0.0.1 11434'],
    ['box', 'http://box 11434'],
    ['box:1234', 'http://box 1234'],
    [':1234', 'http://127.0.0.1 1234'],
    ['box:', 'http://box 11434'],
    ['10.0.0.7', 'http://10.0.0.7 11434'],
    ['0.0.0.0', 'http://127.0.0.1 11434'],
    ['0.0.0.0:80', 'http://127.0.0.1 80'],
    ['::', 'http://::1 11434'],
    ['[::]:5000', 'http://::1 5000'],
    ['::1', 'http://::1 11434'],
    ['[::1]', 'http://::1 11434'],
    ['[2001:db8::1]:99', 'http://2001:db8::1 99'],
    ['http://box', 'http://box 80'],
    ['https://box', 'https://box 443'],
    ['HTTP://Box:81', 'http://box 81'],
    ['https://box:8443/', 'https://box 8443'],
    ['https://box/ollama/', 'https://box 443 /ollama'],
    ['box/a/b', 'http://box 11434 /a/b'],
    ['http://[::1]:8/x', 'http://::1 8 /x'],
    ['  "box:1"  ', 'http://box 1'],
    ["'box'", 'http://box 11434'],
  ])('reads %j as %s', (text, meaning) => {
    expect(parse(text)).toBe(meaning);
  });

  it.each([
    'ftp://box',
    'box:99999',
    'box:0',
    'box:port',
    'user:secret@box',
    'http://user@box',
    'a b',
    '[box]:1',
    '1:2:3',
    'box?x=1',
    'file:///etc/passwd',
    'box\r\nX-Evil: 1',
  ])('refuses %j and says how to write it', (text) => {
    expect(parseOllamaHost(text)).toMatchObject({
      ok: false,
      error: { code: 'invalid', hint: expect.stringContaining('host:port') },
    });
  });

  it.each([
    ['127.0.0.1', true],
    ['localhost:1', true],
    ['0.0.0.0', true],
    ['::', true],
    ['10.0.0.7', false],
    ['127.evil.example', false],
    ['box', false],
  ])('knows whether %s is this machine', (text, isLoopback) => {
    expect(parseOllamaHost(text)).toMatchObject({ ok: true, value: { isLoopback } });
  });

  it('names a host so that it reads as the same host again', () => {
    const host = fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
    );
    const form = fc.tuple(
      fc.constantFrom('', 'http://', 'https://'),
      host,
      fc.constantFrom('', ':1', ':65535'),
      fc.constantFrom('', '/', '/p/q'),
    );
    fc.assert(
      fc.property(form, (parts) => {
        const first = parseOllamaHost(parts.join(''));
        expect(first.ok).toBe(true);
        if (first.ok) expect(parseOllamaHost(first.value.name)).toEqual(first);
      }),
    );
  });

  it('ends on any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseOllamaHost(text)));
  });
});
