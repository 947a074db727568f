/**
 * The nouns of TinyCode, on one page. Code, screen, HTTP and audit log say these words and no
 * others. Everything here is plain readonly data.
 */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** An expected failure is a value. `code` is stable and scripts may rely on it. */
export type Failure = {
  readonly code: FailureCode;
  readonly message: string;
  /** What the person can do next. */
  readonly hint?: string;
  readonly data?: Json;
  readonly cause?: unknown;
};
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

export type FailureCode =
  | 'failed'
  | 'usage'
  | 'unknown-command'
  | 'not-found'
  | 'needs-approval'
  | 'denied'
  | 'mode'
  | 'unavailable'
  | 'changed'
  | 'model'
  | 'busy'
  | 'cancelled'
  | 'timeout'
  | 'limit'
  | 'invalid'
  | 'untrusted'
  | 'unreadable'
  | 'audit-unwritable'
  | 'audit-altered'
  | 'audit-truncated'
  | 'audit-unreadable';

// ---- what may be done -------------------------------------------------------------------------

export const MODES = ['chat', 'propose', 'execute'] as const;
export type Mode = (typeof MODES)[number];

/** From the loosest to the strictest. */
export const LEVELS = ['permissive', 'standard', 'strict', 'paranoid'] as const;
export type Level = (typeof LEVELS)[number];

export const RISKS = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Risk = (typeof RISKS)[number];

