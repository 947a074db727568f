import { fail, ok } from '../../core/result.ts';
import type {
  Approval,
  Finding,
  Plan,
  PlanNote,
  PlanRecord,
  PlanStatus,
  Rehearsal,
  Result,
  StepState,
} from '../../core/types.ts';
import type { PlanCard } from '../../ports.ts';
import { parseKept } from './parse-kept.ts';
import type { PlanRow } from './plan-schema.ts';

export type CardRow = Omit<PlanRow, 'number' | 'approval' | 'findings'>;
export type NoteRow = Omit<PlanNote, 'reason'> & { readonly reason: string | null };

export function toCard(row: CardRow): PlanCard {
  return {
    id: row.id,
    goal: row.goal,
    status: row.status as PlanStatus,
    hash: row.hash,
    steps: row.step_count,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function toRecord(
  row: PlanRow,
  plan: Plan,
  states: readonly string[],
  notes: readonly NoteRow[],
  rehearsal: Rehearsal | null,
): Result<PlanRecord> {
  const findings = parseList<Finding>(row.findings);
  const steps = parseList<StepState>(`[${states.join(',')}]`);
  const approval = row.approval === null ? null : parseObject<Approval>(row.approval);
  if (findings === null || steps?.length !== row.step_count) return damaged(row.id);
  if (approval === null && row.approval !== null) return damaged(row.id);
  return ok({
    plan,
    revision: row.revision,
    status: row.status as PlanStatus,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    findings,
    steps,
    approval,
    rehearsal,
    history: notes.map(({ reason, ...note }) => (reason === null ? note : { ...note, reason })),
  });
}

/** Whether its hash is that of its content is for the caller to say, who can compute it. */
export function toPlan(document: string, id: string, hash: string): Result<Plan> {
  const plan = parseObject<Plan>(document);
  const isSame = plan !== null && plan.id === id && plan.hash === hash && Array.isArray(plan.steps);
  return isSame ? ok(plan) : damaged(id);
}

/** In one order of fields, so that the same approval is the same text whoever made it. */
export function approvalText(approval: Approval): string {
  const { plan, planHash, steps, by, at, expiresAt, policyVersion, level, isNamed, cage } =
    approval;
  return JSON.stringify({
    plan,
    planHash,
    steps,
    by,
    at,
    expiresAt,
    policyVersion,
    level,
    isNamed,
    cage,
    rehearsal: approval.rehearsal,
  });
}

function parseObject<T>(text: string): T | null {
  const value = parseKept(text);
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  return isObject ? (value as T) : null;
}

function parseList<T>(text: string): readonly T[] | null {
  const value = parseKept(text);
  return Array.isArray(value) ? (value as readonly T[]) : null;
}

const damaged = (id: string) =>
  fail('unreadable', `What is kept of plan ${id} is damaged.`, {
    hint: 'Nothing was overwritten. Propose the plan anew; this one can still be dropped.',
  });
