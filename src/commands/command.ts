import type {
  ArgSpec,
  ArgSpecs,
  ArgValues,
  Availability,
  Block,
  CommandCard,
  Door,
  Json,
  ModelActivity,
  ModelStatus,
  Outcome,
  Progress,
  Question,
  Result,
  Situation,
  Turn,
} from '../core/types.ts';
import type { Input, Readers } from '../ports.ts';

/** A command: its card, and what it does with readers alone. */
export type Command = CommandCard & {
  run(args: ArgValues, context: CommandContext): Promise<Result<Outcome>>;
};

export type CommandContext = {
  readonly situation: Situation;
  readonly session: string;
  readonly user: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly door: Door;
  readonly version: string;
  readonly readers: Readers;
  /** Every command of the registry, and whether it can run here and now. */
  readonly capabilities: () => readonly Capability[];
  /** What the session holds of things that pile up, and how much of it at most. */
  readonly queues: readonly Queue[];
  /** Shows a block at once. */
  readonly show: (block: Block) => void;
  /** Says how far something long has come. */
  readonly progress: (progress: Progress) => void;
  /** With `--json`, for commands that print lines: one JSON document. Null where nobody reads them. */
  readonly line: ((value: Json) => void) | null;
  /** Which model answers; a command that needs one finds it `ready`. */
  readonly model: ModelStatus;
  /** Exchanges with models in this session, the oldest first. */
  readonly turns: readonly Turn[];
  /** Tells the session what a model is doing, and with null that it does nothing any more. */
  readonly talking: (activity: ModelActivity | null) => void;
  /** An exchange is over, however it ended: it is kept and recorded. */
  readonly talked: (turn: Turn) => void;
  /**
   * Runs a looking command of the family `files`, with its own checks and limits. Nobody is asked:
   * what only a person could allow is refused.
   */
  readonly look: (name: string, values: ArgValues, signal: AbortSignal) => Promise<Result<Sight>>;
  /** Something that only a person can say; null where none is there, or nothing was said. */
  readonly ask: (question: Question) => Promise<string | null>;
  /** Standard input, where the door has one that is not a terminal. */
  readonly input: Input | null;
  readonly signal: AbortSignal;
};

/** What a look has shown, and what it came to. */
export type Sight = { readonly text: string; readonly data: Json };

export type Queue = { readonly name: string; readonly held: number; readonly most: number };

export type Capability = { readonly card: CommandCard; readonly availability: Availability };

/** Fills in what most commands share, and gives `run` the types that its `args` declare. */
export function defineCommand<const S extends ArgSpecs>(definition: Definition<S>): Command {
  const { run, ...card } = definition;
  return {
    ...DEFAULTS,
    ...card,
    // The parser has checked the values against these very specs.
    run: (args, context) => run(args as ArgsOf<S>, context),
  };
}

const DEFAULTS = {
  aliases: [],
  risk: 'none',
  modes: ['chat', 'propose', 'execute'],
  needs: [],
  wants: [],
  prints: 'document',
  limits: { timeoutMs: 60_000, outputBytes: 10_000_000 },
} as const;

type Definition<S extends ArgSpecs> = Omit<CommandCard, keyof typeof DEFAULTS | 'args'> &
  Partial<Pick<CommandCard, keyof typeof DEFAULTS>> & {
    readonly args: S;
    run(args: ArgsOf<S>, context: CommandContext): Promise<Result<Outcome>>;
  };

type ArgsOf<S extends ArgSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };
type ValueOf<A extends ArgSpec> = A['kind'] extends 'flag'
  ? boolean
  : A['kind'] extends 'rest'
    ? readonly string[]
    : A['isRequired'] extends true
      ? One<A>
      : One<A> | undefined;
type One<A extends ArgSpec> = A['type'] extends 'integer'
  ? number
  : A extends { readonly choices: readonly (infer C)[] }
    ? C
    : string;