/** From the loosest to the strictest. */
export const VERDICTS = ['allow', 'ask', 'deny'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Content = string | { readonly base64: string };

/** One exact thing that could be done. Paths are relative to the workspace unless absolute. */
export type Action =
  | { readonly kind: 'file.read'; readonly path: string }
  | {
      readonly kind: 'file.write';
      readonly path: string;
      readonly content: Content;
      /** Of a file that is new; one that is there keeps its mode. */
      readonly isExecutable?: boolean;
    }
  /** A file that is there gets exactly this content. */
  | { readonly kind: 'file.edit'; readonly path: string; readonly content: Content }
  /** A folder goes with all that it holds. */
  | { readonly kind: 'file.delete'; readonly path: string }
  | { readonly kind: 'file.move'; readonly from: string; readonly to: string }
  | { readonly kind: 'folder.create'; readonly path: string }
  | ShellRun
  | { readonly kind: 'git.run'; readonly argv: readonly string[]; readonly network?: boolean }
  | {
      readonly kind: 'plugin.call';
      readonly plugin: string;
      readonly method: string;
      readonly args: Json;
    };
export type ActionKind = Action['kind'];

/** A process. `argv` runs without a shell; `command` is the text of a shell command. */
export type ShellRun = {
  readonly kind: 'shell.run';
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It needs the network, which is off otherwise. */
  readonly network?: boolean;
  /** It needs a terminal; nobody types into it. */
  readonly terminal?: boolean;
  /** What it reads from its standard input; without it, there is nothing to read. */
  readonly input?: string;
  readonly limits?: StepLimits;
} & ({ readonly argv: readonly string[] } | { readonly command: string });

export type Decision = {
  readonly verdict: Verdict;
  readonly risk: Risk;
  readonly because: readonly Because[];
};
export type Because = { readonly rule: string; readonly reason: string };

/** The world that a decision is made in. Folders are absolute and normalised. */
export type Situation = {
  readonly workspace: string;
  readonly home: string;
  readonly mode: Mode;
  readonly level: Level;
};

// ---- cages ------------------------------------------------------------------------------------

/** From the weakest cage for a program to the strongest; docs/cages.md says what each promises. */
export const RUNGS = ['L0', 'L1', 'L2', 'L3'] as const;
export type Rung = (typeof RUNGS)[number];

/** Where a program's writes to the workspace land. */
export const VIEWS = ['overlay', 'copy', 'direct'] as const;
/**
 * `overlay`: on a copy-on-write view; `copy`: on a copy of the workspace; `direct`: in the
 * workspace, where only the touched paths are found afterwards.
 */
export type ViewKind = (typeof VIEWS)[number];

/** What this machine offers, seen by trying it. */
export type CageReport = {
  readonly rung: Rung;
  readonly view: ViewKind;
  /** What makes the cage: `bwrap`, `unshare`, `sandbox-exec` or `none`. */
  readonly by: string;
  /** What that rung holds, in a sentence. */
  readonly holds: string;
  /** Why it is not the next stronger one; empty at the top. */
  readonly why: string;
};

/** What a program and all that it starts may use up. */
export type RunLimits = {
  readonly wallMs: number;
  /** Of all its processes together. */
  readonly cpuMs: number;
  /** Of one process, and of all of them together. */
  readonly memoryBytes: number;
  /** Of one file. */
  readonly fileBytes: number;
  /** Of all that it writes. */
  readonly diskBytes: number;
  readonly processes: number;
  /** Of one process. */
  readonly openFiles: number;
  /** Of each of its two streams; the beginning and the end are kept. */
  readonly outputBytes: number;
};
/** Limits as people write them, in plan files and in the levels. */
export type StepLimits = {
  readonly seconds?: number;
  readonly cpuSeconds?: number;
  readonly memoryMb?: number;
  readonly fileMb?: number;
  readonly diskMb?: number;
  readonly processes?: number;
  readonly openFiles?: number;
  readonly outputKb?: number;
};
export const LIMIT_NAMES = [
  'time',
  'cpu',
  'memory',
  'file-size',
  'disk',
  'processes',
  'open-files',
  'output',
] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What a level says of programs. */
export type CageRules = {
  /** A weaker rung runs nothing. */
  readonly needs: Rung;
  readonly network: Verdict;
  /** What holds where a step says nothing, and the most that a step may ask for. */
  readonly limits: RunLimits;
  readonly most: RunLimits;
  /** Ignored folders whose changes are taken without a question; globs. */
  readonly letThrough: readonly string[];
  /**
   * The changes that are taken without a question: none, those that the command itself names, or
   * all that the rules allow.
   */
  readonly takes: (typeof TAKES)[number];
};
export const TAKES = ['nothing', 'declared', 'allowed'] as const;

/** What a program is run in. */
export type Cage = {
  readonly rung: Rung;
  readonly network: boolean;
  readonly limits: RunLimits;
};

/** What a running program uses. */
export type ProgramUse = {
  readonly id: string;
  /** The plan's step, or what else runs it. */
  readonly what: string;
  readonly argv: readonly string[];
  readonly rung: Rung;
  readonly pid: number;
  readonly startedAt: string;
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly processes: number;
  readonly openFiles: number;
  readonly limits: RunLimits;
};

// ---- plans ------------------------------------------------------------------------------------

/** What lies at a path: nothing, or something with all that a restore needs to know. */
export type Image = {
  readonly path: string;
  /** Of what a step moved here: where it came from. */
  readonly movedFrom?: string;
} & (
  | { readonly kind: 'absent' }
  | {
      readonly kind: 'file';
      readonly hash: string;
      readonly size: number;
      /** Permission bits. */
      readonly mode: number;
    }
  /** `hash` is over all that lies below, where a step touches that too. */
  | { readonly kind: 'folder'; readonly mode: number; readonly hash?: string }
  | { readonly kind: 'link'; readonly target: string }
  /** Something that TinyCode never touches: a device, a socket, a file with several names. */
  | { readonly kind: 'other'; readonly what: string }
);

/** What a step says that it does besides its exact changes. */
export type StepEffects = {
  readonly runs: readonly string[];
  readonly writes: readonly string[];
  readonly deletes: readonly string[];
  readonly network: readonly string[];
  /** What it does to files can be taken back to the byte. */
  readonly isReversible: boolean;
};

/** What is staged, and what a commit of it would stand on: the pre-image of a step that commits it. */
export type Staged = {
  /** Empty where none is checked out. */
  readonly branch: string;
  /** The commit; empty where there is none yet. */
  readonly head: string;
  /** What is begun and not ended, with the commits that it would bring in; empty: nothing. */
  readonly underWay: string;
  /** Over name, mode and content of every file that is staged. */
  readonly stamp: string;
  /** How many there are, and the first of them as they are told. */
  readonly count: number;
  readonly files: readonly string[];
};

/** A repository that git keeps outside of the workspace, where nothing is written. */
export type OutsideRepository = {
  readonly store: string;
  /** The folder that it is of, where the workspace lies inside; null: it is the workspace's own. */
  readonly above: string | null;
};

/** One thing to do, with its exact result. */
export type Step = {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly action: Action;
  readonly risk: Risk;
  readonly dependsOn: readonly string[];
  /** It only looks whether what came before is good. */
  readonly check: boolean;
  /** What must lie at every path that it touches when its turn comes. */
  readonly before: readonly Image[];
  /** What will lie there afterwards. */
  readonly after: readonly Image[];
  readonly effects: StepEffects;
  /** What must be staged when its turn comes, where this step or a later one commits it. */
  readonly staged?: Staged;
};

export type PlanOrigin = {
  readonly kind: 'rules' | 'file' | 'model' | 'person';
  /** What was asked, or the file that it came from. */
  readonly text: string;
};

export type Plan = {
  readonly id: string;
  readonly goal: string;
  readonly origin: PlanOrigin;
  /** In an order in which they can run. */
  readonly steps: readonly Step[];
  /** What could not be planned. */
  readonly open: readonly string[];
  /** SHA-256 over the canonical JSON of all of the above but the id. */
  readonly hash: string;
};

/** What a planner, a file or a person asks for, before the world has been looked at. */
export type PlanDraft = {
  readonly goal: string;
  readonly origin: PlanOrigin;
  readonly steps: readonly DraftStep[];
  readonly open?: readonly string[];
};
export type DraftStep = {
  readonly id?: string;
  readonly title?: string;
  readonly why?: string;
  readonly action: Action | DraftEdit;
  readonly dependsOn?: readonly string[];
  readonly check?: boolean;
};
/** Replaces text that stands in the file exactly once; what comes of it is put into the plan. */
export type DraftEdit = {
  readonly kind: 'file.edit';
  readonly path: string;
  readonly edits: readonly { readonly search: string; readonly replace: string }[];
};

export const SEVERITIES = ['info', 'warn', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];
/** What the validator has to say. A step with an error cannot be approved. */
export type Finding = {
  readonly severity: Severity;
  readonly code: string;
  readonly step?: string;
  readonly message: string;
  readonly remedy?: string;
};

export type Approval = {
  readonly plan: string;
  readonly planHash: string;
  readonly steps: readonly string[];
  readonly by: string;
  readonly at: string;
  readonly expiresAt: string;
  readonly policyVersion: string;
  readonly level: Level;
  /** The steps were named one by one; what is critical needs that. */
  readonly isNamed: boolean;
  /** The cage that programs were approved for; null where the plan runs none. */
  readonly cage: { readonly rung: Rung; readonly view: ViewKind } | null;
  /** The hash of the rehearsal whose very changes were approved along with it. */
  readonly rehearsal?: string;
};

/** What was seen when a step ran on a view of the workspace. */
export type RehearsedStep = {
  readonly id: string;
  readonly ok: boolean;
  readonly rung: Rung;
  /** Null for steps that run no program. */
  readonly ran: {
    readonly exitCode: number | null;
    readonly signal: string | null;
    readonly limits: readonly LimitName[];
    readonly tookMs: number;
    /** The ends of both streams. */
    readonly stdout: string;
    readonly stderr: string;
  } | null;
  /** What a program changed. */
  readonly changes: readonly CheckpointEntry[];
  readonly error?: { readonly code: FailureCode; readonly message: string };
};

/** A plan, or the next steps of one, as it came out on a view of the workspace. */
export type Rehearsal = {
  /** SHA-256 over the canonical JSON of all of the below. */
  readonly hash: string;
  readonly planHash: string;
  readonly at: string;
  readonly ok: boolean;
  /** Over names, sizes and times of all files of the workspace then; null: too many to say. */
  readonly stamp: string | null;
  readonly steps: readonly RehearsedStep[];
};

export type PlanStatus =
  | 'proposed'
  | 'approved'
  | 'running'
  | 'done'
  | 'failed'
  | 'cancelled'
  | 'interrupted'
  | 'rejected'
  | 'rolled-back';
export type StepStatus = 'waiting' | 'running' | 'done' | 'failed' | 'skipped' | 'rolled-back';
export type StepState = {
  readonly id: string;
  readonly status: StepStatus;
  readonly checkpoint?: number;
  readonly exitCode?: number;
  readonly commit?: Committed;
  readonly error?: { readonly code: FailureCode; readonly message: string };
};
/** The commit that a step made. */
export type Committed = {
  readonly id: string;
  readonly tree: string;
  /** It holds what the plan saw staged, no more and no less; left out where the plan saw nothing. */
  readonly isAsSeen?: boolean;
};
/** One line of a plan's history. */
export type PlanNote = {
  readonly at: string;
  readonly by: string;
  readonly what: 'proposed' | 'amended' | 'rehearsed' | 'approved' | 'rejected' | PlanStatus;
  readonly hash: string;
  readonly reason?: string;
};
/** A plan as it is kept: the newest revision and all that came of it. */
export type PlanRecord = {
  readonly plan: Plan;
  readonly revision: number;
  readonly status: PlanStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly findings: readonly Finding[];
  readonly steps: readonly StepState[];
  /** Not used yet; whether it still holds is decided when it is used. */
  readonly approval: Approval | null;
  /** The last one of this revision. */
  readonly rehearsal: Rehearsal | null;
  readonly history: readonly PlanNote[];
};

/** Lines that a change takes out and puts in, without what stands around them; from 1. */
export type Hunk = {
  readonly beforeStart: number;
  readonly beforeLines: readonly string[];
  readonly afterStart: number;
  readonly afterLines: readonly string[];
};

/** One path that a step changes, as a person reviews it. A null text: nothing there. */
export type FileReview = {
  readonly path: string;
  readonly movedFrom?: string;
  readonly before: Content | null;
  readonly after: Content | null;
  /** Empty where either side is no text. */
  readonly hunks: readonly Hunk[];
};

/** A checkpoint: all that one step (or one way back) touched, before and after. */
export type Checkpoint = {
  readonly id: number;
  readonly plan: string;
  readonly step: string;
  readonly at: string;
  /** `undoes` is the checkpoint that a way back took back. */
  readonly undoes?: number;
  /** `open`: begun, and its end is not known. */
  readonly status: 'open' | 'done' | 'reverted' | 'undone';
  readonly entries: readonly CheckpointEntry[];
};
export type CheckpointEntry = { readonly before: Image; readonly after: Image };

/** Something that only a person can say; a door without one answers with null. */
export type Question =
  | {
      readonly kind: 'choice';
      readonly text: string;
      /** None of them is taken by Enter alone. */
      readonly choices: readonly { readonly key: string; readonly label: string }[];
    }
  | { readonly kind: 'word'; readonly text: string; readonly word: string }
  | {
      readonly kind: 'edit';
      readonly text: string;
      readonly content: string;
      readonly extension: string;
    };

// ---- the audit log ----------------------------------------------------------------------------

/** One record, with the field names of the file format. `hash` covers everything else. */
export type AuditEntry = {
  readonly sequence: number;
  readonly timestamp: string;
  readonly session: string;
  readonly action: string;
  readonly mode: Mode;
  readonly user: string;
  readonly details: JsonObject;
  readonly risk_level: Risk;
  readonly previous_hash: string;
  readonly hash: string;
};
/** What a caller says; the log adds the sequence, the time, the user and the hashes. */
export type AuditDraft = Pick<AuditEntry, 'session' | 'action' | 'mode' | 'details' | 'risk_level'>;

// ---- what is shown ----------------------------------------------------------------------------

export type Tone = 'plain' | 'dim' | 'strong' | 'accent' | 'good' | 'warn' | 'bad';
export type Mark = 'ok' | 'warn' | 'fail' | 'none';

/** A piece of output. Texts are raw: whoever draws a block escapes it. */
export type Block =
  | { readonly kind: 'text'; readonly text: string; readonly tone?: Tone }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'items'; readonly items: readonly Item[] }
  | { readonly kind: 'code'; readonly text: string; readonly language?: string }
  /** A whole block of what a model wrote; blocks that follow each other stand apart. */
  | { readonly kind: 'markdown'; readonly text: string }
  | { readonly kind: 'failure'; readonly failure: Failure };
