import fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_SIZE, chunkCount, missingStretches } from "./chunk.ts";
import { type Claim, StretchPlan } from "./stretch_plan.ts";

const C = CHUNK_SIZE;
const stretch = (claim: Claim | null) => claim && [claim.start / C, claim.end / C];

/** What a connection may do next, by chance. */
const Step = fc.record({
  what: fc.constantFrom("take", "receive", "receive", "break", "extend", "wait"),
  who: fc.nat(7),
  bytes: fc.integer({ min: 1, max: 3 * C }),
});

test("StretchPlan has each missing byte fetched once, however connections come, break and are overtaken", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 * C }),
      fc.array(fc.nat(40)),
      fc.integer({ min: 1, max: 8 }),
      fc.array(Step, { maxLength: 200 }),
      (size, numbers, step, steps) => {
        let now = 0;
        const good = new Set(numbers.filter((n) => n < chunkCount(size)));
        const plan = new StretchPlan(missingStretches(size, good), step * C, () => now);
        const claims: Claim[] = [];
        /** How often each chunk came whole. */
        const came: number[] = Array.from(
          { length: chunkCount(size) },
          (_, n) => good.has(n) ? 1 : 0,
        );

        const receive = (claim: Claim, bytes: number) => {
          if (claim.lost.signal.aborted) return;
          const end = Math.min(claim.end, claim.at + bytes);
          for (; claim.at < end;) {
            const n = Math.floor(claim.at / C);
            const chunkEnd = Math.min(size, (n + 1) * C);
            claim.at = Math.min(end, chunkEnd);
            if (claim.at === chunkEnd) came[n] = (came[n] ?? 0) + 1;
          }
        };
        const close = (claim: Claim) => {
          plan.close(claim);
          claims.splice(claims.indexOf(claim), 1);
        };
        const take = () => {
          const claim = plan.take();
          if (claim) claims.push(claim);
          return claim;
        };

        for (const { what, who, bytes } of steps) {
          now += what === "wait" ? 5_000 : 1;
          const claim = claims[who % Math.max(1, claims.length)];
          if (what === "take" && claims.length < 8) take();
          if (!claim) continue;
          if (what === "receive") receive(claim, bytes);
          if (what === "break" || claim.at === claim.end) close(claim);
          if (what === "extend" && claim.at === claim.end) plan.extend(claim);
        }
        for (;;) {
          for (const claim of [...claims]) {
            receive(claim, Infinity);
            close(claim);
          }
          if (!take()) break;
        }
        expect(plan.done).toBe(true);
        expect(came).toEqual(came.map(() => 1));
      },
    ),
    { numRuns: 300 },
  );
});

test("StretchPlan deals from front to back, then splits what is largest", () => {
  const plan = new StretchPlan([{ start: 0, end: 9 * C }], 4 * C, () => 0);
  const [first, second, third] = [plan.take(), plan.take(), plan.take()];
  expect([first, second, third].map(stretch)).toEqual([[0, 4], [4, 8], [8, 9]]);
  if (second) second.at += C + 1;
  expect(stretch(plan.take())).toEqual([2, 4]);
  expect(first?.end).toBe(2 * C);
  expect(stretch(plan.take())).toEqual([7, 8]);
  expect(stretch(plan.take())).toEqual([1, 2]);
  expect(first?.end).toBe(C);
});

test("StretchPlan never takes the chunk away that is arriving", () => {
  const plan = new StretchPlan([{ start: 0, end: C + 5 }], Infinity, () => 0);
  const claim = plan.take();
  expect(stretch(plan.take())).toEqual([1, 1 + 5 / C]);
  expect(claim?.end).toBe(C);
  expect(plan.take()).toBeNull();
});

test("StretchPlan puts back what did not come in whole chunks", () => {
  const plan = new StretchPlan([{ start: 0, end: 4 * C }], 2 * C, () => 0);
  const claim = plan.take();
  if (!claim) throw new Error("Nothing to take");
  claim.at = C + 7;
  expect(plan.reach(claim)).toBe(4 * C);
  expect(plan.close(claim)).toBe(C);
  expect(stretch(plan.take())).toEqual([1, 2]);
});

test("StretchPlan lets a body go on into what nobody has taken", () => {
  const plan = new StretchPlan([{ start: 0, end: 4 * C }], 2 * C, () => 0);
  const claim = plan.take();
  if (!claim) throw new Error("Nothing to take");
  expect(plan.extend(claim)).toBe(true);
  expect(stretch(claim)).toEqual([0, 4]);
  expect(plan.extend(claim)).toBe(false);
});

/** Two connections at work, of which one has been fast. */
function twoAtWork() {
  const clock = { now: 0 };
  const plan = new StretchPlan([{ start: 0, end: 2 * C }], C, () => clock.now);
  const [fast, slow] = [plan.take(), plan.take()];
  if (!fast || !slow) throw new Error("Nothing to take");
  clock.now = 1_000;
  fast.at += C;
  plan.close(fast);
  return { clock, plan, slow };
}

test("StretchPlan takes over what is late, once", () => {
  const { clock, plan, slow } = twoAtWork();
  slow.at += 10;
  clock.now = 5_000;
  expect(plan.take()).toBeNull();
  clock.now = 5_001;
  const taken = plan.take();
  expect(stretch(taken)).toEqual([1, 2]);
  expect(taken?.from).toBe(slow);
  expect(slow.lost.signal.aborted).toBe(true);
  expect(plan.close(slow)).toBe(C);
  clock.now = 60_000;
  expect(plan.take()).toBeNull();
});

test("StretchPlan leaves a claim alone whose bytes have all come", () => {
  const { clock, plan, slow } = twoAtWork();
  slow.at = slow.end;
  clock.now = 60_000;
  expect(plan.take()).toBeNull();
});
