/**
 * Everything outside the core, as types, on one page. Readers stand apart from writers: commands
 * get readers only; the writers of TinyCode's own state are held by the runtime alone.
 */

import type { PendingChanges, PendingFile, PendingWhat } from './core/commit/pending.ts';
import type { Exchange } from './core/models/exchange.ts';
import type { ReplayedTalk, TalkEnd, TalkHead } from './core/models/talk.ts';
import type { Explanation } from './core/policy/decide.ts';
import type {
  Action,
  Approval,
  AuditDraft,
  AuditEntry,
  Block,
  Cage,
  CageReport,
  CageRules,
  ChatEnd,
  ChatPiece,
  ChatRequest,
  Checkpoint,
  CheckpointEntry,
  ConfigScope,
  ConfigSource,
  Content,
  Decision,
  Door,
  DraftStep,
  Embedded,
  EvalTask,
  Event,
  Finding,
  Hunk,
  Image,
  Json,
  Level,
  LimitName,
  Mark,
  Mode,
  ModelActivity,
  ModelCard,
  ModelDetails,
  ModelHabit,
  ModelStatus,
  ModelTraits,
  ModelWindow,
  OutsideRepository,
  Plan,
  PlanDraft,
  PlanNote,
  PlanRecord,
  PlanStatus,
  ProgramUse,
  PullPiece,
  Rehearsal,
  Result,
  Risk,
  Rung,
  ServerStart,
  Situation,
  Source,
  Staged,
  StepState,
  TrustedFile,
  Verdict,
  ViewKind,
} from './core/types.ts';

// ---- system -----------------------------------------------------------------------------------

export type Clock = { now(): Date; monotonicMs(): number };

/** SHA-256 as lowercase hex, and canonical JSON (RFC 8785). */
export type Hashing = {
  sha256(text: string): string;
  canonical(value: Json): string;
  /** What a content comes to as bytes. */
  measure(content: Content): { readonly hash: string; readonly size: number };
  /** Bytes as a content: a text where they are one. */
  contentOf(bytes: Uint8Array): Content;
};

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
  /** All of them in one commit, or none. */
  appendAll(drafts: readonly AuditDraft[]): Result<readonly AuditEntry[]>;
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

/** A line of a session that spoke with models, and all that went over the wire for it. */
export type KeptTalk = {
  readonly head: TalkHead;
  /** Null: TinyCode ended while it ran. */
  readonly end: TalkEnd | null;
  readonly exchanges: readonly Exchange[];
  /** Exchanges that were too much to be kept. */
  readonly leftOut: number;
};
export type KeptTalks = {
  readonly talks: readonly KeptTalk[];
  /** Talks of this session that had to go to make room for newer ones. */
  readonly givenUp: number;
};

export type TalkReader = {
  /** In the order in which they began. */
  list(session: string): Result<KeptTalks>;
};
/** Bounded for each exchange, each session and all together: the oldest sessions' go first. */
export type TalkWriter = {
  /** Adds to the talk of this command; `null` stands for an exchange that is left out. */
  keep(
    talk: { readonly session: string; readonly command: number; readonly head: TalkHead },
    exchanges: readonly (Exchange | null)[],
    end: TalkEnd | null,
  ): Result<void>;
  forget(session: string): Result<void>;
  close(): void;
};

/** What goes over the wire to the models' servers. */
export type ExchangeSource = {
  /** The configured hosts, as they are asked. */
  readonly hosts: string;
  /** Tells of each exchange when its reply is over; `isWhole`: nothing of it is missing. */
  listen(hear: (exchange: Exchange, isWhole: boolean) => void): void;
};

/**
 * Plays the talks of a session again, from what is kept of them. No server is asked, nothing is
 * kept and nothing changed.
 */