export type Field = { readonly name: string; readonly value: string; readonly note?: string };
export type Item = {
  readonly mark: Mark;
  readonly text: string;
  readonly detail?: string;
  /** What to do about it. */
  readonly remedy?: string;
};

// ---- commands ---------------------------------------------------------------------------------

export const FAMILIES = [
  'session',
  'mode',
  'talk',
  'files',
  'plan',
  'edit',
  'models',
  'config',
  'policy',
  'audit',
  'help',
] as const;
export type Family = (typeof FAMILIES)[number];

/** What the world must offer before a command can run. */
export type Need = 'terminal' | 'audit-log' | 'model' | 'git';

/** A command's card: all that doors show, parse and complete, without its code. */
export type CommandCard = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly family: Family;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly kind: 'look' | 'steer' | 'propose';
  readonly risk: Risk;
  readonly modes: readonly Mode[];
  readonly needs: readonly Need[];
  /** What is looked for before it runs, and without which it runs all the same. */
  readonly wants: readonly Need[];
  readonly args: ArgSpecs;
  /** With `--json`: one document, or one a line as they come. */
  readonly prints: 'document' | 'lines';
  readonly limits: Limits;
};
export type Limits = { readonly timeoutMs: number; readonly outputBytes: number };

/** Where a value of an argument may come from, for completion. */
export type Completes =
  | 'path'
  | 'command'
  | 'session'
  | 'setting'
  | 'plan'
  | 'model'
  | { readonly choices: readonly string[] };

