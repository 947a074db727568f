/**
 * Everything outside the core, as types, on one page. Readers stand apart from writers: commands
 * get readers only; the writers of TinyCode's own state are held by the runtime alone.
 */

import type { Explanation } from './core/policy/decide.ts';
import type {
  Action,
  AuditDraft,
  AuditEntry,
  ConfigScope,
  ConfigSource,
  Decision,
  Door,
  Event,
  Json,
  Level,
  Mark,
  Mode,
  ModelStatus,
  Result,
  Risk,
  Situation,
  TrustedFile,
  Verdict,
} from './core/types.ts';

// ---- system -----------------------------------------------------------------------------------

export type Clock = { now(): Date; monotonicMs(): number };

/** What a hash chain needs: SHA-256 as lowercase hex, and canonical JSON (RFC 8785). */
export type Hashing = { sha256(text: string): string; canonical(value: Json): string };

/** Where things lie. All absolute. `state` is this workspace's own folder, mode 0700. */
export type Places = {
  readonly workspace: string;
  readonly home: string;
  readonly state: string;
  readonly config: string;
  readonly cache: string;
};

// ---- audit log --------------------------------------------------------------------------------

export type AuditFilter = {
  readonly since?: string;
  readonly until?: string;
  readonly session?: string;
  readonly action?: string;
  readonly risk?: Risk;
  readonly contains?: string;
  /** Only the newest so many, still in order of sequence. */
  readonly last?: number;
};

export type AuditReport = {
  readonly ok: boolean;
  readonly records: number;
  /** `altered`, `truncated` (or an older copy) and `unreadable` have exit codes of their own. */
  readonly state: 'intact' | 'altered' | 'truncated' | 'unreadable';
  readonly firstBad?: number;
  readonly problem?: string;
  /** What this check could not have found, said plainly. */
  readonly limits: readonly string[];
};

export type AuditHead = {
  readonly sequence: number;
  readonly hash: string;
  readonly epoch: number;
  readonly timestamp: string;
  readonly publicKey: string;
  readonly signature: string;
};

export type AuditReader = {
  verify(signal: AbortSignal): Result<AuditReport>;
  list(filter: AuditFilter): Result<readonly AuditEntry[]>;
  /** In order of sequence, without holding them all in memory. */
  entries(): Result<Iterable<AuditEntry>>;
  head(): Result<AuditHead>;
};

/** `append` returns only when the record is on the disk. */
export type AuditWriter = {
  append(draft: AuditDraft): Result<AuditEntry>;
  /** Signs the head and starts a new epoch; done at the end of a session. */
  seal(): Result<AuditHead>;
  /** Drops the records before `keepFrom`; what is kept still proves what was dropped. */
  prune(keepFrom: number): Result<{ readonly dropped: number; readonly kept: number }>;
  close(): void;
};

// ---- sessions ---------------------------------------------------------------------------------

export type SessionCard = {
  readonly id: string;
  readonly title: string;
  readonly door: Door;
  readonly mode: Mode;
  readonly level: Level;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly events: number;
  /** A living TinyCode holds it. */
  readonly isHeld: boolean;
};

export type SessionReader = {
  list(): Result<readonly SessionCard[]>;
  /** `id` may be an unambiguous beginning of one. */
  find(id: string): Result<SessionCard>;
  events(id: string): Result<readonly Event[]>;
  /** Lines entered in this workspace, newest last. */
  history(limit: number): Result<readonly string[]>;
};

export type SessionWriter = {
  create(card: {
    readonly id: string;
    readonly door: Door;
    readonly mode: Mode;
    readonly level: Level;
  }): Result<void>;
  /** Takes a session for this process; `busy` when a living one has it. */
  hold(id: string): Result<void>;
  release(id: string): Result<void>;
  append(id: string, event: Event): Result<void>;
  describe(
    id: string,
    what: { readonly title?: string; readonly mode?: Mode; readonly level?: Level },
  ): Result<void>;
  delete(id: string): Result<void>;
  close(): void;
};

// ---- configuration ----------------------------------------------------------------------------

