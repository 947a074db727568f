import { ok } from '../../core/result.ts';
import type { Block, ContextEntry, Json, Turn } from '../../core/types.ts';
import { defineCommand } from '../command.ts';

export const context = defineCommand({
  name: 'context',
  family: 'talk',
  summary: 'Shows what the last request gave to the model, what was left out, and the window',
  examples: ['context'],
  kind: 'look',
  args: {},
  async run(_args, { turns, show }) {
    const turn = turns.at(-1);
    if (turn === undefined) {
      show({ kind: 'text', text: 'Nothing was asked of a model in this session yet.' });
      return ok({ kind: 'looked', data: null });
    }
    for (const block of blocksOf(turn)) show(block);
    return ok({ kind: 'looked', data: dataOf(turn) });
  },
});

const FATES: Readonly<Record<ContextEntry['fate'], string>> = {
  whole: 'went in',
  cut: 'cut',
  'left-out': 'left out',
};

function blocksOf(turn: Turn): readonly Block[] {
  const { promptTokens, answerTokens, contextTokens, roomTokens } = turn;
  const used = promptTokens + answerTokens;
  const share = contextTokens === 0 ? 0 : Math.round((used * 100) / contextTokens);
  return [
    { kind: 'heading', text: `${turn.command}: ${turn.asked.replace(/\s+/g, ' ').slice(0, 80)}` },
    {
      kind: 'fields',
      fields: [
        { name: 'model', value: turn.model },
        { name: 'window', value: `${contextTokens} tokens, ${share} % used` },
        { name: 'request', value: `${promptTokens} tokens` },
        { name: 'answer', value: `${answerTokens} tokens, room for ${roomTokens}` },
      ],
    },
    {
      kind: 'table',
      columns: ['what', '', 'tokens', ''],
      rows: turn.context.map(({ kind, label, tokens, fate, source }) => [
        kind,
        label,
        tokens === 0 ? '' : `~${tokens}`,
        fate === 'cut' && source ? `cut at line ${source.endLine}` : FATES[fate],
      ]),
    },
  ];
}

const dataOf = (turn: Turn): Json => ({
  command: turn.command,
  asked: turn.asked,
  outcome: turn.outcome,
  model: turn.model,
  contextTokens: turn.contextTokens,
  promptTokens: turn.promptTokens,
  answerTokens: turn.answerTokens,
  roomTokens: turn.roomTokens,
  parts: turn.context.map(({ kind, label, tokens, fate }) => ({ kind, label, tokens, fate })),
});
