import { ok } from '../../core/result.ts';
import type { Result } from '../../core/types.ts';
import { ANSWER_MS, askJson } from './ask-json.ts';
import type { OllamaHost } from './host.ts';
import { textIn } from './json-members.ts';
import type { Wire } from './wire.ts';

/** Empty where the server does not say it. */
export async function getVersion(
  wire: Wire,
  host: OllamaHost,
  signal: AbortSignal,
  timeoutMs: number = ANSWER_MS,
): Promise<Result<string>> {
  const request = { method: 'GET', path: '/api/version' } as const;
  const answer = await askJson(wire, host, request, { timeoutMs }, signal);
  return answer.ok ? ok(textIn(answer.value, 'version').slice(0, 40)) : answer;
}
