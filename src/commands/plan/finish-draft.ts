import { type Finished, finishPlan, type Judged } from '../../core/plan/finish-plan.ts';
import { validatePlan } from '../../core/plan/validate-plan.ts';
import { fail, ok } from '../../core/result.ts';
import type {
  Action,
  Content,
  DraftEdit,
  PlanDraft,
  Result,
  Situation,
  StepEffects,
} from '../../core/types.ts';
import type { Readers } from '../../ports.ts';
import type { CommandContext } from '../command.ts';

type Looking = Pick<CommandContext, 'readers' | 'situation'>;

/** Makes a plan of a draft by looking at the workspace and the rules, and says what is to be said. */
export function finishDraft(
  { readers, situation }: Looking,
  id: string,
  draft: PlanDraft,
): Result<Finished> {
  const { images, hashing } = readers;
  const finished = finishPlan(
    {
      workspace: situation.workspace,
      world: images,
      modes: images.newModes,
      measure: hashing.measure,
      hashing,
      judge: (action) => judge(readers, situation, action),
      edit: (path, edits) => makeEdits(readers, path, edits),
    },
    id,
    draft,
  );
  if (!finished.ok) return finished;
  const { plan, findings } = finished.value;
  const free = images.freeBytes();
  const more = validatePlan(plan, {
    freeBytes: free.ok ? free.value : null,
    textOf: (path) => textOf(readers, path),
  });
  return ok({ plan, findings: [...findings, ...more] });
}

function textOf({ images, hashing }: Readers, path: string): string | null {
  const loaded = images.load(path);
  const content = loaded.ok ? hashing.contentOf(loaded.value.bytes) : null;
  return typeof content === 'string' ? content : null;
}

/** A plan runs in mode execute, whatever mode it is written in. */
function judge({ policy }: Readers, situation: Situation, action: Action): Result<Judged> {
  const explained = policy.explain(action, { ...situation, mode: 'execute' });
  if (!explained.ok) return explained;
  const { decision, findings } = explained.value;
  const facts = findings.map(({ fact }) => fact);
  const isProcess = action.kind === 'shell.run' || action.kind === 'git.run';
  const pathsOf = (accesses: readonly string[]) =>
    facts.flatMap((fact) =>
      fact.about === 'access' && accesses.includes(fact.access)
        ? [inside(situation.workspace, fact.path)]
        : [],
    );
  const effects: StepEffects = {
    runs: facts.flatMap((fact) => (isProcess && fact.about === 'program' ? [fact.name] : [])),
    writes: isProcess ? pathsOf(['write', 'move']) : [],
    deletes: isProcess ? pathsOf(['delete']) : [],
    network: facts.flatMap((fact) => (fact.about === 'address' ? [fact.value] : [])),
    isReversible: !isProcess && action.kind !== 'plugin.call',
  };
  return ok({ decision, effects });
}

const inside = (workspace: string, path: string): string =>
  path.startsWith(`${workspace}/`) ? path.slice(workspace.length + 1) : path;

/** Each search must stand in the file exactly once; all of them refer to the file as it lies. */
function makeEdits(readers: Readers, path: string, edits: DraftEdit['edits']): Result<Content> {
  const text = textOf(readers, path);
  if (text === null) return fail('not-found', `${path} is not there, or it is no text.`);
  const places: { readonly from: number; readonly to: number; readonly replace: string }[] = [];
  for (const { search, replace } of edits) {
    if (search === '') return fail('invalid', `An edit of ${path} searches for nothing.`);
    const from = text.indexOf(search);
    if (from < 0) return fail('changed', `${path} does not hold ${JSON.stringify(search)}.`);
    if (text.indexOf(search, from + 1) >= 0) {
      return fail('invalid', `${path} holds ${JSON.stringify(search)} more than once.`, {
        hint: 'Take more of the text around it into the search.',
      });
    }
    places.push({ from, to: from + search.length, replace });
  }
  places.sort((a, b) => a.from - b.from);
  let result = '';
  let at = 0;
  for (const { from, to, replace } of places) {
    if (from < at) return fail('invalid', `Two edits of ${path} touch the same text.`);
    result += text.slice(at, from) + replace;
    at = to;
  }
  return ok(result + text.slice(at));
}
