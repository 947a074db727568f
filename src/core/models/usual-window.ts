/** The window of a model for which nothing else speaks. */
export const USUAL_CONTEXT_TOKENS = 8192;