export type Setting = {
  readonly key: string;
  readonly value: Json;
  readonly source: ConfigSource;
  /** The file or variable that it comes from. */
  readonly from?: string;
  readonly summary: string;
  /** What the workspace asked for and does not get until it is trusted. */
  readonly heldBack?: Json;
};

export type Settings = {
  readonly mode: Mode;
  readonly level: Level;
  readonly ollamaHost: string;
  readonly model: string;
  readonly editor: string;
  readonly color: 'auto' | 'always' | 'never';
  readonly isScreenReader: boolean;
  readonly isAscii: boolean;
};

export type Configuration = {
  readonly settings: Settings;
  readonly all: readonly Setting[];
  /** Files of the workspace that wait for the trust question. */
  readonly untrusted: readonly TrustedFile[];
  /** What was left out of the above, and why. */
  readonly warnings?: readonly string[];
};

export type ConfigReader = { load(): Result<Configuration>; schema(): Json };
export type ConfigWriter = {
  set(scope: ConfigScope, key: string, value: Json): Result<void>;
  unset(scope: ConfigScope, key: string): Result<void>;
};
export type TrustWriter = {
  grant(files: readonly TrustedFile[]): Result<void>;
  revoke(): Result<void>;
};

// ---- policies ---------------------------------------------------------------------------------

export type RuleSummary = {
  readonly id: string;
  readonly file: string;
  readonly verdict: Verdict;
  readonly risk: Risk;
  readonly reason: string;
  readonly when: Json;
};

export type ExampleReport = {
  readonly rules: number;
  readonly examples: number;
  readonly failures: readonly {
    readonly rule: string;
    readonly example: string;
    readonly problem: string;
  }[];
};

/** Decides; holds nothing that could act. */
export type PolicyReader = {
  /** Hash over all rules in force; an approval names it. */
  version(): Result<string>;
  decide(action: Action, situation: Situation): Result<Decision>;
  /** The same, with every part of the action and every rule that speaks of it. */
  explain(action: Action, situation: Situation): Result<Explanation>;
  rules(level: Level): Result<readonly RuleSummary[]>;
  test(): Result<ExampleReport>;
};

// ---- the machine ------------------------------------------------------------------------------

export type Check = {
  readonly check: string;
  readonly status: Exclude<Mark, 'none'>;
  readonly detail: string;
  readonly remedy?: string;
};
export type Examiner = { examine(signal: AbortSignal): AsyncIterable<Check> };

export type ModelProbe = { look(signal: AbortSignal): Promise<ModelStatus> };

/** Reads of a text that came with the command: standard input, or nothing. */
export type Input = { text(): Promise<string>; lines(): AsyncIterable<string> };

// ---- files of the workspace ----------------------------------------------------------------------

/**
 * Reads of the workspace's own files; paths are relative to it. Nothing outside of it is read,
 * also not through a link. Bounded in number and in size.
 */
export type WorkspaceReader = {
  /** Regular files, sorted; without folders of tools such as `.git` and `node_modules`. */
  list(signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** Null where there is no such file; `unreadable` where it holds no UTF-8 text. */
  read(path: string, signal: AbortSignal): Promise<Result<string | null>>;
};

/** Says whether a text parses; undefined where the language is not known. */
export type Parses = (path: string, text: string) => boolean | undefined;
export type Syntax = {
  /** Loads what the files of these names need. */
  load(paths: readonly string[], signal: AbortSignal): Promise<Parses>;
};

// ---- what a command holds ---------------------------------------------------------------------

/** Names in the workspace that begin with what was typed; folders end with a slash. Bounded. */
export type PathLister = { list(typed: string, signal: AbortSignal): Promise<readonly string[]> };

/** All of them readers; each opens at its first use. */
export type Readers = {
  readonly paths: PathLister;
  readonly audit: AuditReader;
  readonly sessions: SessionReader;
  readonly config: ConfigReader;
  readonly policy: PolicyReader;
  readonly examiner: Examiner;
  readonly files: WorkspaceReader;
  readonly syntax: Syntax;
};
