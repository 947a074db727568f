import type { ArgSpec, CommandCard, JsonObject, ToolSpec } from '../types.ts';

/** What is chosen for a model, and never by it. */
const HIDDEN: ReadonlySet<string> = new Set(['bytes']);

/** Commands as a model may call them: by their own names, words and arguments. */
export const toolsFromCards = (cards: readonly CommandCard[]): readonly ToolSpec[] =>
  cards.map(({ name, summary, args }) => {
    const offered = Object.entries(args).filter(([key]) => !HIDDEN.has(key));
    const required = offered.filter(([, spec]) => spec.isRequired).map(([key]) => key);
    return {
      name,
      description: summary,
      parameters: {
        type: 'object',
        properties: Object.fromEntries(offered.map(([key, spec]) => [key, schemaOf(spec)])),
        ...(required.length === 0 ? {} : { required }),
      },
    };
  });

const FEW_WORDS = 3;

/** Each word costs time at every question: what may be left out says by its name what it is for. */
function schemaOf({ kind, type, summary, choices, isRequired }: ArgSpec): JsonObject {
  if (kind === 'flag') return { type: 'boolean' };
  if (type === 'integer') return { type: 'integer' };
  const [first = summary] = summary.split(';');
  const isTelling = isRequired && first.split(' ').length > FEW_WORDS;
  const description = isTelling ? { description: first } : {};
  return { type: 'string', ...description, ...(choices === undefined ? {} : { enum: choices }) };
}

/** The same in words, for a model that writes its calls out. */
export const describeTools = (tools: readonly ToolSpec[]): string =>
  tools
    .map(({ name, description, parameters }) => {
      const { properties, required } = parameters;
      const keys = typeof properties === 'object' && properties !== null ? properties : {};
      const must = new Set(Array.isArray(required) ? required : []);
      const names = Object.keys(keys).map((key) => (must.has(key) ? key : `${key}?`));
      return `- ${name}(${names.join(', ')}): ${description}`;
    })
    .join('\n');
