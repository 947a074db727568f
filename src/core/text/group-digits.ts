/** `1840` as `1,840`. */
export const groupDigits = (count: number): string =>
  String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',');
