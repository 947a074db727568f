/** `3.2 GB`, `812 MB`. */
export const sayBytes = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/** `32k`; nothing where nobody knows. */
export function sayTokens(tokens: number): string {
  if (tokens === 0) return '';
  return tokens < 1_024 ? String(tokens) : `${Math.round(tokens / 1_024)}k`;
}
