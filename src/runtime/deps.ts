import type { Command } from '../commands/command.ts';
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

/** All that a session is made of. Only the runtime holds the writers. */
export type Deps = LookingDeps & {
  readonly writers: Writers;
  readonly hands: Hands;
  readonly probe: ModelProbe;
  readonly exchanges: ExchangeSource;
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
