import { ok } from '../result.ts';
import type { Action, Result } from '../types.ts';
import { asGitStep } from './as-git-step.ts';
import { tidyPath } from './paths.ts';

/** The action in its one form: its paths, and what is git and nothing else. */
export function tidyAction(workspace: string, action: Action): Result<Action> {
  switch (action.kind) {
    case 'file.read':
    case 'file.write':
    case 'file.edit':
    case 'file.delete':
    case 'folder.create': {
      const path = tidyPath(workspace, action.path);
      return path.ok ? ok({ ...action, path: path.value }) : path;
    }
    case 'file.move': {
      const from = tidyPath(workspace, action.from);
      if (!from.ok) return from;
      const to = tidyPath(workspace, action.to);
      return to.ok ? ok({ ...action, from: from.value, to: to.value }) : to;
    }
    case 'shell.run': {
      if (action.cwd === undefined || /^\.?\/*$/.test(action.cwd)) return ok(asGitStep(action));
      const cwd = tidyPath(workspace, action.cwd);
      return cwd.ok ? ok(asGitStep({ ...action, cwd: cwd.value })) : cwd;
    }
    case 'git.run':
    case 'plugin.call':
      return ok(action);
    default:
      return action satisfies never;
  }
}