export type Replayer = {
  play(
    session: string,
    options: {
      /** Only this one, from 1. */
      readonly turn?: number;
      /** So many times as fast as it was; without it, at once. */
      readonly speed?: number;
    },
    listener: {
      begin(turn: number, line: string): void;
      show(block: Block): void;
      talking(activity: ModelActivity | null): void;
      end(played: ReplayedTalk): void;
    },
    signal: AbortSignal,
  ): Promise<
    Result<{
      readonly talks: readonly ReplayedTalk[];
      /** That had to go, and could not be played. */
      readonly givenUp: number;
    }>
  >;
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
  /** Also for other processes. */
  readonly keepsAnswers: boolean;
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
  /** TinyCode does not come with it: a person or the workspace has added it. */
  readonly isAdded: boolean;
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
  /** What a level says of programs. */
  cage(level: Level): Result<CageRules>;
  test(): Result<ExampleReport>;
};

// ---- the workspace ----------------------------------------------------------------------------

/** What lies in the workspace. Paths are relative; no link is ever followed. */
export type ImageReader = {
  /**
   * With the hash of a file's bytes, or of all that lies below a folder where `isDeep`. `absent`
   * also where a folder above is not there, or is no folder.
   */
  look(path: string, isDeep?: boolean): Result<Image>;
  load(path: string): Result<{ readonly image: Image; readonly bytes: Uint8Array }>;
  /** Everything below a folder, the deepest first; not the folder itself. */
  below(path: string): Result<readonly Image[]>;
  freeBytes(): Result<number>;
  /** Permission bits that a new file and a new folder get here. */
  readonly newModes: { readonly file: number; readonly folder: number };
};

/** One change to one name. It is refused as `changed` where `before` is not what lies there. */
export type FileChange =
  | {
      readonly kind: 'put';
      readonly before: Image;
      readonly after: Image & { readonly kind: 'file' };
      readonly bytes: Uint8Array;
    }
  | {
      readonly kind: 'put-link';
      readonly before: Image;
      readonly after: Image & { readonly kind: 'link' };
    }
  | {
      readonly kind: 'make-folder';
      readonly before: Image;
      readonly after: Image & { readonly kind: 'folder' };
    }
  /** A folder goes only when it is empty, so its hash is not asked for. */
  | { readonly kind: 'remove'; readonly before: Image }
  /** Nothing may lie at `to`. */
  | { readonly kind: 'move'; readonly before: Image; readonly to: string };

/**
 * Writes into the workspace; the step executor alone holds it. Every name is reached by walking
 * the folders one by one without following a link, so no write leaves the workspace whatever is
 * swapped meanwhile.
 */
export type WorkspaceWriter = {
  /**
   * Writes the temporary files of these changes ahead of time and puts them on the disk together.
   * Nothing depends on it but speed: a change whose file is not there, or is not that any more,
   * writes it anew. `unstage` removes those that no change has asked for.
   */
  stage(
    steps: readonly { readonly tag: string; readonly changes: readonly FileChange[] }[],
  ): Promise<void>;
  unstage(): Result<void>;
  /**
   * Makes the changes in their order and stops at the first that fails; says how many were made.
   * `tag` names the temporary files, so that what a killed process left can be found again.
   */
  apply(
    tag: string,
    changes: readonly FileChange[],
  ): { readonly made: number; readonly result: Result<void> };
  /** Puts all that was changed on the disk for good, names included. */
  sync(): Result<void>;
  /**
   * Removes the temporary files that a killed process left beside these paths. Comes before any
   * look: a file that was just being replaced has a second name until then, and counts as `other`.
   * Of a file that was killed in the middle of a move, the later of its two names goes.
   */
  sweep(tag: string, paths: readonly string[]): Result<readonly string[]>;
};

// ---- plans and checkpoints --------------------------------------------------------------------

