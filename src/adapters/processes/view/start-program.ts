import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { ok } from '../../../core/result.ts';
import type { Result } from '../../../core/types.ts';
import { describeNoCage, describeStart } from './start-failure.ts';
import { LIFE_LINE, PROGRAM_ERRORS } from './watch-words.ts';

export type Command = {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string | null;
  /** What can be read from inherited descriptors, by their numbers. */
  readonly bytes: ReadonlyMap<number, Uint8Array>;
  /** Descriptors that nothing may be found on. */
  readonly strays: readonly number[];
};

/** A cage that was started, as the leader of its session. */
export type Started = {
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** What the cage itself says. */
  readonly channel: Readable;
  /** The signal that ended the outermost process, if one did. */
  readonly ended: Promise<NodeJS.Signals | null>;
  letGo(): void;
};

/** `program` is what a failure is told of. */
export async function startProgram(command: Command, program: string): Promise<Result<Started>> {
  const [file = '', ...words] = command.argv;
  const nothing = openSync('/dev/null', 'r+');
  let child: ChildProcess;
  try {
    const stdio = descriptorsFor(command, nothing);
    child = spawn(file, words, { cwd: command.cwd, env: command.env, detached: true, stdio });
  } catch (cause) {
    return describeSpawn(program, cause as NodeJS.ErrnoException);
  } finally {
    closeSync(nothing);
  }
  const { pid } = child;
  if (pid === undefined) return describeSpawn(program, await errorOf(child));
  child.on('error', () => {});
  feed(child, command);
  const pipes: readonly unknown[] = child.stdio;
  return ok({
    pid,
    stdout: pipes[1] as Readable,
    stderr: pipes[PROGRAM_ERRORS] as Readable,
    channel: pipes[2] as Readable,
    ended: new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal))),
    letGo() {
      for (const stream of child.stdio) stream?.destroy();
    },
  });
}

function descriptorsFor({ input, bytes, strays }: Command, nothing: number): StdioOptions {
  const pipes = [1, 2, LIFE_LINE, PROGRAM_ERRORS, ...bytes.keys(), ...(input === null ? [] : [0])];
  const highest = Math.max(...pipes, ...strays);
  return Array.from({ length: highest + 1 }, (_, fd) =>
    pipes.includes(fd) ? 'pipe' : strays.includes(fd) ? nothing : 'ignore',
  );
}

/** Whoever has ended before it read this has said so by ending. */
function feed({ stdio }: ChildProcess, { input, bytes }: Command): void {
  const texts = new Map<number, string | Uint8Array>(bytes);
  if (input !== null) texts.set(0, input);
  for (const fd of [...texts.keys(), LIFE_LINE]) {
    const pipe = stdio[fd] as Writable;
    pipe.on('error', () => {});
    if (fd !== LIFE_LINE) pipe.end(texts.get(fd));
  }
}

const errorOf = (child: ChildProcess): Promise<NodeJS.ErrnoException> =>
  new Promise((resolve) => child.once('error', resolve));

/** All but a few of these speak of the cage, not of the program in it. */
function describeSpawn(program: string, cause: NodeJS.ErrnoException) {
  if (OF_THE_PROGRAM.includes(cause.code ?? '')) return describeStart(program, cause);
  return describeNoCage(cause.message);
}

const OF_THE_PROGRAM: readonly string[] = ['E2BIG', 'EAGAIN', 'ENOMEM'];