/** Positionals are filled in the order in which they stand; options by `--name`. */
export type ArgSpec = {
  readonly kind: 'positional' | 'rest' | 'option' | 'flag';
  readonly type: 'text' | 'integer' | 'choice';
  readonly summary: string;
  readonly isRequired?: boolean;
  /** Of a `rest`: all words behind its first belong to it, also those that look like options. */
  readonly isVerbatim?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  readonly min?: number;
  readonly max?: number;
  /** How usage names the value: `--since WHEN`. */
  readonly valueName?: string;
};
export type ArgSpecs = { readonly [name: string]: ArgSpec };
export type ArgValue = string | number | boolean | readonly string[] | undefined;
export type ArgValues = { readonly [name: string]: ArgValue };

export type Availability =
  | { readonly isAvailable: true }
  | {
      readonly isAvailable: false;
      readonly why: string;
      readonly remedy: string;
      /** What is missing, where it is not the mode. */
      readonly lacks?: Need;
    };

/** What a command came to. */
export type Outcome =
  | { readonly kind: 'looked'; readonly data: Json; readonly exitCode?: number }
  | {
      readonly kind: 'steered';
      readonly changes: readonly Change[];
      /** Shown once the changes are made. */
      readonly done: Block;
      readonly data: Json;
    }
  /** A plan to be kept; `replaces` is the revision of it that was looked at. */
  | {
      readonly kind: 'proposed';
      readonly plan: Plan;
      readonly findings: readonly Finding[];
      readonly replaces?: { readonly hash: string; readonly reason: string };
      /** Shown once the plan is kept. */
      readonly shown: readonly Block[];
      readonly data: Json;
    }
  /** The executor is asked to act on a plan that was approved, or to take one back. */
  | { readonly kind: 'acts'; readonly act: Act; readonly data: null };

