/** Wilson's 95 % interval of a share of m items: the band of exact match, as gradus computes it. */
export function wilson(share: number, m: number): [number, number] {
  const z2 = 1.959964 ** 2;
  const centre = (share + z2 / (2 * m)) / (1 + z2 / m);
  const half =
    (Math.sqrt(z2) / (1 + z2 / m)) * Math.sqrt((share * (1 - share)) / m + z2 / (4 * m * m));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