export type PlanCard = {
  readonly id: string;
  readonly goal: string;
  readonly status: PlanStatus;
  readonly hash: string;
  readonly steps: number;
  readonly createdAt: string;
  readonly updatedAt: string;
};
export type PlanReader = {
  /** The newest first. */
  list(): Result<readonly PlanCard[]>;
  /** `id` may be an unambiguous beginning of one. */
  find(id: string): Result<PlanRecord>;
  /** The revision with this hash, or with an unambiguous beginning of it. */
  revision(id: string, hash: string): Result<Plan>;
  /** The bytes of a file as a rehearsal of this plan left it. */
  rehearsed(id: string, hash: string): Result<Uint8Array>;
};
/** Every one of these is on the disk when it returns, and adds to the plan's history. */
export type PlanWriter = {
  /** A new plan, or a new revision where the newest one still has the hash `replaces`. */
  keep(
    plan: Plan,
    findings: readonly Finding[],
    note: Pick<PlanNote, 'by' | 'reason'>,
    replaces: string | null,
  ): Result<PlanRecord>;
  /** `changed` where the newest revision has another hash. */
  approve(approval: Approval, reason?: string): Result<void>;
  /** Takes the approval: it serves once. */
  use(approval: Approval): Result<void>;
  note(id: string, what: PlanNote['what'], note: Pick<PlanNote, 'by' | 'reason'>): Result<void>;
  /** `steps` are those whose state is another one now; the others stay. */
  setStatus(id: string, status: PlanStatus, steps: readonly StepState[]): Result<void>;
  /** In place of an earlier one, with the bytes of all files that programs made or changed. */
  keepRehearsal(
    id: string,
    rehearsal: Rehearsal,
    blobs: ReadonlyMap<string, Uint8Array>,
  ): Result<void>;
  drop(id: string): Result<void>;
  close(): void;
};

export type CheckpointFilter = {
  readonly plan?: string;
  readonly status?: Checkpoint['status'];
};
export type CheckpointReader = {
  /** In the order in which they were made. */
  list(filter: CheckpointFilter): Result<readonly Checkpoint[]>;
  find(id: number): Result<Checkpoint>;
  /** The bytes of a file as they were. */
  blob(hash: string): Result<Uint8Array>;
  usage(): Result<{
    readonly checkpoints: number;
    readonly bytes: number;
    readonly quotaBytes: number;
    /** What had to go so far to make room for newer ones. */
    readonly givenUp: { readonly checkpoints: number; readonly bytes: number };
  }>;
};
export type CheckpointDraft = {
  readonly plan: string;
  readonly step: string;
  readonly undoes?: number;
  readonly entries: readonly CheckpointEntry[];
};
/** Pre-images, and the journal of what is being done. On the disk when it returns. */
export type CheckpointWriter = {
  /** Keeps the bytes of all files that will go or change, and says that these steps are begun. */
  begin(
    drafts: readonly CheckpointDraft[],
    blobs: ReadonlyMap<string, Uint8Array>,
  ): Result<readonly number[]>;
  end(ids: readonly number[], status: Exclude<Checkpoint['status'], 'open'>): Result<void>;
  /** Forgets these, and the bytes that no other one needs. */
  prune(ids: readonly number[]): Result<{ readonly freedBytes: number }>;
  close(): void;
};

/** One TinyCode at a time acts on a workspace. */
export type ActingLock = {
  /** `busy` where a living process has it. `wasLeft`: the last one who had it died with it. */
  take(): Result<{ readonly wasLeft: boolean; release(): Result<void> }>;
  /** Somebody died with it: the journal has to be looked at. Cheap. */
  isLeft(): boolean;
};

// ---- programs -----------------------------------------------------------------------------------

export type ProgramRequest = {
  /** What it is run for, as `resources` shows it. */
  readonly what: string;
  readonly argv: readonly string[];
  /** Relative to the workspace. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string | null;
  readonly hasTerminal: boolean;
  readonly cage: Cage;
};
export type ProgramEnd = {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Each stream, and both as they came: the beginning and the end, where there is more than the limit. */
  readonly stdout: string;
  readonly stderr: string;
  readonly output: string;
  readonly droppedBytes: number;
  readonly tookMs: number;
  /** Those that it ran into. */
  readonly limits: readonly LimitName[];
};
export type ProgramListener = {
  onOutput(text: string): void;
  onUse(use: ProgramUse): void;
};

