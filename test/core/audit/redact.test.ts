import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/audit/redact.ts';
import { redactText } from '../../../src/core/audit/redact-text.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const join = (...parts: readonly string[]) => parts.join('');
const RANDOM = 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA';
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const HEX64 = HEX + HEX;

describe('redactText', () => {
  it.each([
    ['aws-key', join('AK', 'IA', 'IOSFODNN7EXAMPLQ')],
    ['github-token', join('gh', 'p_', RANDOM, 'abcd')],
    ['github-token', join('github', '_pat_', RANDOM, '_', RANDOM)],
    ['gitlab-token', join('gl', 'pat-', 'aB3dE5gH7jK9mN1pQ2rS')],
    ['slack-token', join('xo', 'xb-', '123456789012-123456789012-', RANDOM)],
    ['stripe-key', join('sk', '_live_', RANDOM)],
    ['google-key', join('AI', 'za', 'SyA1234567890abcdefGHIJKLMNOpqrstuv')],
    ['npm-token', join('np', 'm_', RANDOM, 'abcd')],
    ['pypi-token', join('py', 'pi-', 'AgEIcHlwaS5vcmc', RANDOM, RANDOM)],
    ['model-key', join('s', 'k-', 'proj-', RANDOM)],
    ['model-key', join('s', 'k-', 'ant-', 'api03-', RANDOM)],
    ['huggingface-token', join('h', 'f_', RANDOM, 'abcd')],
    ['jwt', join('ey', 'JhbGciOiJIUzI1NiJ9.ey', 'JzdWIiOiIxMjM0In0.', 'abc_DEF-123')],
    ['hex', HEX],
    ['random', RANDOM],
    ['random', join('wJalrXUtnFEMI', '/K7MDENG/', 'bPxRfiCYEXAMPLEKEY', '9x')],
  ])('finds a %s by its form', (kind, secret) => {
    const text = redactText(`before ${secret} after`);
    expect(text).toBe(`before [redacted:${kind}] after`);
  });

  it('finds a private key, whole or cut off', () => {
    const begin = join('-----BEGIN RSA ', 'PRIVATE KEY-----');
    const end = join('-----END RSA ', 'PRIVATE KEY-----');
    const body = 'MIIEpAIBAAKCAQEA\nProc-Type: 4,ENCRYPTED\nabc=\n';
    expect(redactText(`x\n${begin}\n${body}${end}\ny`)).toBe('x\n[redacted:private-key]\ny');
    expect(redactText(`${begin}\n${body}`)).toBe('[redacted:private-key]');
  });

  it.each([
    ['https://me:hunter2@example.org/x', 'https://me:[redacted:password]@example.org/x'],
    ['Authorization: Bearer abc.def.ghi', 'Authorization: Bearer [redacted:authorization]'],
    [
      'curl -H "authorization: Basic dXNlcjpwYXNz"',
      'curl -H "authorization: Basic [redacted:authorization]"',
    ],
    ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted:password] psql'],
    ['export API_KEY="abc def"', 'export API_KEY=[redacted:api-key]'],
    ['{"client_secret": "s3cr3t"}', '{"client_secret": [redacted:secret]}'],
    ['tool --password hunter2 --verbose', 'tool --password [redacted:password] --verbose'],
    ['?token=abc123&page=2', '?token=[redacted:token]&page=2'],
  ])('finds what its name calls a secret: %s', (text, expected) => {
    expect(redactText(text)).toBe(expected);
  });

  it.each([
    'npm run build && node dist/main.js --max-old-space-size=4096',
    'src/components/CheckoutSummary/CheckoutSummaryContainer.test.tsx',
    'node_modules/.pnpm/@babel+core@7.23.0/node_modules/@babel/core/lib/index.js',
    'The password is wrong; ask for a new token.',
    'max_tokens: 4096, tokenCount=12, author: Ada',
    'https://registry.npmjs.org/@scope/package/-/package-1.2.3.tgz',
    '123e4567-e89b-12d3-a456-426614174000',
    `commit ${HEX}01234567`,
    `sha256:${HEX64}`,
    `plan hash ${HEX64}`,
    'password=$PASSWORD',
    'getElementsByTagNameAndAttributeValueForAllChildren',
    '--token-file secrets/token.txt',
  ])('leaves what only looks like one: %s', (text) => {
    expect(redactText(text)).toBe(text);
  });

  it('reads a large and hostile text in a bounded time', () => {
    const parts = [
      'eyJ-',
      'a=',
      '-----BEGIN PRIVATE KEY-----',
      'x:',
      'a'.repeat(5000),
      'http://a:',
    ];
    for (const part of parts) {
      const text = part.repeat(Math.ceil(200_000 / part.length));
      expect(
        cpuMsOf(() => void redactText(text)),
        part.slice(0, 40),
      ).toBeLessThan(2000);
    }
  });
});

