import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { createDiffer } from '../adapters/diff/line-differ.ts';
import { createLineMatcher } from '../adapters/expressions/line-matcher.ts';
import { createConfigWriter } from '../adapters/files/config-writer.ts';
import { createDocumentReader } from '../adapters/files/document-reader.ts';
import { createHabitStore } from '../adapters/files/habit-store.ts';
import { createPathLister } from '../adapters/files/path-lister.ts';
import { createTaskReader } from '../adapters/files/task-reader.ts';
import { createTrustWriter } from '../adapters/files/trust-file.ts';
import { createWorkspaceReader } from '../adapters/files/workspace-reader.ts';
import { createHistoryReader } from '../adapters/git/history-reader.ts';
import { createIgnoredReader } from '../adapters/git/ignored-files.ts';
import { createPendingReader } from '../adapters/git/pending-changes.ts';
import { isRepository } from '../adapters/git/read-branch.ts';
import { createGit } from '../adapters/git/run-git.ts';
import { checkOllama } from '../adapters/ollama/check-server.ts';
import { createServerProgram } from '../adapters/ollama/server-program.ts';
import { createRulePlanner } from '../adapters/planner/rule-planner.ts';
import { type Cages, createCageReader } from '../adapters/processes/cage/cage-reader.ts';
import { stampFolder } from '../adapters/processes/changes/stamp.ts';
import { lookForLimitTools } from '../adapters/processes/limits/prlimit-words.ts';
import { createRunning } from '../adapters/processes/limits/running.ts';
import { createProgramReader } from '../adapters/processes/limits/running-reader.ts';
import { createViews } from '../adapters/processes/views.ts';
import { createTextRetriever } from '../adapters/retrieval/text-retriever.ts';
import { auditFilesOf } from '../adapters/sqlite/audit-files.ts';
import { createAuditLog } from '../adapters/sqlite/audit-log.ts';
import { createCheckpointStore } from '../adapters/sqlite/checkpoint-store.ts';
import { createPlanStore } from '../adapters/sqlite/plan-store.ts';
import { createSessionStore } from '../adapters/sqlite/session-store.ts';
import { createTalkStore } from '../adapters/sqlite/talk-store.ts';
import { createSyntax } from '../adapters/syntax/syntax.ts';
import { createActingLock } from '../adapters/system/acting-lock.ts';
import { createExaminer } from '../adapters/system/examiner.ts';
import { createHashing } from '../adapters/system/hashing.ts';
import { isAlive, ownProcess } from '../adapters/system/processes.ts';
import { createSelfReader } from '../adapters/system/self-reader.ts';
import { ensureStateFolder } from '../adapters/system/state-folder.ts';
import { createTrialFolders } from '../adapters/trials/trial-folders.ts';
import { createImageReader } from '../adapters/workspace/image-reader.ts';
import { createWorkingFolders } from '../adapters/workspace/working-folder.ts';
import { createWorkspaceWriter } from '../adapters/workspace/workspace-writer.ts';
import { COMMANDS } from '../commands/index.ts';
import type {
  Clock,
  ConfigReader,
  Examiner,
  HabitReader,
  HabitWriter,
  Input,
  Places,
  Readers,
  Settings,
} from '../ports.ts';
import type { Deps } from '../runtime/deps.ts';
import type { Start } from './beginning.ts';
import { openModels, openProbe } from './models.ts';
import { openPolicies } from './policies.ts';
import { openReplayer } from './replay.ts';
import { createTrialMaker } from './trials.ts';

/** What holds for another workspace too: the person's own rules, what was learned of models, grammars. */
type Known = Pick<Readers, 'policy' | 'syntax'> & { readonly habits: HabitReader & HabitWriter };

