import { looksRandom } from './looks-random.ts';
import { isHashName, secretKindOf } from './secret-names.ts';

/**
 * Replaces what is known to be a secret by its form or by the name before it, then what is too
 * random for a word. Every pattern is bounded: this reads whatever a command printed.
 */
export function redactText(text: string): string {
  return isPlain(text) ? text : redactWhatShows(text.replace(/\p{Cs}/gu, '\uFFFD'));
}

/**
 * Whether a text neither holds a secret nor names one: the one quick look that most texts end
 * with, as this runs at every append.
 */
const isPlain = (text: string): boolean =>
  !MAY_NAME_SECRET.test(text) && (text.length < LONG_RUN || !HAS_LONG_RUN.test(text));

function redactWhatShows(text: string): string {
  let redacted = text;
  for (const [kind, pattern] of FORMS) {
    redacted = redacted.replace(pattern, `[redacted:${kind}]`);
  }
  redacted = redacted
    .replace(URL_PASSWORD, '$1[redacted:password]@')
    .replace(AUTHORIZATION, '$1[redacted:authorization]')
    .replace(ASSIGNMENT, redactAssignment)
    .replace(OPTION, redactAssignment);
  return redacted.replace(LONG_WORD, redactLongWord);
}

function redactAssignment(whole: string, name: string, between: string, value: string): string {
  const kind = AUTHORIZATION_SCHEME.test(value) ? null : secretKindOf(name);
  if (kind === null || value.includes('[redacted:') || /^["']?[$<{%]/.test(value)) return whole;
  return `${name}${between}[redacted:${kind}]`;
}

function redactLongWord(word: string, offset: number, text: string): string {
  const kind = looksRandom(word);
  if (kind === null) return word;
  const before = text.slice(Math.max(0, offset - NAME_BEFORE), offset);
  if (before.endsWith('[redacted:')) return word;
  const name = /([A-Za-z][\w-]*)["']?[\s:=@-]{1,3}["']?$/.exec(before)?.[1] ?? '';
  return isHashName(name) ? word : `[redacted:${kind}]`;
}

const NAME_BEFORE = 40;

/** A lone surrogate is no secret, but has to be replaced too. */
const MAY_NAME_SECRET =
  /pass|pwd|secret|token|auth|api|key|cookie|credential|connection|jwt|bearer|csrf|otp|:\/\/|-----|[\ud800-\udfff]/i;

/** Apart from the words: together the two take eight times as long, and most texts are short. */
const HAS_LONG_RUN = /[A-Za-z0-9+/=_.-]{20}/;
const LONG_RUN = 20;

const FORMS: readonly (readonly [string, RegExp])[] = [
  [
    'private-key',
    /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){0,20000}(?:-----END[A-Z0-9 ]{0,60}-----)?/g,
  ],
  ['jwt', /(?<![\w-])eyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{0,2000}/g],
  ['aws-key', /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g],
  ['github-token', /\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})/g],
  ['gitlab-token', /\bgl(?:pat|ptt|dt|rt|cbt|oas|soat|ft|agent)-[\w-]{20,300}/g],
  ['slack-token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,250}|\bxapp-[A-Za-z0-9-]{10,250}/g],
  ['slack-webhook', /hooks\.slack\.com\/services\/[\w/-]{20,120}/g],
  ['stripe-key', /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{10,250}|\bwhsec_[A-Za-z0-9]{20,100}/g],
  ['google-key', /\bAIza[\w-]{35}|\bya29\.[\w-]{20,500}|\bGOCSPX-[\w-]{20,60}/g],
  ['npm-token', /\bnpm_[A-Za-z0-9]{30,100}/g],
  ['pypi-token', /\bpypi-[\w-]{50,500}/g],
  ['model-key', /\bsk-(?:ant-|proj-|svcacct-|or-)?[\w-]{20,300}/g],
  ['huggingface-token', /\bhf_[A-Za-z0-9]{30,60}/g],
  ['sendgrid-key', /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/g],
  ['digitalocean-token', /\bdo[opr]_v1_[0-9a-f]{64}/g],
  ['azure-key', /\bAccountKey=[A-Za-z0-9+/=]{40,120}/g],
  ['age-key', /\bAGE-SECRET-KEY-1[A-Z0-9]{50,70}/g],
];

/** `https://user:password@host`; a user alone is not secret. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@"']{0,200}:)[^\s/@"']{1,300}@/gi;

const AUTHORIZATION =
  /(\bauthorization["']?\s{0,3}[:=]\s{0,3}["']?(?:(?:basic|bearer|token|digest|negotiate)\s{1,3})?|\bbearer\s{1,3})(?!\[redacted)[\w.~+/=:-]{6,4000}/gi;

const AUTHORIZATION_SCHEME = /^["']?(?:basic|bearer|token|digest|negotiate)$/i;

/** `name=value` and `"name": "value"`; the name decides. */
const ASSIGNMENT =
  /(?<![\w.])([A-Za-z][\w.-]{1,60})(["']?\s{0,3}(?:=|:(?!\/\/))\s{0,3})("[^"\n]{1,2000}"|'[^'\n]{1,2000}'|[^\s"',;&)}\]]{1,2000})/g;

/** `--name value`, likewise. */
const OPTION =
  /(?<=--)([A-Za-z][\w-]{1,60})(\s{1,3})(?!-)("[^"\n]{1,2000}"|'[^'\n]{1,2000}'|[^\s"',;&)}\]]{1,2000})/g;

const LONG_WORD = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
