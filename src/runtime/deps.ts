import type { Command } from '../commands/command.ts';
import type { Level, Result } from '../core/types.ts';
import type {
  ActingLock,
  AuditWriter,
  CheckpointWriter,
  Clock,
  ConfigWriter,
  ExchangeSource,
  HabitWriter,
  ImageReader,
  Input,
  ModelKeeper,
  ModelProbe,
  PlanWriter,
  Readers,
  ServerStarter,
  SessionWriter,
  TalkWriter,
  TrustWriter,
  ViewMaker,
  WorkspaceWriter,
} from '../ports.ts';
import type { Session } from './session-type.ts';

/** All that a session is made of. Only the runtime holds the writers. */
export type Deps = LookingDeps & {
  readonly writers: Writers;
  readonly hands: Hands;
  readonly probe: ModelProbe;
  readonly exchanges: ExchangeSource;
  readonly trials: TrialMaker;
};

/** All that a command is run with: nothing of it changes anything. */
export type LookingDeps = {
  readonly commands: readonly Command[];
  readonly readers: Readers;
  readonly clock: Clock;
  /** Short, and never the same twice in one workspace. */
  readonly newId: () => string;
  /** As the audit log names them. */
  readonly user: string;
  readonly home: string;
  readonly hasTerminal: boolean;
  readonly isRepository: boolean;
  readonly input: Input | null;
  readonly version: string;
};

/** Writers of TinyCode's own state. None of them can touch the workspace's files. */
export type Writers = {
  readonly audit: AuditWriter;
  readonly sessions: SessionWriter;
  readonly talks: TalkWriter;
  readonly config: ConfigWriter;
  readonly trust: TrustWriter;
  readonly plans: PlanWriter;
  readonly checkpoints: CheckpointWriter;
  /** What a model's server has, and has in memory. */
  readonly models: ModelKeeper;
  readonly habits: HabitWriter;
  readonly server: ServerStarter;
};

/** Makes places away from the workspace in which something is tried. */
export type TrialMaker = {
  /** Also removes what those that died have left. */
  open(signal: AbortSignal): Promise<Result<TrialRoom>>;
};
export type TrialRoom = {
  /** What compilers have built for all trials lies here. */
  readonly caches: string;
  /** Puts a file there, or with null a folder. */
  keep(path: string, bytes: Uint8Array | null): Result<void>;
  begin(wish: TrialWish): Result<TrialPlace>;
  /** Removes all of it. */
  close(): Promise<Result<void>>;
};
export type TrialWish = {
  /** A folder to copy, or the files themselves. */
  readonly from: string | Readonly<Record<string, string>>;
  readonly model: string;
  readonly level: Level;
  /** Variables that TinyCode itself has there besides its own. */
  readonly env: Readonly<Record<string, string>>;
};
/** A small workspace with a TinyCode of its own: its state and its log go with it. */
export type TrialPlace = {
  readonly folder: string;
  readonly deps: Deps;
  readonly session: Session;
  /** Puts the files of another folder over those that are there. */
  lay(from: string): Result<void>;
  /** Takes those away that were put there; only where nothing else had lain there. */
  lift(from: string): Result<void>;
  close(): Promise<Result<void>>;
};

/** What acts on the workspace. Only the step executor and the way back may touch these. */
export type Hands = {
  readonly files: WorkspaceWriter;
  readonly views: ViewMaker;
  /** The same hands and eyes for the workspace as it lies in a view's folder. */
  readonly inFolder: (folder: string) => {
    readonly files: WorkspaceWriter;
    readonly images: ImageReader;
  };
  readonly lock: ActingLock;
};
