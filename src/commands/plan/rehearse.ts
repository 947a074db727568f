import { ok } from '../../core/result.ts';
import { RUNGS } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { RUNS_PROGRAMS } from './plan-args.ts';

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
    argv: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      isVerbatim: true,
      valueName: 'ARGV',
      summary: 'The program and its arguments; no shell reads them',
    },
  },
  async run({ rung, stdin, network, terminal, argv }, { input }) {
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
          ...(text === undefined ? {} : { input: text }),
        },
        ...(rung === undefined ? {} : { rung }),
      },
      data: null,
    });
  },
});
