import { ok } from '../result.ts';
import type { Failure, Result } from '../types.ts';
import { readPath, readPaths, skipPathNoun } from './read-paths.ts';
import type { Reader } from './reader.ts';
import { refuse, refuseRest } from './refuse.ts';
import type { Request } from './request.ts';
import type { FormId } from './sentences.ts';

export function readMove(reader: Reader): Result<Request> {
  const from = readPaths(reader);
  if (!from.ok) return misread(from.error, reader, 'move');
  const to = readTarget(reader, ['to', 'into', 'in', 'inside', 'under'], 'move');
  if (!to.ok) return to;
  return ok({ kind: 'move', from: from.value.map(bare), to: to.value, isRename: false });
}

export function readCopy(reader: Reader): Result<Request> {
  const from = readPath(reader);
  if (!from.ok) return misread(from.error, reader, 'copy');
  const to = readTarget(reader, ['to', 'into', 'as'], 'copy');
  return to.ok ? ok({ kind: 'copy', from: from.value, to: to.value }) : to;
}

export function readDelete(reader: Reader): Result<Request> {
  const start = reader.mark();
  const what = skipPathNoun(reader);
  reader.reset(start);
  const paths = readPaths(reader);
  if (!paths.ok) return misread(paths.error, reader, 'delete');
  if (!reader.isAtEnd()) return refuseRest(reader, 'delete');
  const wide = paths.value.find(isEverything);
  if (wide !== undefined) {
    return refuse(`“${wide}” would be everything there is.`, 'delete', 'Name what is to go.');
  }
  return ok({ kind: 'delete', paths: paths.value.map(bare), what });
}

/** The workspace itself, or a glob in which nothing is named. */
const isEverything = (path: string): boolean =>
  path.split('/').every((name) => /^(?:|[.*?]+|~)$/.test(name));

function readTarget(reader: Reader, joints: readonly string[], form: FormId): Result<string> {
  if (!reader.skip(...joints)) {
    return refuse(`“${reader.clause.text}” does not say where to.`, form);
  }
  const to = readPath(reader);
  if (!to.ok) return misread(to.error, reader, form);
  return reader.isAtEnd() ? to : refuseRest(reader, form);
}

const bare = (path: string): string => (path === '/' ? path : path.replace(/\/+$/, ''));

const misread = ({ message, hint }: Failure, reader: Reader, form: FormId) =>
  refuse(`${message.replace(/\.$/, '')}, in “${reader.clause.text}”.`, form, hint);
