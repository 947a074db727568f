import { ok } from '../../core/result.ts';
import { RUNGS, type StepLimits } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { RUNS_PROGRAMS } from './plan-args.ts';

const limit = (valueName: string, summary: string) =>
  ({ kind: 'option', type: 'integer', min: 1, valueName, summary }) as const;

type Asked = {
  readonly seconds: number | undefined;
  readonly 'memory-mb': number | undefined;
  readonly 'file-mb': number | undefined;
};
const limitsOf = (asked: Asked): StepLimits => ({
  ...(asked.seconds === undefined ? {} : { seconds: asked.seconds }),
  ...(asked['memory-mb'] === undefined ? {} : { memoryMb: asked['memory-mb'] }),
  ...(asked['file-mb'] === undefined ? {} : { fileMb: asked['file-mb'] }),
});

export const rehearse = defineCommand({
  name: 'rehearse',
  family: 'plan',
  summary: 'Runs a program on a view of the workspace, in its cage, and shows what it would change',
  examples: ['rehearse -- npm test', 'rehearse --rung L2 -- sh -c "rm -r build; make"'],
  kind: 'steer',
  risk: 'medium',
  needs: ['audit-log'],
  limits: RUNS_PROGRAMS,
  args: {
    rung: {
      kind: 'option',
      type: 'choice',
      choices: RUNGS,
      completes: { choices: RUNGS },
      valueName: 'RUNG',
      summary: 'The very cage to run it in; without it, the strongest that this machine has',
    },
    stdin: { kind: 'flag', type: 'text', summary: 'Gives it what comes in on standard input' },
    network: {
      kind: 'flag',
      type: 'text',
      summary: 'Lets it use the network, which is off otherwise',
    },
    terminal: { kind: 'flag', type: 'text', summary: 'Gives it a terminal that nobody types into' },
    seconds: limit('S', 'Ends it after so long'),
    'memory-mb': limit('MB', 'Of memory, for each process and for all together'),
    'file-mb': limit('MB', 'For each file that it writes'),
    argv: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      isVerbatim: true,
      valueName: 'ARGV',
      summary: 'The program and its arguments; no shell reads them',
    },
  },
  async run({ rung, stdin, network, terminal, argv, ...asked }, { input }) {
    const limits = limitsOf(asked);
    const text = stdin ? ((await input?.text()) ?? '') : undefined;
    return ok({
      kind: 'acts',
      act: {
        kind: 'run.rehearse',
        run: {
          kind: 'shell.run',
          argv,
          ...(network ? { network } : {}),
          ...(terminal ? { terminal } : {}),
          ...(Object.keys(limits).length === 0 ? {} : { limits }),
          ...(text === undefined ? {} : { input: text }),
        },
        ...(rung === undefined ? {} : { rung }),
      },
      data: null,
    });
  },
});
