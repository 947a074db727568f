import { chooseToolMode } from '../../core/models/choose-tool-mode.ts';
import { isSameModel } from '../../core/models/names.ts';
import { ok } from '../../core/result.ts';
import type { Json, ModelCard, ModelHabit } from '../../core/types.ts';
import { defineCommand } from '../command.ts';
import { findLearned, learnedBlocks } from './learned-blocks.ts';
import { sayBytes, sayTokens } from './say-sizes.ts';

export const models = defineCommand({
  name: 'models',
  family: 'models',
  summary: 'Lists the models that are installed, and which of them are loaded',
  examples: ['models', 'models --json'],
  kind: 'look',
  wants: ['model'],
  args: {},
  async run(_args, { readers, show, signal, model }) {
    const listed = await readers.models.list(signal);
    if (!listed.ok) return listed;
    const cards = listed.value;
    const learned = findLearned(cards, readers.habits);
    const used = model.kind === 'ready' ? model.name : '';
    if (cards.length === 0) {
      show({ kind: 'text', text: 'No model is installed. Get one: models pull NAME' });
    } else {
      const hosts = new Set(cards.map(({ host }) => host));
      const columns = ['', 'name', 'size', 'quantisation', 'window', 'loaded', 'can'];
      show({
        kind: 'table',
        columns: hosts.size > 1 ? [...columns, 'host'] : columns,
        rows: cards.map((card) => {
          const row = rowOf(card, isSameModel(card.name, used));
          return hosts.size > 1 ? [...row, card.host] : row;
        }),
      });
      for (const block of learnedBlocks(cards, learned)) show(block);
    }
    const data = cards.map((card) => dataOf(card, learned.habits.get(card.digest) ?? null));
    return ok({ kind: 'looked', data });
  },
});

function rowOf(card: ModelCard, isUsed: boolean): readonly string[] {
  const { name, sizeBytes, parameters, quantization, maxContextTokens, loaded } = card;
  return [
    isUsed ? '›' : '',
    name,
    sayBytes(sizeBytes),
    [parameters, quantization].filter(Boolean).join(' '),
    sayTokens(maxContextTokens),
    loaded === null ? '' : sayTokens(loaded.contextTokens),
    card.isRemote ? 'runs elsewhere: refused' : card.abilities.join(', '),
  ];
}

const dataOf = (card: ModelCard, habit: ModelHabit | null): Json => ({
  name: card.name,
  loaded: card.loaded !== null,
  contextLength: card.maxContextTokens,
  capabilities: card.abilities,
  activeContext: card.loaded?.contextTokens ?? null,
  size: card.sizeBytes,
  parameters: card.parameters,
  quantization: card.quantization,
  host: card.host,
  remote: card.isRemote,
  toolMode: chooseToolMode(card.abilities, habit),
  learned: habit as unknown as Json,
});
