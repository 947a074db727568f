import type { CageReader, Check, Clock, ConfigReader, Examiner, Places } from '../../ports.ts';
import { clockProbe } from './checks/clock.ts';
import { configurationProbe } from './checks/configuration.ts';
import { type DatabaseFile, databaseProbe } from './checks/database.ts';
import { diskProbe } from './checks/disk.ts';
import { folderProbe } from './checks/folder.ts';
import { gitProbe } from './checks/git.ts';
import { nativesProbe } from './checks/natives.ts';
import { nodeProbe } from './checks/node.ts';
import { type OverlayTrial, overlayProbe } from './checks/overlay.ts';
import { ripgrepProbe } from './checks/ripgrep.ts';
import { sandboxProbe } from './checks/sandbox.ts';
import { sqliteProbe } from './checks/sqlite.ts';
import { type TerminalFacts, terminalProbe } from './checks/terminal.ts';
import { workspaceProbe } from './checks/workspace.ts';
import type { Probe } from './probe.ts';
import { createRunProgram } from './run-program.ts';

export type ExaminerOptions = {
  readonly places: Places;
  /** What is unwise about the workspace. */
  readonly warnings: readonly string[];
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly nodeVersion: string;
  /** Null where there is no terminal. */
  readonly terminal: TerminalFacts | null;
  readonly config: Pick<ConfigReader, 'load'>;
  readonly databases: readonly DatabaseFile[];
  readonly cages: Pick<CageReader, 'report'> & OverlayTrial;
  readonly checkOllama: (signal: AbortSignal) => Promise<Check>;
};

export function createExaminer(options: ExaminerOptions): Examiner {
  return { examine: (signal) => examineAll(probesFor(options), signal) };
}

/** How long one check may take. */
const CHECK_MS = 3000;

/** All checks run at the same time; their findings come in the order in which they stand here. */
export async function* examineAll(
  probes: readonly Probe[],
  signal: AbortSignal,
  limitMs: number = CHECK_MS,
): AsyncGenerator<Check> {
  const running = probes.map((probe) => examineOne(probe, signal, limitMs));
  for (const one of running) {
    const check = await one;
    if (signal.aborted) return;
    yield check;
  }
}

async function examineOne(probe: Probe, signal: AbortSignal, limitMs: number): Promise<Check> {
  const limit = AbortSignal.timeout(limitMs);
  const either = AbortSignal.any([signal, limit]);
  const { check } = probe;
  const tooLong = new Promise<Check>((resolve) => {
    const end = () => resolve({ check, status: 'warn', ...TOOK_TOO_LONG });
    if (either.aborted) end();
    either.addEventListener('abort', end, { once: true });
  });
  // A probe that fails after its time is up has nobody left to tell.
  const found = (async () => ({ check, ...(await probe.run(either)) }))().catch(
    (error: unknown): Check => ({ check, status: 'fail', ...describe(error) }),
  );
  return Promise.race([found, tooLong]);
}

const TOOK_TOO_LONG = {
  detail: 'The check took too long and was given up.',
  remedy: 'Run doctor again when the machine has less to do.',
};

const describe = (error: unknown) => ({
  detail: `The check itself failed: ${error instanceof Error ? error.message : String(error)}`,
  remedy: 'Report this message.',
});

function probesFor(options: ExaminerOptions): readonly Probe[] {
  const { places, clock, env, platform } = options;
  const run = createRunProgram(env.PATH ?? '');
  const files = options.databases.map(({ path }) => path);
  return [
    nodeProbe(options.nodeVersion),
    gitProbe(run),
    ripgrepProbe(run),
    sandboxProbe(options.cages, platform),
    ...(platform === 'linux' ? [overlayProbe(options.cages)] : []),
    { check: 'ollama', run: options.checkOllama },
    sqliteProbe(),
    nativesProbe(),
    diskProbe(places.state),
    folderProbe('state folder', places.state, 'XDG_STATE_HOME'),
    folderProbe('config folder', places.config, 'XDG_CONFIG_HOME'),
    ...options.databases.map((file) => databaseProbe(file, clock)),
    configurationProbe(options.config),
    workspaceProbe(places.workspace, options.warnings),
    ...(options.terminal ? [terminalProbe(options.terminal, env)] : []),
    clockProbe(clock, files),
  ];
}
