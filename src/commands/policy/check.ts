import { fail, ok } from '../../core/result.ts';
import type { Action, Decision, Json, Result, Situation } from '../../core/types.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { decisionBlocks } from './decision-blocks.ts';
import { readRequest } from './read-request.ts';
import { commandText, MODE_ARG } from './shared-args.ts';

export const policyCheck = defineCommand({
  name: 'policy check',
  family: 'policy',
  summary: 'Says whether a command or action would be allowed, asked for or denied; runs nothing',
  examples: [
    'policy check rm -rf dist',
    'policy check --stdin --json < commands.jsonl',
    'policy check --as-mode chat npm test',
  ],
  kind: 'look',
  prints: 'lines',
  limits: { timeoutMs: 600_000, outputBytes: 100_000_000 },
  args: {
    command: {
      kind: 'rest',
      isVerbatim: true,
      type: 'text',
      valueName: 'COMMAND',
      summary: 'The command, as a shell would read it',
    },
    stdin: {
      kind: 'flag',
      type: 'text',
      summary: 'Reads lines like {"command":"…"} or {"action":{…}}',
    },
    home: {
      kind: 'option',
      type: 'text',
      valueName: 'DIR',
      completes: 'path',
      summary: 'Judges as if this were the home folder',
    },
    'as-mode': MODE_ARG,
  },
  async run(args, context) {
    const situation: Situation = {
      ...context.situation,
      mode: args['as-mode'] ?? 'execute',
      home: args.home ?? context.situation.home,
    };
    if (args.stdin) return checkLines(situation, context);
    const command = commandText(args.command);
    if (command === '') {
      return fail('usage', 'There is no command to check.', {
        hint: 'policy check COMMAND, or policy check --stdin',
      });
    }
    const decision = context.readers.policy.decide({ kind: 'shell.run', command }, situation);
    if (!decision.ok) return decision;
    present(decision, command, context);
    return ok({ kind: 'looked', data: asJson(decision.value) });
  },
});

async function checkLines(situation: Situation, context: CommandContext) {
  if (context.input === null) {
    return fail('usage', 'There is no standard input to read.', {
      hint: 'policy check --stdin < commands.jsonl',
    });
  }
  let count = 0;
  for await (const line of context.input.lines()) {
    if (context.signal.aborted) return fail('cancelled', 'The check was cancelled.');
    if (line.trim() === '') continue;
    count += 1;
    const request = readRequest(line);
    const decision = request.ok ? decideOne(request.value, situation, context) : request;
    present(decision, request.ok ? textOf(request.value) : line, context);
  }
  return ok({ kind: 'looked' as const, data: { checked: count } });
}

const decideOne = (action: Action, situation: Situation, context: CommandContext) =>
  context.readers.policy.decide(action, situation);

const textOf = (action: Action): string =>
  action.kind === 'shell.run' && 'command' in action ? action.command : JSON.stringify(action);

function present(decision: Result<Decision>, text: string, context: CommandContext): void {
  if (context.line !== null) {
    context.line(decision.ok ? asJson(decision.value) : { error: errorOf(decision) });
    return;
  }
  const blocks = decision.ok
    ? decisionBlocks(text, decision.value)
    : [{ kind: 'failure' as const, failure: decision.error }];
  for (const block of blocks) context.show(block);
}

const errorOf = ({ error }: Result<Decision> & { ok: false }): Json => ({
  code: error.code,
  message: error.message,
});

const asJson = ({ verdict, risk, because }: Decision): Json => ({
  verdict,
  risk,
  because: because.map(({ rule, reason }) => ({ rule, reason })),
});
