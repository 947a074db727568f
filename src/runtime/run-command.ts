import type { Capability, Command, CommandContext, Queue, Sight } from '../commands/command.ts';
import { availabilityOf, remedyFor, type World } from '../core/commands/availability.ts';
import { checkValues } from '../core/commands/check-values.ts';
import { parseArgs } from '../core/commands/parse-args.ts';
import { findByName, resolveCommand } from '../core/commands/resolve.ts';
import { splitWords } from '../core/commands/words.ts';
import { fail, ok } from '../core/result.ts';
import { MAX_ENTRIES, MAX_QUEUED } from '../core/session/update.ts';
import type {
  ArgValues,
  Block,
  Event,
  FailureCode,
  Need,
  Outcome,
  Question,
  Result,
  State,
} from '../core/types.ts';
import type { Input } from '../ports.ts';
import { boundCommand, type Listener } from './bound-command.ts';
import type { LookingDeps } from './deps.ts';

export type { Listener };

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
  deps: LookingDeps,
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
    boundCommand(command, listener, signal, (limited, metered) =>
      command.run(args.value, contextOf(deps, state, metered, limited, { ask, text, talk })),
    );
  return ok({ command, run });
}

function codeOf(command: Command, { mode }: State, lacks: Need | undefined): FailureCode {
  if (!command.modes.includes(mode)) return 'mode';
  return lacks === 'model' ? 'model' : 'unavailable';
}

const worldOf = (deps: LookingDeps, state: State): World => ({
  mode: state.mode,
  model: state.model,
  log: state.log,
  hasTerminal: deps.hasTerminal,
  isRepository: deps.isRepository,
});

export const capabilitiesOf = (deps: LookingDeps, state: State): readonly Capability[] =>
  deps.commands.map((card) => ({ card, availability: availabilityOf(card, worldOf(deps, state)) }));

function contextOf(
  deps: LookingDeps,
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
    progress: listener.progress ?? (() => {}),
    line: listener.line,
    model: state.model,
    turns: state.turns,
    // A command that was stopped may go on for a moment, and another one may run by then.
    talking: (activity) => {
      if (!signal.aborted) talk({ kind: 'talk.went', talk: activity });
    },
    talked: (turn) => talk({ kind: 'turn.made', turn }),
    look: (name, values, until) => look(deps, state, name, values, until),
    ask,
    input: text === undefined ? deps.input : inputOf(text),
    signal,
  };
}

/**
 * A look at files for a command that runs: the same checks and limits as in every door, nobody to be
 * asked, and what it shows as a text. Nothing but such looks can be reached this way.
 */
async function look(
  deps: LookingDeps,
  state: State,
  name: string,
  values: ArgValues,
  signal: AbortSignal,
): Promise<Result<Sight>> {
  const command = findByName(deps.commands, name);
  if (command === undefined || command.kind !== 'look' || command.family !== 'files') {
    return fail('denied', `${name} is no look at files.`);
  }
  const checked = checkValues(command, values);
  if (!checked.ok) return checked;
  const availability = availabilityOf(command, worldOf(deps, state));
  if (!availability.isAvailable) return fail('unavailable', `${name}: ${availability.why}.`);
  const shown: string[] = [];
  const show = (block: Block): void => {
    if (block.kind === 'code' || block.kind === 'text') shown.push(block.text);
  };
  const silent: Doors = { ask: async () => null, talk: () => {} };
  const ended = await boundCommand(command, { show, line: null }, signal, (limited, metered) =>
    command.run(checked.value, contextOf(deps, state, metered, limited, silent)),
  );
  if (!ended.ok) return ended;
  if (ended.value.kind !== 'looked') return fail('denied', `${name} does more than look.`);
  return ok({ text: shown.join('\n'), data: ended.value.data });
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
