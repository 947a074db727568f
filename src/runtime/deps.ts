import type { Command } from '../commands/command.ts';
import type {
  AuditWriter,
  Clock,
  ConfigWriter,
  Input,
  ModelProbe,
  Readers,
  SessionWriter,
  TrustWriter,
} from '../ports.ts';

/** All that a session is made of. Only the runtime holds the writers. */
export type Deps = {
  readonly commands: readonly Command[];
  readonly readers: Readers;
  readonly writers: Writers;
  readonly clock: Clock;
  readonly probe: ModelProbe;
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
  readonly config: ConfigWriter;
  readonly trust: TrustWriter;
};
