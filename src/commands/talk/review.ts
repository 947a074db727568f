import { REVIEW_REQUEST } from '../../core/prompt/system-text.ts';
import { defineCommand } from '../command.ts';
import { talkAboutFiles } from './talk-about-files.ts';
import { NO_TOOLS_ARG, TALK_LIMITS } from './talk-limits.ts';

export const review = defineCommand({
  name: 'review',
  family: 'talk',
  summary: 'Looks for real problems in files',
  examples: ['review src/cart.ts', 'review src/cart.ts src/invoice.ts:80-120'],
  kind: 'look',
  needs: ['model'],
  limits: TALK_LIMITS,
  args: {
    paths: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      completes: 'path',
      valueName: 'PATH',
      summary: 'Files, or lines of them as path:10-40',
    },
    think: { kind: 'flag', type: 'text', summary: 'Lets a model that can think do so first' },
    noTools: NO_TOOLS_ARG,
  },
  run: ({ paths, think, noTools }, context) =>
    talkAboutFiles(context, {
      command: 'review',
      request: REVIEW_REQUEST,
      references: paths,
      isThinking: think,
      mayLook: !noTools,
    }),
});
