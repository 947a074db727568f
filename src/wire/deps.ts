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
import { createServerProgram } from '../adapters/ollama/server-program.ts';
import { createRulePlanner } from '../adapters/planner/rule-planner.ts';
import { type Cages, createCageReader } from '../adapters/processes/cage/cage-reader.ts';
import { stampFolder } from '../adapters/processes/changes/stamp.ts';
import { createTextRetriever } from '../adapters/retrieval/text-retriever.ts';
import { createSyntax } from '../adapters/syntax/syntax.ts';
import { createSelfReader } from '../adapters/system/self-reader.ts';
import { ensureStateFolder } from '../adapters/system/state-folder.ts';
import { createTrialFolders } from '../adapters/trials/trial-folders.ts';
import { createImageReader } from '../adapters/workspace/image-reader.ts';
import { COMMANDS } from '../commands/index.ts';
import type { ConfigReader, HabitReader, HabitWriter, Input, Readers, Settings } from '../ports.ts';
import type { Deps } from '../runtime/deps.ts';
import { openBasics } from './basics.ts';
import type { Start } from './beginning.ts';
import { openExaminer } from './examiner.ts';
import { openHands, openProgramReader } from './hands.ts';
import { openModels, openProbe } from './models.ts';
import { openPolicies } from './policies.ts';
import { openReplayer } from './replay.ts';
import { databasesOf, openStores } from './stores.ts';
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
  const { places, version, env } = start;
  const { workspace, home, state } = places;
  const searchPath = env.PATH ?? '';
  const basics = openBasics();
  const { clock, hashing, user, processes, temporary, newId } = basics;
  const prepareState = () => ensureStateFolder(places);
  const { audit, sessions, talks, plans, checkpoints } = openStores(places, basics);
  const git = createGit({ workspace, env });
  const cages = openCages(start);
  const hands = openHands(start, basics, cages);
  const server = createServerProgram({
    ...{ hosts: settings.ollamaHost, env, home, workspace },
    folder: state,
    prepareFolder: prepareState,
  });
  const files = createWorkspaceReader(workspace);
  const habits =
    known?.habits ??
    createHabitStore({ folder: join(dirname(dirname(state)), 'models'), clock, prepareState });
  const models = openModels(settings, clock, {
    learnedContextTokens(digest) {
      const found = habits.find(digest);
      return found.ok ? (found.value?.contextTokens ?? 0) : 0;
    },
    answersPath: databasesOf(places).answers,
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
      rules: createRulePlanner({ workspace, searchPath }),
      differ: createDiffer(),
      documents,
      tasks: createTaskReader({
        folders: [process.cwd(), workspace],
        own: join(import.meta.dirname, '..', '..', 'bench', 'tasks'),
        searchPath,
        parse: documents.parse,
      }),
      hashing,
      audit,
      sessions,
      talks,
      replayer: openReplayer(workspace, () => deps),
      config,
      policy,
      examiner: openExaminer(start, { clock, config, settings, cages, server }),
      paths: createPathLister(workspace),
      files,
      retriever: createTextRetriever({ files, clock }),
      syntax,
      cages,
      self: createSelfReader(),
      programs: openProgramReader(start, basics),
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
    hands,
    trials: createTrialMaker({
      start,
      settings,
      folders: createTrialFolders({
        ...{ folder: temporary, ...processes },
        newId: () => newId(TRIAL_ID_LENGTH),
      }),
      open: (other, config, own) =>
        openDeps(other, config, own, NO_DOOR, { policy, syntax, habits }),
    }),
    clock,
    user,
    newId: () => newId(PLAN_ID_LENGTH),
    probe: openProbe(config, settings, server),
    exchanges: models,
    home,
    isRepository: isRepository(workspace),
    version,
    ...door,
  };
  return deps;
}

/** Nobody sits before a trial. */
const NO_DOOR = { hasTerminal: false, input: null } as const;

const TRIAL_ID_LENGTH = 12;

/** A window that was only tried does not stay in memory for long. */
const TRIAL_KEEP_ALIVE = '1m';

/** Few enough to be typed; the store refuses one that is taken. */
const PLAN_ID_LENGTH = 6;

const openCages = ({ places, env }: Start): Cages =>
  createCageReader({
    places,
    env,
    platform: process.platform,
    arch: process.arch,
    user: { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 },
  });
