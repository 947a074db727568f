import { defineCommand } from '../command.ts';
import { gather } from './gather.ts';
import { talkAboutIt } from './talk.ts';
import { NO_TOOLS_ARG, TALK_LIMITS } from './talk-limits.ts';

export const ask = defineCommand({
  name: 'ask',
  family: 'talk',
  summary: 'Answers a question about the project, with the places where the answer stands',
  examples: ['ask "where do we round prices?"', 'ask "why does @src/cart.ts:10-40 loop twice?"'],
  kind: 'look',
  needs: ['model'],
  limits: TALK_LIMITS,
  args: {
    words: {
      kind: 'rest',
      type: 'text',
      isRequired: true,
      valueName: 'TEXT',
      summary: 'The question; @path, @path:10-40 and @name give the model what they name',
    },
    think: { kind: 'flag', type: 'text', summary: 'Lets a model that can think do so first' },
    noTools: NO_TOOLS_ARG,
  },
  async run({ words, think, noTools }, context) {
    const asked = words.join(' ');
    const gathered = await gather(asked, context);
    if (!gathered.ok) return gathered;
    return talkAboutIt(context, {
      command: 'ask',
      asked,
      request: asked,
      ...gathered.value,
      isThinking: think,
      hasTranscript: true,
      mayLook: !noTools,
    });
  },
});
