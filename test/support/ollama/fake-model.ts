import { createHash } from 'node:crypto';
import { split } from './spoken.ts';

/** A model of the scripted server. */
export type FakeModel = {
  readonly name: string;
  readonly digest: string;
  readonly size: number;
  readonly family: string;
  readonly families: readonly string[];
  readonly parameters: string;
  readonly quantization: string;
  readonly contextLength: number;
  readonly capabilities: readonly string[];
  /** Lines of the Modelfile, such as `num_ctx 4096`. */
  readonly modelfile: string;
  readonly loadMs: number;
  readonly remoteHost?: string;
  readonly dimension: number;
};

export function fakeModel(name: string, more: Partial<FakeModel> = {}): FakeModel {
  return {
    name: name.includes(':') ? name : `${name}:latest`,
    digest: createHash('sha256')
      .update(`${name}${JSON.stringify(more)}`)
      .digest('hex'),
    size: 2_000_000_000,
    family: 'llama',
    families: ['llama'],
    parameters: '3.2B',
    quantization: 'Q4_K_M',
    contextLength: 32_768,
    capabilities: ['completion', 'tools'],
    modelfile: '',
    loadMs: 0,
    dimension: 8,
    ...more,
  };
}

export const detailsOf = (model: FakeModel) => ({
  parent_model: '',
  format: 'gguf',
  family: model.family,
  families: model.families,
  parameter_size: model.parameters,
  quantization_level: model.quantization,
});

const remoteOf = ({ remoteHost, name }: FakeModel) =>
  remoteHost === undefined ? {} : { remote_host: remoteHost, remote_model: name };

export const tagOf = (model: FakeModel) => ({
  name: model.name,
  model: model.name,
  ...remoteOf(model),
  modified_at: '2026-01-01T00:00:00Z',
  size: model.size,
  digest: model.digest,
  details: detailsOf(model),
});

export const showOf = (model: FakeModel, hasCapabilities: boolean) => ({
  modelfile: '# made by a test',
  ...(model.modelfile === '' ? {} : { parameters: model.modelfile }),
  template: '{{ .Prompt }}',
  details: detailsOf(model),
  ...remoteOf(model),
  model_info: {
    'general.architecture': model.family,
    [`${model.family}.context_length`]: model.contextLength,
    'tokenizer.ggml.tokens': null,
  },
  ...(hasCapabilities ? { capabilities: model.capabilities } : {}),
  modified_at: '2026-01-01T00:00:00Z',
});

/** A vector of length 1 that is the same for the same text. */
export function vectorOf(text: string, dimension: number): readonly number[] {
  const bytes = createHash('sha256').update(text).digest();
  const raw = Array.from({ length: dimension }, (_, at) => (bytes[at % 32] as number) - 127.5);
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

const TEMPLATE_TOKENS = 4;

/** What a prompt counts, with its template. */
export const countPrompt = (messages: readonly unknown[], tools: unknown): number =>
  messages.reduce<number>(
    (sum, message) => sum + TEMPLATE_TOKENS + countIn(message),
    tools === undefined ? 0 : split(JSON.stringify(tools)).length,
  );

function countIn(message: unknown): number {
  const { content = '', tool_calls: calls } = message as { content?: string; tool_calls?: unknown };
  return split(content).length + (calls === undefined ? 0 : split(JSON.stringify(calls)).length);
}
