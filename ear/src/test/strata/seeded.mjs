// Repeatable randomness: STRATA_SEED=… runs the same choices again.

/** The seed of this run; printed, so that a failure can be repeated. */
export const SEED = Number(process.env.STRATA_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** @param {string} what name of the test: each has its own sequence */
export function seeded(what) {
  let state = SEED;
  for (const letter of what) state = Math.imul(state ^ letter.codePointAt(0), 0x9e3779b1) >>> 0;
  console.log(`# STRATA_SEED=${SEED}`);

  /** From 0 to 1, exclusive. */
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  return {
    fraction,
    below: (bound) => Math.floor(fraction() * bound),
    one: (of) => of[Math.floor(fraction() * of.length)],
    id() {
      const hex = Array.from({ length: 32 }, () => Math.floor(fraction() * 16).toString(16)).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}