export type Act =
  | { readonly kind: 'plan.execute'; readonly plan: string }
  | {
      readonly kind: 'plan.rollback';
      readonly plan: string;
      readonly checkpoints: readonly number[];
    }
  | { readonly kind: 'plan.rehearse'; readonly plan: string }
  /** Runs one program on a view; `rung` where a certain one was asked for. */
  | { readonly kind: 'run.rehearse'; readonly run: ShellRun; readonly rung?: Rung }
  | { readonly kind: 'eval.run'; readonly evaluation: Evaluation };

/** A change to TinyCode's own state. The runtime records it, makes it, and records the result. */
export type Change =
  | { readonly kind: 'mode.set'; readonly mode: Mode }
  | { readonly kind: 'level.set'; readonly level: Level }
  | {
      readonly kind: 'config.set';
      readonly scope: ConfigScope;
      readonly key: string;
      readonly value: Json;
    }
  | { readonly kind: 'config.unset'; readonly scope: ConfigScope; readonly key: string }
  | { readonly kind: 'trust.grant'; readonly files: readonly TrustedFile[] }
  | { readonly kind: 'trust.revoke' }
  | { readonly kind: 'session.rename'; readonly title: string }
  | { readonly kind: 'session.delete'; readonly id: string }
  | { readonly kind: 'session.leave' }
  | { readonly kind: 'audit.prune'; readonly keepFrom: number }
  | { readonly kind: 'plan.approve'; readonly approval: Approval; readonly reason?: string }
  | {
      readonly kind: 'plan.reject';
      readonly plan: string;
      readonly by: string;
      readonly reason: string;
    }
  | { readonly kind: 'plan.drop'; readonly plan: string }
  /** The door shows the plan for review. */
  | { readonly kind: 'review.open'; readonly plan: string }
  | { readonly kind: 'checkpoints.prune'; readonly ids: readonly number[] }
  | { readonly kind: 'model.pull'; readonly model: string }
  | { readonly kind: 'model.warm'; readonly model: string }
  | { readonly kind: 'model.unload'; readonly model: string }
  /** What was learned of a model is kept, in place of what was known before. */
  | { readonly kind: 'model.learn'; readonly habit: ModelHabit }
  | { readonly kind: 'model.forget'; readonly model: string; readonly digest: string }
  | ({ readonly kind: 'server.start' } & ServerStart);

/** How a model's server is started on this machine. Without a shell, and it goes on without TinyCode. */
export type ServerStart = {
  readonly argv: readonly string[];
  /** Where it will answer. */
  readonly host: string;
  /** The file that its output goes to. */
  readonly log: string;
};

// ---- models -----------------------------------------------------------------------------------

/** A model that a server has. */
export type ModelCard = {
  readonly name: string;
  /** Of what it is; what was learned of a model is kept by it. */
  readonly digest: string;
  /** The server that has it, as people write it. */
  readonly host: string;
  readonly sizeBytes: number;
  readonly family: string;
  /** As its makers say it, such as `3.2B`. */
  readonly parameters: string;
  readonly quantization: string;
  /** The server passes its prompts on to another machine. */
  readonly isRemote: boolean;
  /** The longest window that it was made for; 0 where nobody says it. */
  readonly maxContextTokens: number;
  readonly abilities: readonly ModelAbility[];
  /** Null: it would have to be loaded first. */
  readonly loaded: LoadedModel | null;
};

export type ModelTraits = Pick<ModelCard, 'digest' | 'abilities'>;

/** What a server says that a model can do; it may know more words than these. */
export type ModelAbility =
  | 'completion'
  | 'tools'
  | 'thinking'
  | 'embedding'
  | 'vision'
  | 'insert'
  | (string & {});

