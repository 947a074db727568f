import { EXPLAIN_REQUEST } from '../../core/prompt/system-text.ts';
import { defineCommand } from '../command.ts';
import { talkAboutFiles } from './talk-about-files.ts';
import { NO_TOOLS_ARG, TALK_LIMITS } from './talk-limits.ts';

export const explain = defineCommand({
  name: 'explain',
  family: 'talk',
  summary: 'Explains a file, lines of it, or a definition',
  examples: ['explain src/cart.ts', 'explain src/cart.ts:10-40', 'explain roundPrice'],
  kind: 'look',
  needs: ['model'],
  limits: TALK_LIMITS,
  args: {
    path: {
      kind: 'positional',
      type: 'text',
      isRequired: true,
      completes: 'path',
      valueName: 'PATH',
      summary: 'A file, lines of it as path:10-40, or a name',
    },
    think: { kind: 'flag', type: 'text', summary: 'Lets a model that can think do so first' },
    noTools: NO_TOOLS_ARG,
  },
  run: ({ path, think, noTools }, context) =>
    talkAboutFiles(context, {
      command: 'explain',
      request: EXPLAIN_REQUEST,
      references: [path],
      isThinking: think,
      mayLook: !noTools,
    }),
});
