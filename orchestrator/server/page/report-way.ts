import { escapeHtml } from '../../shared/escape-html.ts';

const top = '<main>';
const style =
  'display:flex;flex-wrap:wrap;gap:.3rem 1.2rem;align-items:baseline;margin-bottom:24px;padding-bottom:10px;border-bottom:1px solid var(--line)';

/**
 * A report as the server shows it: above it, the way to the page, and to every run of the sweep that is here. The file
 * itself has none, as it is read without a server, too. Addresses start at that of the report.
 */
export function withWay(report: string, sweep: string, runs: readonly string[]): string {
  const link = (hash: string, text: string) =>
    `<a href="../../../#/${escapeHtml(hash)}">${escapeHtml(text)}</a>`;
  const own = runs.map((name) => `<li>${link(`runs/${encodeURIComponent(name)}`, name)}</li>`).join('');
  const all = link(`runs?${new URLSearchParams({ sweep })}`, `Runs of the sweep ${sweep}`);
  const each = own && `<details><summary>One by one (${runs.length})</summary><ul>${own}</ul></details>`;
  return report.replace(
    top,
    () => `${top}<nav aria-label="Way" style="${style}"><span>← ${all}</span>${each}</nav>`,
  );
}