export type LoadedModel = {
  readonly contextTokens: number;
  readonly bytes: number;
  /** Less than `bytes`: part of it is left to the processor. */
  readonly vramBytes: number;
  /** ISO 8601. */
  readonly expiresAt: string;
};

/** What stands in a model's own file. */
export type ModelDetails = {
  readonly name: string;
  readonly family: string;
  readonly parameters: string;
  readonly quantization: string;
  readonly isRemote: boolean;
  readonly maxContextTokens: number;
  readonly abilities: readonly ModelAbility[];
  /** The window that its makers chose; 0 for none. */
  readonly chosenContextTokens: number;
  readonly template: string;
  readonly system: string;
  readonly license: string;
};

/** The window that a model has for as long as the session lasts: another one means a reload. */
export type ModelWindow = {
  readonly model: string;
  readonly tokens: number;
  readonly maxTokens: number;
  readonly from: 'loaded' | 'learned' | 'model' | 'default' | 'chosen';
};

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | {
      readonly role: 'assistant';
      readonly text: string;
      /** Goes back along with the calls that it led to. */
      readonly thinking?: string;
      readonly calls?: readonly ToolCall[];
    }
  /** What a tool answered; `call` is the id of what was called, where it had one. */
  | { readonly role: 'tool'; readonly tool: string; readonly call?: string; readonly text: string };

export type ToolCall = {
  readonly id?: string;
  readonly tool: string;
  readonly values: JsonObject;
};
/** `parameters` is a JSON schema of an object. */
export type ToolSpec = {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
};

export type ChatRequest = {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly output: ChatOutput;
  /** Heeded by models that can think; some know only levels, and do not stop thinking at all. */
  readonly thinking: boolean | 'low' | 'medium' | 'high';
  /** With 0, or with a seed, the same request has the same answer. */
  readonly temperature?: number;
  readonly seed?: number;
  /** Of the answer, with what is thought. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
};

/** A schema and tools never go together: the schema would forbid the calls. */
export type ChatOutput =
  | { readonly kind: 'text' }
  | { readonly kind: 'schema'; readonly schema: JsonObject }
  | {
      readonly kind: 'tools';
      readonly tools: readonly ToolSpec[];
      /** `text`: the prompt explains the tools, and the calls stand in the answer. */
      readonly form: 'native' | 'text';
    };

/** What comes of a chat, in this order; there is always an end, and nothing after it. */
export type ChatPiece =
  /** `window`: it was loaded, with another window. */
  | { readonly kind: 'loading'; readonly why: 'cold' | 'window'; readonly sizeBytes: number }
  /** The prompt is with the server, which reads it, or waits until others are served. */
  | { readonly kind: 'reading'; readonly estimatedTokens: number }
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** `isFromText`: the model wrote it out, and the server did not notice. */
  | { readonly kind: 'call'; readonly call: ToolCall; readonly isFromText: boolean }
  | { readonly kind: 'end'; readonly result: Result<ChatEnd> };

export type ChatEnd = {
  /** `length`: `maxTokens` were written; `window`: the window is full. Both break off. */
  readonly why: 'stop' | 'length' | 'window';
  readonly text: string;
  readonly thinking: string;
  readonly calls: readonly ToolCall[];
  /** Where a schema was given: the value, which fits it. */
  readonly value?: Json;
  readonly model: string;
  readonly host: string;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly contextTokens: number;
  readonly loadMs: number;
  readonly promptMs: number;
  readonly answerMs: number;
  readonly totalMs: number;
  /** The same was asked before, and no model has worked for it. */
  readonly isCached: boolean;
};

export type Embedded = {
  readonly model: string;
  readonly digest: string;
  readonly dimension: number;
  /** One for each text, of length 1. */
  readonly vectors: readonly Float32Array[];
  readonly promptTokens: number;
};

/** What a model is doing for the command that runs. */
export type ModelActivity = {
  readonly model: string;
  readonly phase: 'loading' | 'reading' | 'thinking' | 'writing' | 'looking';
  /** While it looks: at what. */
  readonly lookingAt?: string;
  /** What was written so far and does not stand on the screen for good yet; bounded. */
  readonly text: string;
  /** Estimated until the answer has ended. */
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** The window; 0 while it is not known. */
  readonly contextTokens: number;
  /** Of the model, while it is loaded. */
  readonly sizeBytes?: number;
};

/** How full a model's window was at the last request. */
export type ContextUse = { readonly usedTokens: number; readonly contextTokens: number };

/** Lines of a file, from 1, both ends with it. */
export type Source = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
};

export const CONTEXT_KINDS = [
  'system',
  'request',
  'mention',
  'passage',
  'map',
  'look',
  'transcript',
] as const;
export type ContextKind = (typeof CONTEXT_KINDS)[number];

