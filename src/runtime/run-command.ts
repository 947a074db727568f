import type { Capability, Command, CommandContext, Queue } from '../commands/command.ts';
import { availabilityOf, remedyFor, type World } from '../core/commands/availability.ts';
import { parseArgs } from '../core/commands/parse-args.ts';
import { resolveCommand } from '../core/commands/resolve.ts';
import { splitWords } from '../core/commands/words.ts';
import { fail, ok } from '../core/result.ts';
import { MAX_ENTRIES, MAX_QUEUED } from '../core/session/update.ts';
import type {
  Block,
  Event,
  FailureCode,
  Json,
  Need,
  Outcome,
  Progress,
  Question,
  Result,
  State,
} from '../core/types.ts';
import type { Input } from '../ports.ts';
import type { Deps } from './deps.ts';

/** What a command may tell its door while it runs. */
export type Listener = {
  readonly show: (block: Block) => void;
  readonly line: ((value: Json) => void) | null;
  readonly progress?: (progress: Progress) => void;
};

export type Ask = (question: Question) => Promise<string | null>;

/** The ways from a command to its person and to its session. */
export type Doors = {
  readonly ask: Ask;
  readonly talk: (event: TalkEvent) => void;
  readonly text?: string | undefined;
};
export type TalkEvent = Event & { readonly kind: 'talk.went' | 'turn.made' };

export type Prepared = { readonly command: Command; run(): Promise<Result<Outcome>> };

/** Finds, parses and checks a line; nothing has happened yet when it fails. */
export function prepareCommand(
  deps: Deps,
  state: State,
  line: string,
  listener: Listener,
  signal: AbortSignal,
  doors: Doors,
): Result<Prepared> {
  const words = splitWords(line);
  if (!words.ok) return words;
  const found = resolveCommand(deps.commands, words.value);
  if (!found.ok) return found;
  const { command } = found.value;
  const args = parseArgs(command, found.value.words);
  if (!args.ok) return args;
  const availability = availabilityOf(command, worldOf(deps, state));
  if (!availability.isAvailable) {
    return fail(
      codeOf(command, state, availability.lacks),
      `${command.name} cannot run now: ${availability.why.replace(/\.$/, '')}.`,
      {
        hint: remedyFor(availability, state.door === 'terminal' ? '/' : ''),
      },
    );
  }
  const { ask, text, talk } = doors;
  const run = () =>
    bound(command, listener, signal, (limited, metered) =>
      command.run(args.value, contextOf(deps, state, metered, limited, { ask, text, talk })),
    );
  return ok({ command, run });
}

function codeOf(command: Command, { mode }: State, lacks: Need | undefined): FailureCode {
  if (!command.modes.includes(mode)) return 'mode';
  return lacks === 'model' ? 'model' : 'unavailable';
}

const worldOf = (deps: Deps, state: State): World => ({
  mode: state.mode,
  model: state.model,
  log: state.log,
  hasTerminal: deps.hasTerminal,
  isRepository: deps.isRepository,
});

export const capabilitiesOf = (deps: Deps, state: State): readonly Capability[] =>
  deps.commands.map((card) => ({ card, availability: availabilityOf(card, worldOf(deps, state)) }));

function contextOf(
  deps: Deps,
  state: State,
  listener: Listener,
  signal: AbortSignal,
  { ask, text, talk }: Doors,
): CommandContext {
  return {
    situation: {
      workspace: state.workspace,
      home: deps.home,
      mode: state.mode,
      level: state.level,
    },
    session: state.session,
    user: deps.user,
    now: () => deps.clock.now(),
    newId: deps.newId,
    door: state.door,
    version: deps.version,
    readers: deps.readers,
    capabilities: () => capabilitiesOf(deps, state),
    queues: queuesOf(state),
    show: listener.show,
    line: listener.line,
    model: state.model,
    turns: state.turns,
    // A command that was stopped may go on for a moment, and another one may run by then.
    talking: (activity) => {
      if (!signal.aborted) talk({ kind: 'talk.went', talk: activity });
    },
    talked: (turn) => talk({ kind: 'turn.made', turn }),
    ask,
    input: text === undefined ? deps.input : inputOf(text),
    signal,
  };
}

const queuesOf = ({ queued, entries }: State): readonly Queue[] => [
  { name: 'waiting lines', held: queued.length, most: MAX_QUEUED },
  { name: 'entries on the screen', held: entries.length, most: MAX_ENTRIES },
];

const inputOf = (text: string): Input => ({
  text: () => Promise.resolve(text),
  async *lines() {
    yield* text.split('\n');
  },
});

/**
 * The one place where a throw becomes a failure; also where time and output end, and a cancel is
 * heard. A command that was stopped says nothing more.
 */
async function bound(
  command: Command,
  listener: Listener,
  signal: AbortSignal,
  run: (limited: AbortSignal, metered: Listener) => Promise<Result<Outcome>>,
): Promise<Result<Outcome>> {
  const limited = new AbortController();
  const stop = (reason: Result<never>) => limited.abort(reason);
  const onCancel = () => stop(fail('cancelled', `${command.name} was cancelled.`));
  const timer = setTimeout(() => {
    stop(fail('timeout', `${command.name} took longer than ${command.limits.timeoutMs / 1000} s.`));
  }, command.limits.timeoutMs);
  signal.addEventListener('abort', onCancel, { once: true });
  const aborted = new Promise<Result<never>>((resolve) => {
    limited.signal.addEventListener('abort', () => resolve(limited.signal.reason), { once: true });
  });
  if (signal.aborted) onCancel();
  const metered = meter(command, listener, limited.signal, stop);
  try {
    return await Promise.race([run(limited.signal, metered), aborted]);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return fail('failed', `${command.name} failed: ${message}`, { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onCancel);
  }
}

function meter(
  { name, limits }: Command,
  { show, line }: Listener,
  stopped: AbortSignal,
  stop: (reason: Result<never>) => void,
): Listener {
  let bytes = 0;
  const fits = (piece: Json | Block): boolean => {
    if (stopped.aborted) return false;
    bytes += Buffer.byteLength(JSON.stringify(piece));
    if (bytes <= limits.outputBytes) return true;
    stop(fail('limit', `${name} said more than ${limits.outputBytes} bytes and was stopped.`));
    return false;
  };
  return {
    show: (block) => {
      if (fits(block)) show(block);
    },
    line:
      line &&
      ((value) => {
        if (fits(value)) line(value);
      }),
  };
}
