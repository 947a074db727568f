/** What verification found wrong. */
export type Finding = {
  readonly state: 'altered' | 'truncated' | 'unreadable';
  readonly firstBad?: number;
  readonly problem: string;
};

export const altered = (problem: string, firstBad: number): Finding => ({
  state: 'altered',
  firstBad,
  problem,
});
