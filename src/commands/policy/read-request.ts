import { fail, ok } from '../../core/result.ts';
import type { Action, Result } from '../../core/types.ts';

/** One line of `policy check --stdin`: a command's text or a whole action. */
export function readRequest(line: string): Result<Action> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return fail('invalid', 'The line is no JSON.');
  }
  if (!isRecord(value)) return fail('invalid', 'The line is no JSON object.');
  if (typeof value.command === 'string') {
    return ok({ kind: 'shell.run', command: value.command });
  }
  return isRecord(value.action)
    ? readAction(value.action)
    : fail('invalid', 'The line has neither "command" nor "action".');
}

type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isMaybeText = (value: unknown): boolean => value === undefined || isText(value);
const isEnv = (value: unknown): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every(isText));
const isContent = (value: unknown): boolean =>
  value === undefined || isText(value) || (isRecord(value) && isText(value.base64));

/** What each kind of action must hold. Content does not matter for a verdict and may be missing. */
const SHAPES: Readonly<Record<string, readonly Fields[]>> = {
  'file.read': [{ path: isText }],
  'file.write': [{ path: isText, content: isContent }],
  'file.delete': [{ path: isText }],
  'file.move': [{ from: isText, to: isText }],
  'folder.create': [{ path: isText }],
  'git.run': [{ argv: isTexts }],
  'plugin.call': [{ plugin: isText, method: isText }],
  'shell.run': [
    { command: isText, argv: (value) => value === undefined, cwd: isMaybeText, env: isEnv },
    { argv: isTexts, command: (value) => value === undefined, cwd: isMaybeText, env: isEnv },
  ],
};

function readAction(action: Record<string, unknown>): Result<Action> {
  const kind = typeof action.kind === 'string' ? action.kind : '';
  const shapes = Object.hasOwn(SHAPES, kind) ? (SHAPES[kind] ?? []) : [];
  if (shapes.length === 0) return fail('invalid', `There is no action of the kind "${kind}".`);
  const fits = shapes.some((fields) =>
    Object.entries(fields).every(([name, isRight]) => isRight(action[name])),
  );
  if (!fits) return fail('invalid', `The action is not what ${kind} needs.`);
  return ok(action as unknown as Action);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