/** Tries what cages this machine has; the answer is kept. */
export type CageReader = {
  report(signal: AbortSignal): Promise<CageReport>;
  /** Whether that very rung can be had here. */
  has(rung: Rung, signal: AbortSignal): Promise<Result<void>>;
  /** Whether programs on that rung can read what lies at a path outside of the workspace. */
  shows(rung: Rung, path: string): boolean;
};

/** The workspace as the programs in it see it. What they write stays in the view. */
export type View = {
  readonly kind: ViewKind;
  /** Where this process finds it. */
  readonly folder: string;
  /**
   * Never through a shell. All that it starts ends with it, and with TinyCode. A limit that ends it
   * is an end like others; what was called off is `cancelled`, with the end as `data`. The rung is
   * the one asked for, or nothing runs.
   */
  run(
    request: ProgramRequest,
    listener: ProgramListener,
    signal: AbortSignal,
  ): Promise<Result<ProgramEnd>>;
  /** All that differs from the workspace by now, folders before what they hold. */
  changes(signal: AbortSignal): Promise<Result<readonly CheckpointEntry[]>>;
  /** The bytes of a file that a program left, where they still have the hash of its image. */
  load(image: Image & { readonly kind: 'file' }): Result<Uint8Array>;
  /** Ends what runs in it and removes it without a trace. */
  close(): Promise<Result<void>>;
};

/** Only the runtime's acting room holds this. */
export type ViewMaker = {
  /** `isApart`: the workspace itself must stay as it is, so a `direct` view will not do. */
  open(options: { readonly isApart: boolean }, signal: AbortSignal): Promise<Result<View>>;
  /** Removes the views of TinyCodes that died; says how many there were. */
  sweep(): Promise<Result<number>>;
};

/** What runs now in this workspace, whichever TinyCode runs it. */
export type ProgramReader = {
  list(): Promise<Result<readonly ProgramUse[]>>;
};

/** What this TinyCode itself uses, as the system counts it; null where it does not. */
export type SelfReader = { use(): SelfUse };
export type SelfUse = {
  readonly pid: number;
  /** Since it started. */
  readonly tookMs: number;
  readonly cpuMs: number;
  readonly memoryBytes: number;
  readonly openHandles: number | null;
  readonly mostHandles: number | null;
};

export type GitReader = {
  /** Where the workspace's repository is kept; null: in the workspace, or nowhere. */
  outside(): OutsideRepository | null;
  /** A call of git as it can be run without running what only the repository names. */
  harden(
    argv: readonly string[],
    signal: AbortSignal,
  ): Promise<
    Result<{ readonly argv: readonly string[]; readonly env: Readonly<Record<string, string>> }>
  >;
};