describe('redact', () => {
  it('takes out the values of secret names, at any depth', () => {
    const details = {
      env: { HOME: '/home/ada', NPM_TOKEN: 'x', dbPassword: 'y' },
      list: [{ apiKey: 'z' }],
      count: 3,
    };
    expect(redact(details)).toEqual({
      env: { HOME: '/home/ada', NPM_TOKEN: '[redacted:token]', dbPassword: '[redacted:password]' },
      list: [{ apiKey: '[redacted:api-key]' }],
      count: 3,
    });
  });

  it('takes the word after an option that names a secret', () => {
    expect(redact({ argv: ['login', '--password', 'hunter2', '-u', 'ada:pw', '-v'] })).toEqual({
      argv: ['login', '--password', '[redacted:password]', '-u', 'ada:[redacted:password]', '-v'],
    });
  });

  it('keeps hashes under the names that our records use', () => {
    const details = {
      hash: HEX64,
      previous_hash: HEX64,
      sha256: HEX64,
      planHash: HEX64,
      plan_hash: HEX64,
      commit: `${HEX}01234567`,
      argv: ['approve', 'p-1', '--hash', HEX64],
    };
    expect(redact(details)).toEqual(details);
  });

  it('does not take a hash name as an excuse for something else', () => {
    const secret = join('gh', 'p_', RANDOM, 'abcd');
    expect(redact({ hash: secret })).toEqual({ hash: '[redacted:github-token]' });
  });

  it('judges a name that it has seen before as it did at first', () => {
    const draft = { apiKey: 'x', plan_hash: HEX64, name: HEX64, argv: ['--token', 'x'] };
    const first = redact(draft);
    expect(first).toEqual({
      apiKey: '[redacted:api-key]',
      plan_hash: HEX64,
      name: '[redacted:hex]',
      argv: ['--token', '[redacted:token]'],
    });
    for (let more = 0; more < 2000; more++) redact({ [`name${more}`]: 'x' });
    expect(redact(draft)).toEqual(first);
    expect(redact({ client_secret: 'x', sha256: HEX64 })).toEqual({
      client_secret: '[redacted:secret]',
      sha256: HEX64,
    });
  });

  it('takes a secret out of a name as well', () => {
    const secret = join('gh', 'p_', RANDOM, 'abcd');
    expect(Object.keys(redact({ [secret]: 1 }))).toEqual(['[redacted:github-token]']);
  });

  it('makes every value one that canonical JSON can say', () => {
    let deep: Record<string, never> | { a: unknown } = {};
    for (let depth = 0; depth < 10_000; depth++) deep = { a: deep };
    const details = { nan: Number.NaN, half: '\ud800x', deep } as never;
    const redacted = redact(details);
    expect(redacted.nan).toBe('NaN');
    expect(redacted.half).toBe('\ufffdx');
    expect(JSON.stringify(redacted)).toContain('[too deep]');
  });
});
