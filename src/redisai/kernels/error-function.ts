// The Gauss error function, to double precision.

const SERIES_BELOW = 2.5;
const ONE_FROM = 6;
const TERMS_MAX = 80;

/** erf(x), within 1e-14. */
export function erf(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude >= ONE_FROM) return Math.sign(x);
  if (magnitude < SERIES_BELOW) return (2 / Math.sqrt(Math.PI)) * maclaurin(x);
  return Math.sign(x) * (1 - complement(magnitude));
}

/** Sum of (-1)^n x^(2n+1) / (n! (2n+1)); NaN passes through. */
function maclaurin(x: number): number {
  let power = x;
  let sum = x;
  for (let n = 1; n < TERMS_MAX && Math.abs(power) > 1e-18 * Math.abs(sum); n += 1) {
    power *= (-x * x) / n;
    sum += power / (2 * n + 1);
  }
  return sum;
}

/** erfc(x) by its continued fraction x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))), from the inside out. */
function complement(x: number): number {
  let fraction = x;
  for (let n = TERMS_MAX; n >= 1; n -= 1) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
