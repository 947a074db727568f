/** What a field, a variable or an option of this name holds, if that is a secret; else null. */
export function secretKindOf(name: string): string | null {
  const words = wordsOf(name);
  const joined = words.join('-');
  if (NOT_SECRET.test(joined)) return null;
  for (const [pattern, kind] of KINDS) if (pattern.test(joined)) return kind;
  return null;
}

/** Whether a long hexadecimal value of this name is a hash and not a key. */
export function isHashName(name: string): boolean {
  return wordsOf(name).some((word) => HASH_WORDS.has(word));
}

/** `apiKey`, `API_KEY` and `api-key` are the same words. */
const wordsOf = (name: string): readonly string[] =>
  name
    .slice(0, MAX_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

const MAX_NAME = 200;

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/(^|-)(password|passwd|passphrase|passwort|pwd|pass|pgpassword)($|-)/, 'password'],
  [/(^|-)(authorization|x-auth|auth)($|-(token|header|key)$)/, 'authorization'],
  [/(^|-)(set-)?cookie$/, 'cookie'],
  [/(^|-)(private|signing|encryption|master|ssh)-?key($|-)/, 'private-key'],
  [/(^|-)(api|access|account|secret|service|storage|client)-?key($|-)/, 'api-key'],
  [/(^|-)apikey($|-)/, 'api-key'],
  [/(^|-)(secret|secrets|credential|credentials|connection-string)($|-)/, 'secret'],
  [/(^|-)(token|jwt|bearer|session-id-token|csrf|otp)$/, 'token'],
];

/** Names that speak about secrets without being one. */
const NOT_SECRET = /(^|-)(file|path|url|name|count|length|type|id|policy|env|env-var)$/;

const HASH_WORDS = new Set([
  'hash',
  'sha',
  'sha1',
  'sha256',
  'sha512',
  'digest',
  'checksum',
  'commit',
  'head',
  'tree',
  'oid',
  'etag',
  'integrity',
  'fingerprint',
]);
