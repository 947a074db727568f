import { auditExport } from './audit/export.ts';
import { auditHead } from './audit/head.ts';
import { auditPrune } from './audit/prune.ts';
import { auditShow } from './audit/show.ts';
import { auditVerify } from './audit/verify.ts';
import type { Command } from './command.ts';
import { configSchema } from './config/schema.ts';
import { configSet } from './config/set.ts';
import { configShow } from './config/show.ts';
import { trust, trustGrant, trustRevoke } from './config/trust.ts';
import { configUnset } from './config/unset.ts';
import { editPreview } from './edit/preview.ts';
import { commandsCommand } from './help/commands.ts';
import { doctor } from './help/doctor.ts';
import { help } from './help/help.ts';
import { tour } from './help/tour.ts';
import { versionCommand } from './help/version.ts';
import { level } from './mode/level.ts';
import { mode } from './mode/mode.ts';
import { policyCheck } from './policy/check.ts';
import { policyExplain } from './policy/explain.ts';
import { policyShow } from './policy/show.ts';
import { policyTest } from './policy/test.ts';
import { quit } from './session/quit.ts';
import { rename } from './session/rename.ts';
import { sessions } from './session/sessions.ts';
import { sessionsDelete } from './session/sessions-delete.ts';
import { sessionsExport } from './session/sessions-export.ts';

/** Every command there is, in the order in which help shows them. */
export const COMMANDS: readonly Command[] = [
  help,
  commandsCommand,
  tour,
  doctor,
  versionCommand,
  mode,
  level,
  sessions,
  sessionsExport,
  sessionsDelete,
  rename,
  quit,
  editPreview,
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
