/**
 * The shape of a shell command as the policy sees it: smaller than any parser's tree, so that the
 * core depends on no parser. Spans are left out; texts are kept where a decision quotes them.
 */
export type Script = { readonly statements: readonly Node[] };
export type Node = { readonly kind: string };