/** Makes everything that a session holds. Nothing is opened or created before its first use. */
export function openDeps(
  start: Start,
  config: ConfigReader,
  settings: Settings,
  door: { readonly hasTerminal: boolean; readonly input: Input | null },
  known?: Known,
): Deps {
  const { places, version } = start;
  const clock: Clock = { now: () => new Date(), monotonicMs: () => performance.now() };
  const hashing = createHashing();
  const { workspace } = places;
  const user = userName();
  const processes = { own: ownProcess(process.pid), isAlive };
  const prepareState = () => ensureStateFolder(places);
  const audit = createAuditLog({ places, clock, hashing, user, coReader: CO_READER });
  const git = createGit({ workspace, env: start.env });
  const cages = openCages(start);
  const running = join(places.state, 'running');
  const plans = createPlanStore({ clock, path: join(places.state, 'plans.db') });
  const checkpoints = createCheckpointStore({ clock, path: join(places.state, 'checkpoints.db') });
  const sessions = createSessionStore({
    clock,
    path: sessionsPath(places),
    processes,
  });
  const talks = createTalkStore({ path: talksPath(places) });
  const server = createServerProgram({
    ...{ hosts: settings.ollamaHost, env: start.env, home: places.home, workspace },
    folder: places.state,
    prepareFolder: prepareState,
  });
  const files = createWorkspaceReader(workspace);
  const habits =
    known?.habits ??
    createHabitStore({
      folder: join(dirname(dirname(places.state)), 'models'),
      clock,
      prepareState,
    });
  const models = openModels(settings, clock, {
    learnedContextTokens(digest) {
      const found = habits.find(digest);
      return found.ok ? (found.value?.contextTokens ?? 0) : 0;
    },
    answersPath: answersPath(places),
  });
  const documents = createDocumentReader([process.cwd(), workspace]);
  const policy = known?.policy ?? openPolicies(places, hashing);
  const syntax = known?.syntax ?? createSyntax();
  const deps: Deps = {
    commands: COMMANDS,
    readers: {
      images: createImageReader({ workspace, umask: process.umask() }),
      plans,
      checkpoints,
      rules: createRulePlanner({ workspace, searchPath: start.env.PATH ?? '' }),
      differ: createDiffer(),
      documents,
      tasks: createTaskReader({
        folders: [process.cwd(), workspace],
        own: join(import.meta.dirname, '..', '..', 'bench', 'tasks'),
        searchPath: start.env.PATH ?? '',
        parse: documents.parse,
      }),
      hashing,
      audit,
      sessions,
      talks,
      replayer: openReplayer(workspace, () => deps),
      config,
      policy,
      examiner: openExaminer(start, clock, config, settings, cages, server.isInstalled),
      paths: createPathLister(places.workspace),
      files,
      retriever: createTextRetriever({ files, clock }),
      syntax,
      cages,
      self: createSelfReader(),
      programs: createProgramReader({ folder: running, isAlive, now: clock.now }),
      tree: {
        ignored: createIgnoredReader({ workspace, runGit: git.run }),
        stamp: (signal) => stampFolder(workspace, signal),
      },
      git,
      history: createHistoryReader(git.run),
      matcher: createLineMatcher(),
      pending: createPendingReader({ workspace, git, hashing }),
      talker: models,
      models,
      trials: { open: () => openModels(settings, clock, { keepAlive: TRIAL_KEEP_ALIVE }) },
      habits,
      server,
    },
    writers: {
      audit,
      sessions,
      talks,
      plans,
      checkpoints,
      models,
      habits,
      server,
      config: createConfigWriter({ places }),
      trust: createTrustWriter({ places, clock, prepareState }),
    },
    hands: {
      files: createWorkspaceWriter({ workspace }),
      views: createViews({
        places,
        prepareState,
        cages,
        limitTools: () => lookForLimitTools(start.env.PATH ?? ''),
        running: createRunning({
          folder: running,
          owner: processes.own,
          monotonicMs: clock.monotonicMs,
        }),
        env: start.env,
        clock,
        newId: () => randomUUID().slice(0, VIEW_ID_LENGTH),
        processes,
        openFolders: (folder) => createWorkingFolders({ workspace: folder }),
      }),
      inFolder: (folder) => ({
        // A second name would be made of the copy that an overlay makes first: another file.
        files: createWorkspaceWriter({ workspace: folder, hasHardLinks: false }),
        images: createImageReader({ workspace: folder, umask: process.umask() }),
      }),
      lock: createActingLock({ places, pid: process.pid, prepareState }),
    },
    trials: createTrialMaker({
      start,
      settings,
      folders: createTrialFolders({
        folder: temporaryFolder(),
        ...processes,
        newId: () => randomUUID().slice(0, VIEW_ID_LENGTH),
      }),
      open: (other, config, own) =>
        openDeps(other, config, own, NO_DOOR, { policy, syntax, habits }),
    }),
    clock,
    user,
    newId: () => randomUUID().slice(0, PLAN_ID_LENGTH),
    probe: openProbe(config, settings, server),
    exchanges: models,
    home: places.home,
    isRepository: isRepository(places.workspace),
    version,
    ...door,
  };
  return deps;
}

/** Nobody sits before a trial. */
const NO_DOOR = { hasTerminal: false, input: null } as const;

const VIEW_ID_LENGTH = 12;

/** A window that was only tried does not stay in memory for long. */
const TRIAL_KEEP_ALIVE = '1m';

/** Few enough to be typed; the store refuses one that is taken. */
const PLAN_ID_LENGTH = 6;

/** Chunks and sources lie equally deep in the package. */
const CO_READER = join(import.meta.dirname, '..', '..', 'dist', 'audit-co-reader.js');

const sessionsPath = ({ state }: Places) => join(state, 'sessions.db');
const answersPath = ({ state }: Places) => join(state, 'answers.db');
const talksPath = ({ state }: Places) => join(state, 'talks.db');

const openCages = ({ places, env }: Start): Cages =>
  createCageReader({
    places,
    env,
    platform: process.platform,
    arch: process.arch,
    user: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  });

function openExaminer(
  { places, env }: Start,
  clock: Clock,
  config: ConfigReader,
  { ollamaHost }: Settings,
  cages: Cages,
  isInstalled: () => Promise<boolean>,
): Examiner {
  const audit = auditFilesOf(places);
  const { columns, rows, isTTY } = process.stdout;
  return createExaminer({
    places,
    warnings: places.warnings,
    clock,
    env,
    platform: process.platform,
    nodeVersion: process.versions.node,
    terminal: isTTY ? { columns, rows } : null,
    config,
    cages,
    databases: [
      { name: 'audit log', path: audit.database, alongside: [audit.witness, audit.folder] },
      { name: 'sessions', path: sessionsPath(places) },
      { name: 'talks', path: talksPath(places) },
      { name: 'answers', path: answersPath(places) },
      { name: 'plans', path: join(places.state, 'plans.db') },
      { name: 'checkpoints', path: join(places.state, 'checkpoints.db') },
    ],
    checkOllama: (signal) => checkOllama({ host: ollamaHost, isInstalled }, signal),
  });
}

/** A folder that is not there is told of when something is to be made in it. */
function temporaryFolder(): string {
  try {
    return realpathSync(tmpdir());
  } catch {
    return tmpdir();
  }
}

/** A user without an entry in the system's list still has a number. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.geteuid?.() ?? 'unknown');
  }
}