/** What became of one part that could have gone to a model. */
export type ContextEntry = {
  readonly kind: ContextKind;
  readonly label: string;
  readonly fate: 'whole' | 'cut' | 'left-out';
  /** Of what went in. */
  readonly tokens: number;
  /** What of a file went in; of one that was left out, what would have. */
  readonly source?: Source;
};

/** One exchange with a model, as a session keeps it. */
export type Turn = {
  readonly command: string;
  readonly asked: string;
  readonly answer: string;
  readonly outcome: 'done' | 'broken-off' | FailureCode;
  readonly trouble?: ModelTrouble;
  readonly model: string;
  readonly host: string;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly contextTokens: number;
  /** Kept free for the answer. */
  readonly roomTokens: number;
  readonly tookMs: number;
  readonly context: readonly ContextEntry[];
  /** Where it planned: all that it was asked for that plan, which the counts above are the fullest of. */
  readonly work?: ModelWork;
};

/** All that a model did for one plan. */
export type ModelWork = {
  readonly requests: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Answers that were known already. */
  readonly cached: number;
  readonly edits: readonly EditTries[];
};

/** Each try at the edit of one file: `taken`, `broken-off`, `failed`, or why the ladder refused it. */
export type EditTries = { readonly path: string; readonly tries: readonly string[] };

/** The forms of an edit that models are asked for. */
export const EDIT_FORMS = ['whole', 'search-replace', 'udiff', 'apply-patch'] as const;
export type EditForm = (typeof EDIT_FORMS)[number];

/** What a model does best: whole files up to some size, and another form beyond. */
export type FormHabit = {
  readonly wholeTokens: number;
  readonly beyond: Exclude<EditForm, 'whole'>;
};

/** How a model calls tools: as its server's calls, written out in the answer, or not at all. */
export const TOOL_MODES = ['native', 'text', 'none'] as const;
export type ToolMode = (typeof TOOL_MODES)[number];

/** How often something came out right, of how often it was tried. */
export type Score = { readonly right: number; readonly of: number };

/** What was learned of a model by trying it. Null: too little was seen to say. */
export type ModelHabit = {
  /** Of what the model is: a name may be another model tomorrow. */
  readonly digest: string;
  readonly name: string;
  readonly testedAt: string;
  readonly toolMode: ToolMode | null;
  /** It answers in the form that it is given. */
  readonly hasSchema: boolean | null;
  readonly form: FormHabit;
  /** The window that it starts with. */
  readonly contextTokens: number | null;
  readonly readTokensPerSecond: number | null;
  readonly writeTokensPerSecond: number | null;
  readonly loadMs: number | null;
  readonly forms: Readonly<Record<EditForm, Score>>;
  /** Of all that was to be tried, this is what there was time for. */
  readonly isWhole: boolean;
};

export type PullPiece =
  /** Bytes over all parts that are known so far; 0 of 0 while there are none. */
  | {
      readonly kind: 'pulling';
      readonly what: string;
      readonly doneBytes: number;
      readonly totalBytes: number;
    }
  | { readonly kind: 'end'; readonly result: Result<void> };

/** Which way a model failed; a failure with the code `model` has it as `data.trouble`. */
export const MODEL_TROUBLES = [
  /** No server answers. */
  'unreachable',
  /** Something else answers, or a redirect. */
  'not-ollama',
  'old-server',
  'no-model',
  /** Somebody else's machine would get what is asked. */
  'remote',
  /** It cannot think, call tools, talk or embed. */
  'no-ability',
  /** Too much for the window, or some of it was left out by the server. */
  'window',
  /** Nothing came for too long. */
  'silent',
  /** The stream ended in the middle. */
  'cut',
  /** What came was not what the server's protocol allows. */
  'malformed',
  /** The server said that something went wrong. */
  'server',
  'busy',
  /** The server could not read the calls that its own model wrote. */
  'tool-call',
  'empty',
  'repetition',
  'too-long',
  /** The answer is no JSON. */
  'no-json',
  /** The answer is JSON that breaks off. */
  'cut-json',
  /** The answer is JSON that the schema does not allow. */
  'schema',
  'pull',
] as const;
export type ModelTrouble = (typeof MODEL_TROUBLES)[number];

// ---- evaluation -------------------------------------------------------------------------------

export const EVAL_COMMANDS = ['plan', 'fix', 'refactor', 'complete', 'document', 'test'] as const;

