/** What the tree cannot say with certainty is refused, not guessed. */
export class Refusal extends Error {}