/** The history of the workspace, and what differs from the last commit. An empty path: all of it. */
export type HistoryReader = {
  /** The newest first. */
  log(path: string, last: number, signal: AbortSignal): Promise<Result<readonly Commit[]>>;
  /** The paths that differ, also those that are gone; untracked files are not among them. */
  changed(path: string, signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** The differences of these paths alone. */
  diff(paths: readonly string[], signal: AbortSignal): Promise<Result<string>>;
};
export type Commit = {
  readonly hash: string;
  readonly date: string;
  readonly author: string;
  readonly subject: string;
};

/** What is staged, or changed, as git tells it without running anything of the repository. */
export type PendingReader = {
  read(what: PendingWhat, signal: AbortSignal): Promise<Result<PendingChanges>>;
  /** The last commit; empty where there is none yet. */
  head(signal: AbortSignal): Promise<Result<string>>;
  /** What is staged now, where that is not what a plan saw; null: it is still that. */
  otherThan(staged: Staged, signal: AbortSignal): Promise<Result<PendingChanges | null>>;
  /** What changes in each of these, by its path: hunks as in a patch. Without those that are no text. */
  diffs(
    what: PendingWhat,
    files: readonly PendingFile[],
    signal: AbortSignal,
  ): Promise<Result<ReadonlyMap<string, string>>>;
  /** Of the last commits, the newest first; none where there is no commit yet. */
  subjects(signal: AbortSignal): Promise<Result<readonly string[]>>;
  /** The last commit, and a stamp over what it changes since another one; null: it is that one. */
  committed(
    since: string,
    signal: AbortSignal,
  ): Promise<Result<{ readonly id: string; readonly tree: string; readonly stamp: string } | null>>;
};

/** Files that git does not want to know of, and a stamp over all of them. */
export type TreeReader = {
  /** Which of these paths are ignored by the repository's rules; none where there is no repository. */
  ignored(paths: readonly string[], signal: AbortSignal): Promise<Result<ReadonlySet<string>>>;
  /** Over names, sizes, modes and times of all files but those of `.git`; null: too many. */
  stamp(signal: AbortSignal): Promise<Result<string | null>>;
};

/** Understands plain sentences without a model; what it does not understand it says. */
export type RulePlanner = {
  plan(sentence: string, signal: AbortSignal): Promise<Result<PlanDraft>>;
  /** The same where these steps will have been done. */
  planAfter(
    before: readonly DraftStep[],
    sentence: string,
    signal: AbortSignal,
  ): Promise<Result<PlanDraft>>;
};

/** Plan files and the like: JSON or YAML, bounded. */
export type DocumentReader = {
  /** A file that a person named; relative to where they are, else to the workspace. */
  read(path: string): Result<string>;
  parse(text: string): Result<unknown>;
  yaml(value: Json): string;
};

/** Tasks of an evaluation. */
export type TaskReader = {
  /** Where a folder that a person named lies, and every task in it, by name; null: those of TinyCode. */
  list(
    folder: string | null,
  ): Result<{ readonly folder: string; readonly tasks: readonly EvalTask[] }>;
  /** Whether a program of this name can be found. */
  has(program: string): boolean;
};

/** Where two texts differ, line by line. */
export type Differ = { hunks(before: string, after: string): readonly Hunk[] };

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

// ---- models -----------------------------------------------------------------------------------

/** Failures of all of these have the code `model`, with the way in `data.trouble`, or `cancelled`. */
export type ModelReader = {
  /** Of all hosts that answer; one that is on two of them is listed twice. */
  list(signal: AbortSignal): Promise<Result<readonly ModelCard[]>>;
  show(model: string, signal: AbortSignal): Promise<Result<ModelDetails>>;
  /** What it is and can do, as its server said when it was first asked for. */
  traits(model: string, signal: AbortSignal): Promise<Result<ModelTraits>>;
  /** Every host that is configured, in order. */
  servers(signal: AbortSignal): Promise<readonly ModelServer[]>;
};

export type ModelServer = {
  readonly host: string;
  /** What is asked stays on this machine. */
  readonly isHere: boolean;
  readonly version: Result<string>;
};

export type ModelTalker = {
  /** Never throws; ends with one piece of the kind `end`. Leaving the loop closes the connection. */
  chat(request: ChatRequest, signal: AbortSignal): AsyncIterable<ChatPiece>;
  embed(
    request: { readonly model: string; readonly texts: readonly string[] },
    signal: AbortSignal,
  ): Promise<Result<Embedded>>;
  /** The window that all requests to this model have in this session. */
  window(model: string, signal: AbortSignal): Promise<Result<ModelWindow>>;
  /** Sets it. Once it is in use it only grows, and a few times at most: each time is a reload. */
  setWindow(model: string, tokens: number, signal: AbortSignal): Promise<Result<ModelWindow>>;
  /** About how many tokens a text is for this model, by what it counted so far. */
  estimate(model: string, text: string): number;
};

/** Changes what the server has, or has in memory. */
export type ModelKeeper = {
  /** Loads it, so that the next answer begins at once; says how long that took. */
  warm(model: string, signal: AbortSignal): Promise<Result<{ readonly tookMs: number }>>;
  unload(model: string, signal: AbortSignal): Promise<Result<void>>;
  /**
   * The one thing here that makes the server go to the network: only when the person asked for it.
   * A pull that broke off goes on where it was.
   */
  pull(model: string, signal: AbortSignal): AsyncIterable<PullPiece>;
};

/** The server's own program, on this machine. */
export type ServerFinder = {
  /** Where a server of the configured host could be started, and how; else why it cannot. */
  find(signal: AbortSignal): Promise<Result<ServerFound>>;
  isInstalled(): Promise<boolean>;
};
export type ServerFound =
  | { readonly kind: 'running'; readonly host: string }
  | { readonly kind: 'startable'; readonly start: ServerStart };
export type ServerStarter = {
  /** Waits until it answers. One that does not, or that nobody waits for any more, is ended. */
  start(start: ServerStart, signal: AbortSignal): Promise<Result<{ readonly pid: number }>>;
};

export type ModelClient = ModelReader & ModelTalker & ModelKeeper;

/**
 * Ways to the models apart from the session's: with windows and answers of their own, so that what
 * is tried out changes nothing for what the session asks.
 */
export type TrialOpener = { open(): ModelReader & ModelTalker };

/** What was learned of models, in all workspaces. */
export type HabitReader = {
  /** Null where nothing was learned; `unreadable` where what is kept cannot be understood. */
  find(digest: string): Result<ModelHabit | null>;
  /** Those that can be understood, by name, and what is wrong with the others. */
  list(): Result<{ readonly habits: readonly ModelHabit[]; readonly problems: readonly string[] }>;
};
/** On the disk when it returns. What cannot be understood is never written over. */
export type HabitWriter = {
  keep(habit: ModelHabit): Result<void>;
  /** What cannot be understood is moved aside. */
  forget(digest: string): Result<void>;
};

/** Answers that were given, by everything that they depend on. Bounded by whoever keeps them. */
export type AnswerStore = {
  read(key: string): ChatEnd | undefined;
  write(key: string, end: ChatEnd): void;
};

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

/** Matches lines by a regular expression that somebody else wrote. */
export type LineMatcher = {
  /** The first lines, from 1, that fit; `limit` where the expression takes too long for these. */
  match(
    expression: string,
    isExact: boolean,
    lines: readonly string[],
    most: number,
  ): Result<readonly number[]>;
};

/** Lines of a file that speak of a question; `name` is what is defined there, where that is known. */
export type Passage = Source & {
  readonly text: string;
  readonly name: string;
  readonly score: number;
};
export type Found = {
  /** The best first. */
  readonly passages: readonly Passage[];
  /** Time, files or bytes were over before all of the workspace was looked at. */
  readonly isPartial: boolean;
};
/** Finds what a question is about. Bounded in files, bytes and time. */
export type Retriever = {
  search(
    query: { readonly text: string; readonly limit: number },
    signal: AbortSignal,
  ): Promise<Result<Found>>;
};

/**
 * Says whether a text parses; undefined where the language is not known. `before` is a text of the
 * same file that parses: what it holds is known to the grammar.
 */
export type Parses = (path: string, text: string, before?: string) => boolean | undefined;
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
  readonly talks: TalkReader;
  readonly replayer: Replayer;
  readonly config: ConfigReader;
  readonly policy: PolicyReader;
  readonly examiner: Examiner;
  readonly images: ImageReader;
  readonly plans: PlanReader;
  readonly checkpoints: CheckpointReader;
  readonly rules: RulePlanner;
  readonly differ: Differ;
  readonly documents: DocumentReader;
  readonly tasks: TaskReader;
  readonly hashing: Hashing;
  readonly files: WorkspaceReader;
  readonly retriever: Retriever;
  readonly syntax: Syntax;
  readonly cages: CageReader;
  readonly programs: ProgramReader;
  readonly self: SelfReader;
  readonly tree: TreeReader;
  readonly git: GitReader;
  readonly history: HistoryReader;
  readonly matcher: LineMatcher;
  readonly pending: PendingReader;
  readonly talker: ModelTalker;
  readonly models: ModelReader;
  readonly trials: TrialOpener;
  readonly habits: HabitReader;
  readonly server: ServerFinder;
};