/** Something that a model is to do in a small workspace, and a program that says whether it did. */
export type EvalTask = {
  /** The name of its folder. */
  readonly id: string;
  /** Absolute; holds `workspace`, and `check` where the program needs files that no model sees. */
  readonly folder: string;
  readonly language: string;
  readonly command: (typeof EVAL_COMMANDS)[number];
  /** In plain words; a path for the commands that take one. */
  readonly request: string;
  /** It fails before, and succeeds when the task is done. */
  readonly check: readonly string[];
  readonly limits: StepLimits;
  /** Files that must be the same afterwards. */
  readonly keep: readonly string[];
  /** Programs without which it cannot be tried. */
  readonly needs: readonly string[];
};

/** Tasks to be tried with a model. */
export type Evaluation = {
  readonly folder: string;
  readonly model: string;
  readonly tasks: readonly (EvalTask & { readonly lacks: readonly string[] })[];
  /** How often each of them. */
  readonly runs: number;
  readonly atOnce: number;
  /** For one plan. */
  readonly planMs: number;
  /** In percent; fewer passed are a failure. */
  readonly minPass: number | null;
};

// ---- configuration ----------------------------------------------------------------------------

export type ConfigScope = 'user' | 'workspace';
export type ConfigSource = 'default' | ConfigScope | 'environment' | 'flag';
/** A file of the workspace that asks for more than an untrusted file may have. */
export type TrustedFile = { readonly path: string; readonly sha256: string };

// ---- the session ------------------------------------------------------------------------------

export type Door = 'terminal' | 'headless' | 'http';

export type ModelStatus =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'missing';
      readonly why: string;
      readonly remedy: string;
      /** Its server is installed on this machine and only does not run. */
      readonly isStartable?: boolean;
    }
  | { readonly kind: 'ready'; readonly name: string; readonly contextTokens?: number };

export type RecordStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'broken'; readonly failure: Failure };

export type Running = { readonly id: number; readonly name: string; readonly line: string };

/** How far something long has come; `what` says of what. */
export type Progress = { readonly what: string; readonly done: number; readonly total: number };

export type Entry =
  | { readonly kind: 'input'; readonly mode: Mode; readonly line: string }
  | { readonly kind: 'block'; readonly block: Block };

export type State = {
  readonly session: string;
  readonly workspace: string;
  readonly door: Door;
  readonly title: string;
  readonly mode: Mode;
  readonly level: Level;
  readonly model: ModelStatus;
  readonly branch: string;
  readonly log: RecordStatus;
  readonly running: Running | null;
  /** What a running command wants to know. */
  readonly question: Question | null;
  readonly progress: Progress | null;
  /** The program that runs now. */
  readonly use: ProgramUse | null;
  /** What a model is doing for the running command. */
  readonly talk: ModelActivity | null;
  readonly context: ContextUse | null;
  /** The newest exchanges with models; older ones are no longer held. */
  readonly turns: readonly Turn[];
  /** The plan that is under review. */
  readonly review: string | null;
  /** The plan that was last proposed or looked at here. */
  readonly plan: string | null;
  /** Lines entered while a command runs; they follow in their order. */
  readonly queued: readonly string[];
  /** How many commands were started; the next one's id. */
  readonly started: number;
  /** The newest entries; `dropped` older ones are no longer held. */
  readonly entries: readonly Entry[];
  readonly dropped: number;
  readonly isLeaving: boolean;
};

/** What happened. Those that change what a resumed session shows are kept. */
export type Event =
  | { readonly kind: 'line.entered'; readonly line: string }
  | { readonly kind: 'command.showed'; readonly id: number; readonly block: Block }
  | { readonly kind: 'command.ended'; readonly id: number; readonly result: Result<Outcome> }
  | { readonly kind: 'cancel.asked' }
  | { readonly kind: 'change.made'; readonly change: Change }
  | { readonly kind: 'plan.kept'; readonly plan: string }
  | { readonly kind: 'review.closed' }
  | { readonly kind: 'progress.made'; readonly progress: Progress }
  | { readonly kind: 'use.seen'; readonly use: ProgramUse | null }
  | { readonly kind: 'talk.went'; readonly talk: ModelActivity | null }
  | { readonly kind: 'turn.made'; readonly turn: Turn }
  | { readonly kind: 'question.asked'; readonly question: Question }
  /** Null: no answer, which is always the careful one. */
  | { readonly kind: 'question.answered'; readonly answer: string | null }
  | { readonly kind: 'model.seen'; readonly model: ModelStatus }
  | { readonly kind: 'branch.seen'; readonly branch: string }
  | { readonly kind: 'log.seen'; readonly log: RecordStatus }
  | { readonly kind: 'notice'; readonly block: Block }
  | { readonly kind: 'leave.asked' };

/** What the runtime is to do. */
export type Effect =
  | { readonly kind: 'run'; readonly id: number; readonly line: string }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly answer: string | null }
  | { readonly kind: 'close' };
