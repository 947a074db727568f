/**
 * Adds up CPU time over samples. Those who wait for a child take over what it has used; where
 * nobody does, the sum falls, and what is missing in two samples running has been lost and is
 * added for good.
 */
export function createCpuMeter(): (sumMs: number) => number {
  let lost = 0;
  let best = 0;
  let isLow = false;
  return (sumMs) => {
    const now = sumMs + lost;
    if (now >= best) {
      best = now;
      isLow = false;
    } else if (isLow) {
      lost += best - now;
      isLow = false;
    } else isLow = true;
    return best;
  };
}
