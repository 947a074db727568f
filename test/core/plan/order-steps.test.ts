import { describe, expect, it } from 'vitest';
import { orderSteps } from '../../../src/core/plan/order-steps.ts';
import { fc } from '../../support/fc.ts';

const step = (id: string, ...dependsOn: string[]) => ({ id, dependsOn });
const idsOf = (result: ReturnType<typeof orderSteps>) =>
  result.ok ? result.value.map(({ id }) => id) : result.error.message;

describe('the order of steps', () => {
  it('is the written one where nothing speaks against it', () => {
    expect(idsOf(orderSteps([step('c'), step('a'), step('b')]))).toEqual(['c', 'a', 'b']);
  });

  it('puts what is needed first', () => {
    expect(idsOf(orderSteps([step('a', 'c'), step('b'), step('c')]))).toEqual(['c', 'a', 'b']);
  });

  it('names a circle, and a step that is not there', () => {
    expect(idsOf(orderSteps([step('a', 'b'), step('b', 'c'), step('c', 'a')]))).toContain(
      'a → b → c → a',
    );
    expect(idsOf(orderSteps([step('a', 'a')]))).toContain('a → a');
    expect(idsOf(orderSteps([step('a', 'x')]))).toContain('x, which is no step');
  });

  it('keeps every step once, after all that it depends on, however many there are', () => {
    const plans = fc.array(fc.array(fc.nat(40), { maxLength: 3 }), { maxLength: 40 });
    fc.assert(
      fc.property(plans, (lists) => {
        // Only backwards in a hidden order, so there is no circle.
        const steps = lists.map((list, at) =>
          step(`${at}`, ...list.filter((other) => other < at).map(String)),
        );
        const shuffled = [...steps].sort(
          (a, b) => ((Number(a.id) * 7) % 11) - ((Number(b.id) * 7) % 11),
        );
        const ids = idsOf(orderSteps(shuffled)) as string[];
        expect([...ids].sort()).toEqual(steps.map(({ id }) => id).sort());
        for (const { id, dependsOn } of steps) {
          for (const other of dependsOn) expect(ids.indexOf(other)).toBeLessThan(ids.indexOf(id));
        }
      }),
    );
  });

  it('does not overflow on a chain of twenty thousand', () => {
    const chain = Array.from({ length: 20_000 }, (_, at) =>
      at === 19_999 ? step(`${at}`) : step(`${at}`, `${at + 1}`),
    );
    expect((idsOf(orderSteps(chain)) as string[])[0]).toBe('19999');
  });
});
