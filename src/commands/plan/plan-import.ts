import { readPlan } from '../../core/plan/read-plan.ts';
import { fail, ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { LARGE } from './plan-args.ts';
import { propose } from './propose.ts';

export const planImport = defineCommand({
  name: 'plan import',
  family: 'plan',
  summary: 'Makes a plan of a plan file in JSON or YAML; - reads it from standard input',
  examples: ['plan import greeting.yaml', 'plan import -'],
  kind: 'propose',
  risk: 'low',
  needs: ['audit-log'],
  limits: LARGE,
  args: {
    file: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      completes: 'path',
      valueName: 'FILE',
      summary: 'The plan file, or -',
    },
  },
  async run({ file }, context) {
    const text = await readText(file, context);
    if (!text.ok) return text;
    const parsed = context.readers.documents.parse(text.value);
    if (!parsed.ok) return parsed;
    const draft = readPlan(parsed.value, {
      kind: 'file',
      text: file === '-' ? 'standard input' : file,
    });
    return draft.ok ? propose(context, draft.value) : draft;
  },
});

async function readText(file: string, { input, readers }: CommandContext): Promise<Result<string>> {
  if (file !== '-') return readers.documents.read(file);
  if (input === null) return fail('usage', 'There is no standard input to read a plan from.');
  return ok(await input.text());
}
