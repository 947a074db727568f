import { auditExport } from './audit/export.ts';
import { auditHead } from './audit/head.ts';
import { auditPrune } from './audit/prune.ts';
import { auditShow } from './audit/show.ts';
import { auditVerify } from './audit/verify.ts';
import { complete } from './author/complete.ts';
import { documentCommand } from './author/document.ts';
import { fix } from './author/fix.ts';
import { refactor } from './author/refactor.ts';
import { testCommand } from './author/test.ts';
import type { Command } from './command.ts';
import { commit } from './commit/commit.ts';
import { commitMessage } from './commit/commit-message.ts';
import { configSchema } from './config/schema.ts';
import { configSet } from './config/set.ts';
import { configShow } from './config/show.ts';
import { trust, trustGrant, trustRevoke } from './config/trust.ts';
import { configUnset } from './config/unset.ts';
import { editPreview } from './edit/preview.ts';
import { evalCommand } from './eval/eval.ts';
import { diff } from './files/diff.ts';
import { list } from './files/list.ts';
import { log } from './files/log.ts';
import { read } from './files/read.ts';
import { search } from './files/search.ts';
import { symbols } from './files/symbols.ts';
import { commandsCommand } from './help/commands.ts';
import { doctor } from './help/doctor.ts';
import { help } from './help/help.ts';
import { resources } from './help/resources.ts';
import { tour } from './help/tour.ts';
import { versionCommand } from './help/version.ts';
import { level } from './mode/level.ts';
import { mode } from './mode/mode.ts';
import { models } from './models/models.ts';
import { modelsForget } from './models/models-forget.ts';
import { modelsPull } from './models/models-pull.ts';
import { modelsServe } from './models/models-serve.ts';
import { modelsTest } from './models/models-test.ts';
import { modelsUnload } from './models/models-unload.ts';
import { modelsUse } from './models/models-use.ts';
import { modelsWarm } from './models/models-warm.ts';
import { approve } from './plan/approve.ts';
import { checkpoints, checkpointsPrune, checkpointsShow } from './plan/checkpoints.ts';
import { execute } from './plan/execute.ts';
import { plan } from './plan/plan.ts';
import { planAmend } from './plan/plan-amend.ts';
import { planCompare } from './plan/plan-compare.ts';
import { planDiff } from './plan/plan-diff.ts';
import { planDrop } from './plan/plan-drop.ts';
import { planEdit } from './plan/plan-edit.ts';
import { planExport } from './plan/plan-export.ts';
import { planImport } from './plan/plan-import.ts';
import { planList } from './plan/plan-list.ts';
import { planRehearse } from './plan/plan-rehearse.ts';
import { planReview } from './plan/plan-review.ts';
import { planRework } from './plan/plan-rework.ts';
import { planShow } from './plan/plan-show.ts';
import { rehearse } from './plan/rehearse.ts';
import { reject } from './plan/reject.ts';
import { rollback } from './plan/rollback.ts';
import { policyCheck } from './policy/check.ts';
import { policyExplain } from './policy/explain.ts';
import { policyShow } from './policy/show.ts';
import { policyTest } from './policy/test.ts';
import { quit } from './session/quit.ts';
import { rename } from './session/rename.ts';
import { sessions } from './session/sessions.ts';
import { sessionsDelete } from './session/sessions-delete.ts';
import { sessionsExport } from './session/sessions-export.ts';
import { sessionsReplay } from './session/sessions-replay.ts';
import { ask } from './talk/ask.ts';
import { context } from './talk/context.ts';
import { explain } from './talk/explain.ts';
import { review } from './talk/review.ts';

/** Every command there is, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  help,
  commandsCommand,
  tour,
  doctor,
  resources,
  versionCommand,
  mode,
  level,
  ask,
  explain,
  review,
  commitMessage,
  context,
  read,
  list,
  search,
  symbols,
  log,
  diff,
  plan,
  fix,
  refactor,
  complete,
  documentCommand,
  testCommand,
  commit,
  planImport,
  planList,
  planShow,
  planDiff,
  planReview,
  planRehearse,
  planAmend,
  planRework,
  planEdit,
  planExport,
  planCompare,
  planDrop,
  approve,
  reject,
  rehearse,
  execute,
  rollback,
  checkpoints,
  checkpointsShow,
  checkpointsPrune,
  sessions,
  sessionsExport,
  sessionsReplay,
  sessionsDelete,
  rename,
  quit,
  editPreview,
  models,
  modelsUse,
  modelsServe,
  modelsPull,
  modelsWarm,
  modelsUnload,
  modelsTest,
  modelsForget,
  evalCommand,
  configShow,
  configSet,
  configUnset,
  configSchema,
  trust,
  trustGrant,
  trustRevoke,
  policyShow,
  policyCheck,
  policyExplain,
  policyTest,
  auditShow,
  auditVerify,
  auditHead,
  auditExport,
  auditPrune,
];
