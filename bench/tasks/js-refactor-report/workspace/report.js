/** Reports over sales; a sale has a day such as 2024-03-01, a product and cents. */

const euros = (cents) => (cents / 100).toFixed(2);

function mondayOf(day) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

export function weeklyReport(sales) {
  const sums = new Map();
  for (const sale of sales) {
    const key = mondayOf(sale.day);
    sums.set(key, (sums.get(key) ?? 0) + sale.cents);
  }
  const lines = ['Sales by week'];
  for (const key of [...sums.keys()].sort()) {
    lines.push(`${key}  ${euros(sums.get(key)).padStart(10)}`);
  }
  if (sums.size === 0) lines.push('nothing was sold');
  return lines.join('\n');
}

export function monthlyReport(sales) {
  const sums = new Map();
  for (const sale of sales) {
    const key = sale.day.slice(0, 7);
    sums.set(key, (sums.get(key) ?? 0) + sale.cents);
  }
  const lines = ['Sales by month'];
  for (const key of [...sums.keys()].sort()) {
    lines.push(`${key}  ${euros(sums.get(key)).padStart(10)}`);
  }
  if (sums.size === 0) lines.push('nothing was sold');
  return lines.join('\n');
}

export function yearlyReport(sales) {
  const sums = new Map();
  for (const sale of sales) {
    const key = sale.day.slice(0, 4);
    sums.set(key, (sums.get(key) ?? 0) + sale.cents);
  }
  const lines = ['Sales by year'];
  for (const key of [...sums.keys()].sort()) {
    lines.push(`${key}  ${euros(sums.get(key)).padStart(10)}`);
  }
  if (sums.size === 0) lines.push('nothing was sold');
  return lines.join('\n');
}
