import { ok } from '../../core/result.ts';
import type { Json, ModelDetails, Result } from '../../core/types.ts';
import { askJson } from './ask-json.ts';
import type { OllamaHost } from './host.ts';
import { isRemoteIn } from './installed.ts';
import { memberOf, textIn, textsIn } from './json-members.ts';
import type { Wire } from './wire.ts';

const SHOW_MS = 10_000;

/** What stands in a model's own file. */
export async function showModel(
  wire: Wire,
  host: OllamaHost,
  name: string,
  signal: AbortSignal,
): Promise<Result<ModelDetails>> {
  const request = { method: 'POST', path: '/api/show', body: { model: name } } as const;
  const options = { timeoutMs: SHOW_MS, about: { model: name } };
  const answer = await askJson(wire, host, request, options, signal);
  return answer.ok ? ok(detailsFrom(name, answer.value)) : answer;
}

function detailsFrom(name: string, answer: Json): ModelDetails {
  const details = memberOf(answer, 'details');
  return {
    name,
    family: textIn(details, 'family'),
    parameters: textIn(details, 'parameter_size'),
    quantization: textIn(details, 'quantization_level'),
    isRemote: isRemoteIn(answer),
    maxContextTokens: contextLengthOf(memberOf(answer, 'model_info')),
    abilities: textsIn(answer, 'capabilities'),
    chosenContextTokens: chosenContext(textIn(answer, 'parameters')),
    template: textIn(answer, 'template'),
    system: textIn(answer, 'system'),
    license: textIn(answer, 'license'),
  };
}

/** The key begins with the name of the architecture, such as `llama.context_length`. */
function contextLengthOf(info: Json | undefined): number {
  if (typeof info !== 'object' || info === null) return 0;
  const found = Object.entries(info).find(([key]) => key.endsWith('.context_length'));
  return typeof found?.[1] === 'number' ? found[1] : 0;
}

/** Parameters are lines of a name and a value. */
const chosenContext = (parameters: string): number =>
  Number(/^num_ctx\s+(\d+)/m.exec(parameters)?.[1] ?? 0);
