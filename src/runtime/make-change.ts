import { ok } from '../core/result.ts';
import type {
  Block,
  Change,
  Json,
  JsonObject,
  Progress,
  Result,
  Risk,
  State,
} from '../core/types.ts';
import type { Writers } from './deps.ts';
import { isOfModel, keepModel, type ModelChange } from './keep-model.ts';

/**
 * Records the intent, makes the change, records what came of it. When the intent cannot be
 * recorded nothing is changed. What comes back is what could not be known before.
 */
export async function makeChange(
  stage: ChangeStage,
  state: State,
  change: Change,
): Promise<Result<JsonObject>> {
  const { writers, signal, progress } = stage;
  const intent = record(writers, state, change, { phase: 'intent', ...detailsOf(change) });
  if (!intent.ok) return intent;
  const made = await bringAbout();
  const known = made.ok && change.kind === 'server.start' ? (made.value as JsonObject) : {};
  const outcome: JsonObject = made.ok
    ? { phase: 'done', intent: intent.value, ...known }
    : { phase: 'failed', intent: intent.value, error: made.error.message };
  const recorded = record(writers, state, change, outcome);
  return made.ok ? (recorded.ok ? ok(known) : recorded) : made;

  function bringAbout(): Result<unknown> | Promise<Result<unknown>> {
    if (isOfModel(change)) return keepModel(writers.models, change, progress, signal);
    return change.kind === 'server.start'
      ? startServer(stage, change)
      : perform(writers, state, change);
  }
}

type ServerChange = Extract<Change, { kind: 'server.start' }>;

async function startServer(
  { writers, show, signal }: ChangeStage,
  { kind: _, ...start }: ServerChange,
): Promise<Result<unknown>> {
  show({ kind: 'text', text: `Starting Ollama at ${start.host}.`, tone: 'dim' });
  const started = await writers.server.start(start, signal);
  if (!started.ok) return started;
  const text = `It is process ${started.value.pid}. Stop it with: kill ${started.value.pid}`;
  show({ kind: 'text', text });
  return started;
}

type ChangeStage = {
  readonly writers: Writers;
  readonly signal: AbortSignal;
  readonly show: (block: Block) => void;
  readonly progress: (progress: Progress) => void;
};

function record(
  writers: Writers,
  state: State,
  change: Change,
  details: JsonObject,
): Result<number> {
  const appended = writers.audit.append({
    session: state.session,
    action: change.kind,
    mode: state.mode,
    risk_level: RISK[change.kind],
    details,
  });
  return appended.ok ? ok(appended.value.sequence) : appended;
}

function perform(
  writers: Writers,
  state: State,
  change: Exclude<Change, ModelChange | ServerChange>,
): Result<unknown> {
  const { sessions, talks, config, trust, audit, plans, checkpoints, habits } = writers;
  switch (change.kind) {
    case 'mode.set':
      return sessions.describe(state.session, { mode: change.mode });
    case 'level.set':
      return sessions.describe(state.session, { level: change.level });
    case 'session.rename':
      return sessions.describe(state.session, { title: change.title });
    case 'session.delete': {
      const forgotten = talks.forget(change.id);
      return forgotten.ok ? sessions.delete(change.id) : forgotten;
    }
    case 'session.leave':
    case 'review.open':
      return ok(undefined);
    case 'config.set':
      return config.set(change.scope, change.key, change.value);
    case 'config.unset':
      return config.unset(change.scope, change.key);
    case 'trust.grant':
      return trust.grant(change.files);
    case 'trust.revoke':
      return trust.revoke();
    case 'audit.prune':
      return audit.prune(change.keepFrom);
    case 'plan.approve':
      return plans.approve(change.approval, change.reason);
    case 'plan.reject':
      return plans.note(change.plan, 'rejected', { by: change.by, reason: change.reason });
    case 'plan.drop':
      return plans.drop(change.plan);
    case 'checkpoints.prune':
      return checkpoints.prune(change.ids);
    case 'model.learn':
      return habits.keep(change.habit);
    case 'model.forget':
      return habits.forget(change.digest);
    default:
      return change satisfies never;
  }
}

function detailsOf(change: Change): JsonObject {
  const { kind: _, ...rest } = change;
  return rest as { readonly [key: string]: Json };
}

const RISK: Readonly<Record<Change['kind'], Risk>> = {
  'mode.set': 'low',
  'level.set': 'medium',
  'config.set': 'medium',
  'config.unset': 'medium',
  'trust.grant': 'high',
  'trust.revoke': 'low',
  'model.pull': 'medium',
  'model.warm': 'none',
  'model.unload': 'none',
  'model.learn': 'low',
  'model.forget': 'low',
  'server.start': 'medium',
  'session.rename': 'none',
  'session.delete': 'medium',
  'session.leave': 'none',
  'review.open': 'none',
  'audit.prune': 'high',
  'plan.approve': 'high',
  'plan.reject': 'none',
  'plan.drop': 'low',
  'checkpoints.prune': 'high',
};
