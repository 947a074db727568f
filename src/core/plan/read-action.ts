import { fail, ok } from '../result.ts';
import { isLimit, STEP_LIMITS } from '../run/limits.ts';
import { nearest } from '../text/nearest.ts';
import type { Action, DraftEdit, Result } from '../types.ts';

export type RecordOf = Readonly<Record<string, unknown>>;

/** An action as a file or a program gives it, checked; `at` says where it stands. */
export function readAction(value: unknown, at: string): Result<Action | DraftEdit> {
  if (!isRecord(value)) return wrong(`${at} is not a mapping.`);
  const kind = typeof value.kind === 'string' ? value.kind : '';
  const shapes = Object.hasOwn(SHAPES, kind) ? (SHAPES[kind] ?? []) : [];
  if (shapes.length === 0) return unknownKind(kind, at);
  const problems = shapes.map((shape) => problemOf(value, shape, at));
  const [first] = problems;
  if (problems.includes(null)) return ok(value as unknown as Action | DraftEdit);
  return wrong(first ?? `${at} is not what ${kind} needs.`);
}

export const isRecord = (value: unknown): value is RecordOf =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Check = { readonly isRight: (value: unknown) => boolean; readonly needs: string };
type Shape = Readonly<Record<string, Check>>;

const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isBase64 = (value: unknown): boolean =>
  isText(value) && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

const text: Check = { isRight: isText, needs: 'a text' };
const name: Check = { isRight: (value) => isText(value) && value !== '', needs: 'a path' };
const words: Check = {
  isRight: (value) => isTexts(value) && (value as readonly string[]).length > 0,
  needs: 'a list of words, the program first',
};
const content: Check = {
  isRight: (value) => isText(value) || (isRecord(value) && isBase64(value.base64)),
  needs: 'a text, or { base64: … }',
};
const maybe = (check: Check): Check => ({
  isRight: (value) => value === undefined || check.isRight(value),
  needs: `${check.needs}, or nothing`,
});
const flag: Check = { isRight: (value) => typeof value === 'boolean', needs: 'true or false' };
const env: Check = {
  isRight: (value) => isRecord(value) && Object.values(value).every(isText),
  needs: 'a mapping of names to texts',
};
const edits: Check = {
  isRight: (value) =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((edit) => isRecord(edit) && isText(edit.search) && isText(edit.replace)),
  needs: 'a list of { search, replace }',
};
const anything: Check = { isRight: () => true, needs: 'any value' };
const limits: Check = {
  isRight: (value) =>
    isRecord(value) &&
    Object.entries(value).every(
      ([key, each]) => isLimit(key) && Number.isSafeInteger(each) && Number(each) > 0,
    ),
  needs: `a mapping of ${STEP_LIMITS.join(', ')} to whole numbers`,
};
const process = {
  cwd: maybe(text),
  env: maybe(env),
  network: maybe(flag),
  terminal: maybe(flag),
  input: maybe(text),
  limits: maybe(limits),
};

/** What each kind of action holds; a key that is not named here is a mistake. */
const SHAPES: Readonly<Record<string, readonly Shape[]>> = {
  'file.read': [{ path: name }],
  'file.write': [{ path: name, content, isExecutable: maybe(flag) }],
  'file.edit': [
    { path: name, content },
    { path: name, edits },
  ],
  'file.delete': [{ path: name }],
  'file.move': [{ from: name, to: name }],
  'folder.create': [{ path: name }],
  'shell.run': [
    { argv: words, ...process },
    { command: name, ...process },
  ],
  'git.run': [{ argv: words, network: maybe(flag) }],
  'plugin.call': [{ plugin: name, method: name, args: anything }],
};

function problemOf(value: RecordOf, shape: Shape, at: string): string | null {
  for (const key of Object.keys(value)) {
    if (key === 'kind' || Object.hasOwn(shape, key)) continue;
    const near = nearest(key, Object.keys(shape));
    return `${at} has a key "${key}" that ${String(value.kind)} does not have${near ? `; ${near} was meant?` : '.'}`;
  }
  for (const [key, { isRight, needs }] of Object.entries(shape)) {
    if (!isRight(value[key])) return `${at}.${key} must be ${needs}.`;
  }
  return null;
}

function unknownKind(kind: string, at: string): Result<never> {
  const kinds = Object.keys(SHAPES);
  const near = nearest(kind, kinds);
  const meant = near === undefined ? `It is one of ${kinds.join(', ')}.` : `${near} was meant?`;
  return fail('invalid', `${at}.kind is ${JSON.stringify(kind)}, which no action is.`, {
    hint: meant,
  });
}

const wrong = (message: string) => fail('invalid', message);
