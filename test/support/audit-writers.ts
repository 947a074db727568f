import { startProgram } from './start-program.ts';

/** Processes that append to a log until they are killed; for what no test can do to itself. */
export function buildAuditWriter() {
  const start = startProgram('audit-writer-program.ts');
  return (
    places: { readonly state: string; readonly config: string },
    options: { readonly name?: string; readonly count?: number; readonly before?: string } = {},
  ) => {
    const { name = 'w', count = Number.POSITIVE_INFINITY, before = ':' } = options;
    return start([places.state, places.config, name, String(count)], before);
  };
}
