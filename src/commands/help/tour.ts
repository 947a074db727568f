import { ok } from '../../core/result.ts';
import type { Block } from '../../core/types.ts';
import { defineCommand } from '../command.ts';

export const tour = defineCommand({
  name: 'tour',
  family: 'help',
  summary: 'A walk of one minute through what makes TinyCode different',
  examples: ['tour'],
  kind: 'look',
  args: {},
  async run(_args, { show, door }) {
    const stops = stopsOf(door === 'terminal' ? '/' : 'tinycode ');
    for (const block of stops) show(block);
    return ok({ kind: 'looked', data: null });
  },
});

const stopsOf = (start: string): readonly Block[] => [
  { kind: 'heading', text: 'Looking is free, acting is a plan' },
  {
    kind: 'text',
    text: 'Everything asked of TinyCode is a command. It looks, or it steers TinyCode itself, or it proposes a plan; only an approved plan changes your files.',
  },
  { kind: 'heading', text: 'Three modes' },
  {
    kind: 'text',
    text: 'chat looks, propose may make plans, execute may run approved ones. The status line always says which one you are in.',
  },
  { kind: 'code', text: `${start}mode propose` },
  { kind: 'heading', text: 'Questions, with the places where the answer stands' },
  {
    kind: 'text',
    text: 'With a model in Ollama, plain words in mode chat are a question. @ names a file, lines of it, or a definition; Ctrl+C stops the answer.',
  },
  {
    kind: 'code',
    text:
      start === '/'
        ? 'what does @README.md promise?'
        : `${start}ask "what does @README.md promise?"`,
  },
  { kind: 'heading', text: 'A change is a plan first' },
  {
    kind: 'text',
    text: 'In mode propose, say what to change: rules understand a number of sentences without any model, a model plans the rest. Look at it, approve it, and in mode execute run it. What was done can be taken back:',
  },
  {
    kind: 'code',
    text: [
      start === '/'
        ? 'rename parseArgs to readArgs in src'
        : `${start}plan "rename parseArgs to readArgs in src" --mode propose`,
      `${start}plan ${start === '/' ? 'review' : 'diff latest'}`,
      `${start}approve latest`,
      ...(start === '/' ? [`${start}mode execute`] : []),
      `${start}execute latest${start === '/' ? '' : ' --mode execute'}`,
      `${start}rollback latest`,
    ].join('\n'),
  },
  { kind: 'heading', text: 'Rules that you can read' },
  {
    kind: 'text',
    text: 'Every shell command is parsed and judged part by part. Ask what would happen to one, and why:',
  },
  { kind: 'code', text: `${start}policy explain 'npm test && rm -rf ../other'` },
  { kind: 'heading', text: 'A log that cannot be quietly changed' },
  {
    kind: 'text',
    text: 'What a session does is chained record by record, with signed heads kept beside it.',
  },
  { kind: 'code', text: `${start}audit show --last 5\n${start}audit verify` },
];
