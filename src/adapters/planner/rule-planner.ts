import { readSentence } from '../../core/planner/read-sentence.ts';
import type { Request } from '../../core/planner/request.ts';
import { fail, ok } from '../../core/result.ts';
import type { DraftStep, Result } from '../../core/types.ts';
import type { RulePlanner } from '../../ports.ts';
import { commitFiles } from './commit-files.ts';
import { createFile, createFolder, createFromTemplate } from './create-files.ts';
import { deleteFiles } from './delete-files.ts';
import { formatFiles } from './format-files.ts';
import { cancelled, listFiles } from './list-files.ts';
import { copyFile, moveFiles } from './move-files.ts';
import { MAX_STEPS } from './named-paths.ts';
import type { Outcome, Sight } from './outcome.ts';
import { createParseCode } from './parse-code.ts';
import { renameNames } from './rename-names.ts';
import { replaceText } from './replace-text.ts';
import { runProgram } from './run-program.ts';
import { createStepList, pathsOf } from './step-list.ts';
import { createWorkspaceView, type WorkspaceView } from './workspace-view.ts';

export type RulePlannerOptions = {
  /** Absolute. */
  readonly workspace: string;
  /** The folders in which programs are looked for, as in PATH. */
  readonly searchPath: string;
};

/** Understands sentences by rules alone. It looks at files and asks git for their names. */
export function createRulePlanner({ workspace, searchPath }: RulePlannerOptions): RulePlanner {
  const code = createParseCode();
  const planner: RulePlanner = {
    plan: (sentence, signal) => planner.planAfter([], sentence, signal),
    async planAfter(before, sentence, signal) {
      const read = readSentence(sentence);
      if (!read.ok) return read;
      const list = (given: AbortSignal) => listFiles(workspace, searchPath, given);
      const view = createWorkspaceView(workspace, list);
      const sight = { workspace, searchPath, view, code, signal };
      const steps = createStepList();
      for (const { action } of before) foresee(view, action);
      const touchedBefore = before.flatMap(({ action }) => pathsOf(action));
      for (const { request, text } of read.value) {
        const outcome = await planRequest(sight, request, [
          ...new Set([...touchedBefore, ...steps.touched()]),
        ]);
        if (signal.aborted) return cancelled();
        if (!outcome.ok) return outcome;
        steps.add(outcome.value, isRun(request), text);
        for (const { action } of outcome.value.steps) foresee(view, action);
        if (steps.count() > MAX_STEPS) {
          return fail('limit', `More than ${MAX_STEPS} steps are too many for one plan.`, {
            hint: 'Name a folder.',
          });
        }
      }
      const open = steps.open();
      const origin = { kind: 'rules', text: sentence } as const;
      return ok({ goal: sentence.trim(), origin, steps: steps.all(), open });
    },
  };
  return planner;
}

async function planRequest(
  sight: Sight,
  request: Request,
  touched: readonly string[],
): Promise<Result<Outcome>> {
  switch (request.kind) {
    case 'rename-name':
      return renameNames(sight, request);
    case 'replace':
      return replaceText(sight, request);
    case 'create-file':
      return createFile(sight, request);
    case 'create-from-template':
      return createFromTemplate(sight, request);
    case 'create-folder':
      return createFolder(sight, request);
    case 'move':
      return moveFiles(sight, request);
    case 'copy':
      return copyFile(sight, request);
    case 'delete':
      return deleteFiles(sight, request);
    case 'run':
      return runProgram(sight, request);
    case 'format':
      return formatFiles(sight, request);
    case 'commit':
      return commitFiles(sight, request, touched);
    default:
      return request satisfies never;
  }
}

/** What it does to files cannot be foreseen, so the order has to be kept. */
const isRun = ({ kind }: Request): boolean =>
  kind === 'run' || kind === 'format' || kind === 'commit';

/** So that the next sentence finds what this one leaves. */
function foresee(view: WorkspaceView, action: DraftStep['action']): void {
  switch (action.kind) {
    case 'file.write':
    case 'file.edit':
      if (!('content' in action)) return;
      view.put(action.path, bytesOf(action.content), 'isExecutable' in action);
      return;
    case 'file.delete':
      view.remove(action.path);
      return;
    case 'file.move':
      view.move(action.from, action.to);
      return;
    case 'folder.create':
      view.makeFolder(action.path);
      return;
    case 'file.read':
    case 'shell.run':
    case 'git.run':
    case 'plugin.call':
      return;
    default:
      action satisfies never;
  }
}

const bytesOf = (content: string | { readonly base64: string }): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');
