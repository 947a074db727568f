import { quoteWord } from '../../core/commands/words.ts';
import { chooseModel } from '../../core/models/choose-model.ts';
import { fail, ok } from '../../core/result.ts';
import type { EvalTask, Evaluation, Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { splitIds } from '../plan/plan-args.ts';

export const evalCommand = defineCommand({
  name: 'eval',
  family: 'models',
  summary:
    'Has a model do a folder of tasks on copies of their own, and tells how many it could do',
  examples: ['eval', 'eval my-tasks --language go,rust --model qwen2.5-coder:7b'],
  kind: 'steer',
  risk: 'medium',
  needs: ['audit-log'],
  wants: ['model'],
  // The question waits for a person.
  limits: { timeoutMs: 3_600_000, outputBytes: 10_000_000 },
  args: {
    folder: {
      kind: 'positional',
      type: 'text',
      completes: 'path',
      valueName: 'FOLDER',
      summary: 'The folder that holds the tasks, one folder each; without it, those of TinyCode',
    },
    task: { kind: 'option', type: 'text', valueName: 'a,b', summary: 'Only these tasks' },
    language: { kind: 'option', type: 'text', valueName: 'a,b', summary: 'Only these languages' },
    model: {
      kind: 'option',
      type: 'text',
      completes: 'model',
      valueName: 'NAME',
      summary: 'The model; without it, the one that answers',
    },
    runs: {
      kind: 'option',
      type: 'integer',
      min: 1,
      max: 99,
      valueName: 'N',
      summary: 'How often each',
    },
    'at-once': {
      kind: 'option',
      type: 'integer',
      min: 1,
      max: 8,
      valueName: 'N',
      summary: 'So many side by side; a model that answers one at a time gains nothing by it',
    },
    seconds: {
      kind: 'option',
      type: 'integer',
      min: 1,
      valueName: 'S',
      summary: 'The time for one plan; 1800 where nothing is said',
    },
    'min-pass': {
      kind: 'option',
      type: 'integer',
      min: 0,
      max: 100,
      valueName: 'PERCENT',
      summary: 'Fewer that pass are a failure, exit code 1',
    },
    yes: { kind: 'flag', type: 'text', summary: 'The programs that check the tasks may run' },
  },
  async run(args, context) {
    const chosen = chooseTasks(context, args);
    if (!chosen.ok) return chosen;
    const { folder, tasks } = chosen.value;
    const model = await findModel(context, args.model);
    if (!model.ok) return model;
    const agreed = await agree(context, tasks, args.yes);
    if (!agreed.ok) return agreed;
    const evaluation: Evaluation = {
      ...{ folder, tasks, model: model.value },
      runs: args.runs ?? 1,
      atOnce: args['at-once'] ?? 1,
      planMs: (args.seconds ?? USUAL_SECONDS) * 1000,
      minPass: args['min-pass'] ?? null,
    };
    return ok({ kind: 'acts', act: { kind: 'eval.run', evaluation }, data: null });
  },
});

const USUAL_SECONDS = 1800;

type Asked = {
  readonly folder: string | undefined;
  readonly task: string | undefined;
  readonly language: string | undefined;
};

function chooseTasks(
  { readers }: CommandContext,
  { folder, task, language }: Asked,
): Result<Pick<Evaluation, 'folder' | 'tasks'>> {
  const listed = readers.tasks.list(folder ?? null);
  if (!listed.ok) return listed;
  const all = listed.value.tasks;
  const ids = task === undefined ? null : splitIds(task);
  const languages = language === undefined ? null : splitIds(language);
  const unknown =
    ids?.find((id) => !all.some((each) => each.id === id)) ??
    languages?.find((name) => !all.some((each) => each.language === name));
  if (unknown !== undefined) {
    return fail('usage', `There is no ${unknown} among the tasks of ${listed.value.folder}.`, {
      hint: `There are ${[...new Set(all.map((each) => (ids ? each.id : each.language)))].join(', ')}.`,
    });
  }
  const tasks = all
    .filter((each) => ids?.includes(each.id) ?? true)
    .filter((each) => languages?.includes(each.language) ?? true)
    .map((each) => ({ ...each, lacks: each.needs.filter((name) => !readers.tasks.has(name)) }));
  if (tasks.length > 0) return ok({ folder: listed.value.folder, tasks });
  return fail('usage', `None of the tasks of ${listed.value.folder} is in ${language}.`);
}

async function findModel(
  { readers, model, signal }: CommandContext,
  named: string | undefined,
): Promise<Result<string>> {
  const wanted = named ?? (model.kind === 'ready' ? model.name : configured(readers));
  const cards = await readers.models.list(signal);
  if (!cards.ok) return cards;
  const chosen = chooseModel(cards.value, wanted);
  return chosen.ok ? ok(chosen.value.name) : chosen;
}

function configured({ config }: CommandContext['readers']): string {
  const loaded = config.load();
  return loaded.ok ? loaded.value.settings.model : '';
}

/** Somebody wrote these programs, and a model what they run: a person says that they may. */
async function agree(
  { ask, door, show }: CommandContext,
  tasks: readonly EvalTask[],
  isAgreed: boolean,
): Promise<Result<void>> {
  if (isAgreed) return ok(undefined);
  const programs = [...new Set(tasks.map(({ check }) => check.map(quoteWord).join(' ')))];
  const count = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'}`;
  const text = `${count} would be checked by programs, on copies, in the cage, without the network.`;
  if (door !== 'terminal') {
    return fail('needs-approval', [text, 'These are:', ...programs].join('\n'), {
      hint: 'With --yes they may run.',
    });
  }
  show({ kind: 'code', text: programs.join('\n') });
  const answer = await ask({
    kind: 'choice',
    text: `${text} They are shown above.`,
    choices: [
      { key: 'y', label: 'run them' },
      { key: 'n', label: 'leave it' },
    ],
  });
  return answer === 'y' ? ok(undefined) : fail('needs-approval', 'Nothing was run.');
}
