import type { Json, JsonObject } from '../types.ts';
export const replaceLoneSurrogates = (t: string): string => t.replace(/\p{Cs}/gu, '\uFFFD');
export function redact(v: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(v)) as Record<string, Json>;
}
