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
  | { readonly kind: 'file.write'; readonly path: string; readonly content: Content }
  | { readonly kind: 'file.delete'; readonly path: string }
  | { readonly kind: 'file.move'; readonly from: string; readonly to: string }
  | { readonly kind: 'folder.create'; readonly path: string }
  | ShellRun
  | { readonly kind: 'git.run'; readonly argv: readonly string[] }
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

export const FAMILIES = ['session', 'mode', 'edit', 'config', 'policy', 'audit', 'help'] as const;
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
  | { readonly isAvailable: false; readonly why: string; readonly remedy: string };

/** What a command came to. */
export type Outcome =
  | { readonly kind: 'looked'; readonly data: Json; readonly exitCode?: number }
  | {
      readonly kind: 'steered';
      readonly changes: readonly Change[];
      /** Shown once the changes are made. */
      readonly done: Block;
      readonly data: Json;
    };

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
  | { readonly kind: 'audit.prune'; readonly keepFrom: number };

// ---- configuration ----------------------------------------------------------------------------

export type ConfigScope = 'user' | 'workspace';
export type ConfigSource = 'default' | ConfigScope | 'environment' | 'flag';
/** A file of the workspace that asks for more than an untrusted file may have. */
export type TrustedFile = { readonly path: string; readonly sha256: string };

// ---- the session ------------------------------------------------------------------------------

export type Door = 'terminal' | 'headless' | 'http';

export type ModelStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'missing'; readonly why: string; readonly remedy: string }
  | { readonly kind: 'ready'; readonly name: string; readonly contextTokens?: number };

export type RecordStatus =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'broken'; readonly failure: Failure };

export type Running = { readonly id: number; readonly name: string; readonly line: string };

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
  | { readonly kind: 'model.seen'; readonly model: ModelStatus }
  | { readonly kind: 'branch.seen'; readonly branch: string }
  | { readonly kind: 'log.seen'; readonly log: RecordStatus }
  | { readonly kind: 'notice'; readonly block: Block }
  | { readonly kind: 'leave.asked' };

/** What the runtime is to do. */
export type Effect =
  | { readonly kind: 'run'; readonly id: number; readonly line: string }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };
