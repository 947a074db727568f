import { ok } from '../result.ts';
import type { Result } from '../types.ts';
import { NO_PATHS, readPaths } from './read-paths.ts';
import { type Reader, textOf } from './reader.ts';
import { refuse, refuseRest } from './refuse.ts';
import type { CommitWhat, Request } from './request.ts';

/** The command is the text as it stands, in quotes or not. */
export function readRun(reader: Reader): Result<Request> {
  const start = reader.mark();
  reader.skip('the');
  reader.skip('command', 'shell');
  reader.skip('command');
  const token = reader.peek();
  if (token?.kind !== 'quoted') reader.reset(start);
  const first = reader.peek();
  if (first === undefined) return refuse('“run” alone names no command.', 'run');
  if (first.kind === 'quoted' && (reader.peek(1) === undefined || isFolderNext(reader, 1))) {
    reader.next();
    return finishRun(reader, first.text);
  }
  if (first.kind !== 'word' && first.kind !== 'quoted') return refuseRest(reader, 'run');
  if (first.kind === 'word' && isNoProgram(first.text)) {
    return refuse(`“${reader.rest()}” is no command.`, 'run', 'A command goes in quotes.');
  }
  const words = reader.clause.tokens.slice(reader.mark());
  const isPlain = words.every(({ kind }) => kind === 'word');
  const count = words.length;
  const plain = words.find((token) => token.kind === 'word' && TALK.has(token.text.toLowerCase()));
  if (plain?.kind === 'word') {
    return refuse(
      `It is not clear whether “${plain.text}” is part of the command in “${reader.clause.text}”.`,
      'run',
      'Put the command in quotes.',
    );
  }
  if (isPlain && count > 2 && reader.word(count - 2) === 'in') {
    const command = reader.rest().slice(0, (words[count - 3] as { end: number }).end - first.start);
    for (let i = 0; i < count - 2; i += 1) reader.next();
    return finishRun(reader, command);
  }
  return ok({ kind: 'run', command: reader.rest(), folder: null });
}

const isNoProgram = (word: string): boolean =>
  NO_PATHS.has(word.toLowerCase()) || /^(?:a|tests|command|wild|away|fast)$/i.test(word);

/** Words that rather go on with the sentence than with a command. */
const TALK = new Set(
  `again after and because before but except for from if on once only or please so twice unless
  until using via when while with without`.split(/\s+/),
);

const isFolderNext = (reader: Reader, ahead: number): boolean =>
  ['in', 'inside', 'from'].includes(reader.word(ahead));

function finishRun(reader: Reader, command: string): Result<Request> {
  if (command.trim() === '') return refuse('The command is empty.', 'run');
  if (reader.isAtEnd()) return ok({ kind: 'run', command, folder: null });
  reader.next();
  const folders = readPaths(reader);
  if (!folders.ok) return refuse(`“${reader.clause.text}” does not say where.`, 'run');
  const [folder, ...more] = folders.value as [string, ...string[]];
  if (more.length > 0 || !reader.isAtEnd()) return refuseRest(reader, 'run');
  return ok({ kind: 'run', command, folder });
}

export function readFormat(reader: Reader): Result<Request> {
  reader.skip('all');
  reader.skip('the', 'my');
  if (reader.skip('code', 'files')) reader.skip('in', 'of');
  else reader.skip('whole', 'entire');
  if (reader.isAtEnd()) return ok({ kind: 'format', paths: [] });
  if (reader.skip('everything', 'everywhere', 'project', 'workspace', 'codebase', 'repository')) {
    return reader.isAtEnd() ? ok({ kind: 'format', paths: [] }) : refuseRest(reader, 'format');
  }
  const paths = readPaths(reader);
  if (!paths.ok) return refuse(paths.error.message, 'format');
  return reader.isAtEnd()
    ? ok({ kind: 'format', paths: paths.value })
    : refuseRest(reader, 'format');
}

export function readCommit(reader: Reader): Result<Request> {
  const what = readCommitWhat(reader);
  if (!what.ok) return what;
  reader.skipComma();
  if (!reader.skip('with', 'using')) {
    return reader.isAtEnd()
      ? refuse(`“${reader.clause.text}” has no message.`, 'commit')
      : refuseRest(reader, 'commit');
  }
  reader.skip('the', 'a');
  reader.skip('commit');
  reader.skip('message', 'msg');
  const token = reader.next();
  const message = textOf(token);
  if (message === null || message.trim() === '') {
    return refuse('The message of a commit is missing.', 'commit');
  }
  if (!reader.isAtEnd()) {
    return refuse('A message of several words has to stand in quotes.', 'commit');
  }
  return ok({ kind: 'commit', message, what: what.value });
}

function readCommitWhat(reader: Reader): Result<CommitWhat> {
  if (reader.word() === 'with' || reader.word() === 'using' || reader.isAtEnd()) {
    return ok({ kind: 'as-is' });
  }
  if (reader.skip('everything')) return ok({ kind: 'all' });
  const start = reader.mark();
  const isAll = reader.skip('all');
  const isTheir = reader.skip('the', 'my', 'these', 'those');
  if (reader.skip('changes', 'files') || (isAll && !isTheir && reader.word() === 'with')) {
    return ok({ kind: isAll ? 'all' : 'as-is' });
  }
  reader.reset(start);
  const paths = readPaths(reader);
  return paths.ok
    ? ok({ kind: 'paths', paths: paths.value })
    : refuse(`${paths.error.message} in “${reader.clause.text}”`, 'commit');
}
